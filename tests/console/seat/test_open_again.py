"""What was open when the program ended is open again, each note with its own words and assessment."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from console import coming_back
from console.workstation import Workstation
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from tests.console.stand import Place, at_work, until

Hire = Callable[..., str]


async def _begun(station: Workstation, number: str, words: str, *yes: Item) -> str:
    """A note of a call by hand with words and an assessment, all on disk."""
    call = station.calls.open_by_hand(number)
    desk = await until(station.notes.desk, lambda desk: desk.note is not None and desk.note.call == call.id)
    assert desk.note
    station.notes.edit("complaint", words)
    for item in yes:
        station.risk.answer(item, AskState.YES)
    station.notes.leave()
    await station.journal.flush()
    return desk.note.id


def test_both_notes_are_there_and_what_is_said_goes_to_the_right_one(place: Place, hire: Hire) -> None:
    async def story() -> None:
        operator = hire()
        async with at_work(place, operator) as (_, station):
            mother = await _begun(station, "13834400000", "女儿没有回家", Item.IDEATION_2W)
            child = await _begun(station, "13834400001", "我在桥上", Item.PLAN_72H)
        async with at_work(place, operator) as (_, station):
            desk = await until(station.notes.desk, lambda desk: desk.note is not None and desk.beside)
            assert desk.note
            assert (desk.note.id, [one.id for one in desk.beside]) == (child, [mother])
            assert [one.body.values["complaint"] for one in (desk.note, *desk.beside)] == [
                "我在桥上",
                "女儿没有回家",
            ]
            station.risk.answer(Item.MEANS, AskState.YES, mother)
            station.notes.bring_forward(mother)
            known = station.risk.assessment.value
            assert known
            assert (known.note, known.level) == (mother, Level.R2)
            # The stored assessment goes on: it is not a second one of the same note.
            assert [(one.item, one.n) for one in known.answers] == [(Item.IDEATION_2W, 1), (Item.MEANS, 2)]
            await station.journal.flush()
            kept = [one for one in await station.shelf.of_call(known.call) if one == known]
            assert kept == [known]

    asyncio.run(story())


def test_what_was_begun_longer_ago_than_a_shift_waits_in_the_list(
    place: Place, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coming_back, "LATELY", timedelta(0))

    async def story() -> None:
        operator = hire()
        async with at_work(place, operator) as (_, station):
            await _begun(station, "13834400000", "一")
            last = await _begun(station, "13834400001", "二")
        async with at_work(place, operator) as (_, station):
            desk = await until(station.notes.desk, lambda desk: desk.note is not None)
            await station.look_again()
            assert desk.note
            assert (desk.note.id, station.notes.desk.value.beside) == (last, ())
            assert len(await station.shelf.open_notes()) == 2

    asyncio.run(story())
