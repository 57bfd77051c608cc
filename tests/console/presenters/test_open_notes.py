"""The notes that are open beside each other: whose each is, whose call runs, which lies in front."""

import asyncio
from collections.abc import Coroutine, Iterator
from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from console.calls.service import LineView
from console.presenters.open_notes import OpenNotesPresenter
from models.calls.advance import advance
from models.calls.call import Call
from models.calls.events import Answered, CallEnd, Ended
from models.notes.note import Note
from tests.console.presenters.conftest import Stage
from widgets.base.buttons import Chip
from widgets.notes.open_notes import OpenNotes

MOTHER, DAUGHTER = "c" * 32, "d" * 32


@pytest.fixture
def shown(stage: Stage) -> Iterator[Stage]:
    """On a disk that knows one call of before."""

    async def record(kind: str, name: str) -> SimpleNamespace | None:
        known = {("call", "before"): Call("before", number="13834400033")}.get((kind, name))
        return SimpleNamespace(entity=known) if known else None

    def spawn(reading: Coroutine[Any, Any, None]) -> None:
        stage.later.append(partial(asyncio.run, reading))

    stage.station.shelf, stage.station.spawn = SimpleNamespace(record=record), spawn
    OpenNotesPresenter(stage.bridge, stage.station, stage.parts)
    stage.parts.window.show()
    yield stage
    read(stage)


def read(stage: Stage) -> None:
    """The disk answers."""
    while stage.later:
        stage.later.pop()()


def talks(stage: Stage, *calls: Call) -> None:
    stage.station.calls.view.publish(LineView(calls))


def call(stage: Stage, name: str, number: str) -> Call:
    begun = Call(name, number=number, entered_at=stage.clock.now())
    return advance(begun, Answered(f"a{name}", name, stage.clock.now(), "1001"))


def chips(stage: Stage) -> list[tuple[str, bool]]:
    (row,) = stage.parts.note.findChildren(OpenNotes)
    layout = row.layout()
    parts = [layout.itemAt(place) for place in range(layout.count())] if layout and not row.isHidden() else []
    found = [part.widget() for part in parts if part]
    return [(one.accessibleName(), one.isChecked()) for one in found if isinstance(one, Chip)]


def test_one_note_alone_needs_no_choice(shown: Stage) -> None:
    shown.station.notes.open_for(MOTHER)
    assert chips(shown) == []


def test_of_two_each_says_whose_call_and_whether_it_runs_and_never_a_number(shown: Stage) -> None:
    notes = shown.station.notes
    mother = call(shown, MOTHER, "13834400011")
    notes.open_for(MOTHER)
    notes.choose_category("C5")
    shown.clock.forward(timedelta(minutes=9).total_seconds())
    daughter = call(shown, DAUGHTER, "13834400022")
    talks(shown, mother, daughter)
    notes.open_for(DAUGHTER)
    (first, first_on), (second, second_on) = chips(shown)
    assert (first_on, second_on) == (False, True)
    assert "138****0011" in first
    assert "C5" in first
    assert "138****0022" in second
    assert "13834400011" not in first + second
    ended = advance(mother, Ended("e", MOTHER, shown.clock.now(), CallEnd.CALLER_HUNG_UP))
    talks(shown, ended, daughter)
    assert chips(shown)[0][0] != first, "that her call is over can be seen"
    assert chips(shown)[1][0] == second


def test_after_a_new_start_the_number_of_a_call_that_is_over_comes_from_the_disk(shown: Stage) -> None:
    """The line tells only of those that run."""
    notes, now = shown.station.notes, shown.clock.now()
    notes.bring_back(Note("n", "before", "zhang", "beijing", "full", 1, now - timedelta(hours=2)))
    notes.open_for("unknown")
    read(shown)
    assert "138****0033" in chips(shown)[0][0]
    notes.bring_forward("n")
    assert "138****0033" in chips(shown)[0][0]


def test_a_call_that_leaves_the_desk_leaves_its_number_on_its_note(shown: Stage) -> None:
    mother = call(shown, MOTHER, "13834400011")
    talks(shown, mother)
    shown.station.notes.open_for(MOTHER)
    shown.clock.forward(60)
    shown.station.notes.open_for(DAUGHTER)
    talks(shown)
    assert "138****0011" in chips(shown)[0][0]


def test_a_chosen_one_comes_to_the_front_and_its_words_stay_its_own(shown: Stage) -> None:
    notes = shown.station.notes
    notes.open_for(MOTHER)
    notes.edit("complaint", "女儿两天没有回家")
    notes.open_for(DAUGHTER)
    notes.edit("complaint", "我在桥上")
    (row,) = shown.parts.note.findChildren(OpenNotes)
    row.choose_next()
    front = notes.desk.value.note
    assert (front.call, front.body.values["complaint"]) == (MOTHER, "女儿两天没有回家")
    assert [on for _, on in chips(shown)] == [True, False]
    assert [one.body.values["complaint"] for one in notes.desk.value.beside] == ["我在桥上"]
