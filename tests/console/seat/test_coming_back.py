"""A note that comes back to the desk has every word written here: who works alone never meets himself."""

import asyncio
from collections.abc import Callable

import pytest

from console.notes.service import Desk
from console.storage.values import Record
from console.workstation import Workstation
from models.notes.note import NoteState
from tests.console.stand import Place, at_work, until

Hire = Callable[..., str]
NUMBER = "13834400000"


async def _begun(station: Workstation) -> str:
    """A note of a call by hand with a word in it, all on disk."""
    station.calls.open_by_hand(NUMBER)
    desk = await until(station.notes.desk, lambda desk: desk.note is not None)
    assert desk.note
    await _types(station, "一")
    return desk.note.id


async def _types(station: Workstation, words: str) -> None:
    station.notes.edit("complaint", words)
    station.notes.leave()
    await station.journal.flush()


async def _stored(station: Workstation, note: str) -> Record:
    found = await station.shelf.record("note", note)
    assert found is not None
    return found


async def _texts(station: Workstation, note: str) -> tuple[str, int]:
    """The text of a note, and how many lie beside it."""
    entity = (await _stored(station, note)).entity
    return entity.body.values["complaint"], len(entity.versions)


class _Meanwhile:
    """Reads a record as it is, and does something before the answer arrives: the first time only."""

    def __init__(self, station: Workstation, happens: Callable[[Record], object]) -> None:
        self._read = station.shelf.record
        self._happens: Callable[[Record], object] | None = happens

    async def record(self, kind: str, entity: str) -> Record | None:
        found = await self._read(kind, entity)
        happens, self._happens = self._happens, None
        if happens is not None and found is not None:
            happens(found)
        return found


def test_a_note_whose_last_words_are_on_their_way_is_not_offered_again(place: Place, hire: Hire) -> None:
    async def story() -> None:
        async with at_work(place, hire()) as (_, station):
            note = await _begun(station)
            station.notes.edit("complaint", "一二")
            station.finish_note("")
            await station.look_again()
            assert station.notes.desk.value == Desk()
            assert (await _stored(station, note)).entity.state is NoteState.FINISHED
            assert await _texts(station, note) == ("一二", 0)

    asyncio.run(story())


def test_what_is_typed_while_a_note_comes_back_stays_on_the_desk(
    place: Place, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        async with at_work(place, hire()) as (_, station):
            note = await _begun(station)
            fetched = (await _stored(station, note)).entity
            meanwhile = _Meanwhile(station, lambda _: station.notes.edit("complaint", "一二"))
            monkeypatch.setattr(station.shelf, "record", meanwhile.record)
            # A decision between two texts brings the note back while somebody types on it.
            await station._settled(fetched)
            known = station.notes.desk.value.note
            assert known is not None
            assert known.body.values["complaint"] == "一二"
            await _types(station, "一二三")
            assert await _texts(station, note) == ("一二三", 0)

    asyncio.run(story())


def test_an_offered_note_that_was_written_and_put_away_meanwhile_has_its_new_words(
    place: Place, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        async with at_work(place, hire()) as (_, station):
            note = await _begun(station)
            station.notes.put_away()

            def writes(found: Record) -> None:
                station.notes.bring_back(found.entity)
                station.notes.edit("complaint", "一二")
                station.notes.put_away()

            monkeypatch.setattr(station.shelf, "record", _Meanwhile(station, writes).record)
            await station.look_again()
            known = station.notes.desk.value.note
            assert known is not None
            assert known.body.values["complaint"] == "一二"
            await _types(station, "一二三")
            assert await _texts(station, note) == ("一二三", 0)

    asyncio.run(story())
