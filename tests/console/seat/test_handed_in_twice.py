"""The key that hands a note in, pressed again before the window shows the next one, hands in nothing else."""

import asyncio
from collections.abc import Callable

from models.notes.note import NoteState
from tests.console.seat.test_persons import by_hand, number
from tests.console.stand import Place, at_work


def test_who_presses_twice_hands_the_next_note_not_in(place: Place, hire: Callable[..., str]) -> None:
    async def story() -> None:
        async with at_work(place, hire()) as (_, station):
            first = await by_hand(station, number())
            before = station.notes.desk.value.note
            second = await by_hand(station, number())
            after = station.notes.desk.value.note
            assert before
            assert after
            assert (before.call, after.call) == (first.id, second.id)
            for _press in range(2):
                station.finish_note("", before.id)
            desk = station.notes.desk.value
            assert desk.note
            assert (desk.note.id, desk.note.state) == (after.id, NoteState.DRAFT)
            await station.journal.flush()
            stored = await station.shelf.record("note", after.id)
            assert stored
            assert stored.entity.state is NoteState.DRAFT

    asyncio.run(story())
