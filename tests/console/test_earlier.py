"""The earlier assessments of who is on the line: what may be read, what is named."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console.earlier import CaseView, Earlier
from console.notes.service import Desk
from console.risk.service import RiskService
from models.access.judging import Verdict
from models.access.matrix import Action, Cell, Entity, Part, Standing
from models.clock import ManualClock
from models.notes.note import Note
from models.people.operator import Role
from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.quick_screen import LEVEL_ITEMS, AskState, Item
from models.risk.trail import Answer, Dial, Phase, Rating
from tests.console.desk import IDENTITY, MemoryJournal

AT = datetime(2026, 1, 1, tzinfo=UTC)
OWN = Cell(Role.OPERATOR, Entity.NOTE, Part.WORDS, Action.READ, Standing.OWN)
NOTE = Note("now", "c-now", "zhang", "beijing", "full", 1, AT)


def note(name: str, author: str = "zhang") -> Note:
    return replace(NOTE, id=name, call=f"c-{name}", author=author)


def assessment(name: str, day: int, item: Item, **changes: Any) -> Assessment:
    at = AT - timedelta(days=day)
    answer = Answer(1, f"{name}-1", at, item, AskState.YES)
    rating = Rating(2, f"{name}-2", at, Dial.HOPE, Phase.BEFORE, 20)
    return Assessment(name, name, f"c-{name}", "zhang", "beijing", (answer,), (rating,), **changes)


class Shelf:
    def __init__(self, *records: object) -> None:
        self.records = records
        self.asked: list[str] = []

    async def calls(self, call: str, most: int) -> tuple[str, ...]:
        self.asked.append(call)
        return tuple(dict.fromkeys(one.call for one in self.records if isinstance(one, Note)))[:most]

    async def of_call(self, call: str) -> tuple[object, ...]:
        return tuple(one for one in self.records if getattr(one, "call", "") == call)


class Access:
    def __init__(self, *readable: str) -> None:
        self._readable = readable
        self.seen: list[str] = []

    def readable(self, note: Note, beside: Any = ()) -> Verdict:
        assert note in beside
        return Verdict(cell=OWN) if note.author in self._readable else Verdict("not_yours")

    def saw(self, entities: Any, where: str) -> None:
        self.seen += [one.id for one in entities]


def begun(shelf: Shelf, access: Access) -> tuple[Earlier, RiskService, MemoryJournal]:
    journal = MemoryJournal()
    risk = RiskService(journal, ManualClock(), IDENTITY)
    earlier = Earlier(shelf.calls, shelf.of_call, access, risk, asyncio.run)
    risk.open_for(NOTE)
    earlier.follow(Desk(NOTE))
    return earlier, risk, journal


def test_what_may_be_read_is_shown_the_earliest_first_and_logged_once() -> None:
    shelf = Shelf(
        note("a"),
        assessment("a", 3, Item.IDEATION_2W),
        note("b"),
        assessment("b", 9, Item.PLAN),
        note("x", "li"),
        assessment("x", 1, Item.ACTING),
    )
    access = Access("zhang")
    earlier, _, _ = begun(shelf, access)
    assert [one.assessment for one in earlier.case.value.calls] == ["b", "a"]
    assert earlier.case.value.level is Level.R3
    asyncio.run(earlier.refresh())
    assert access.seen == ["a", "b"]


def test_the_first_entry_names_what_was_before_the_eyes_and_nothing_is_named_without_one() -> None:
    shelf = Shelf(note("a"), assessment("a", 3, Item.PLAN))
    _, risk, journal = begun(shelf, Access("zhang"))
    assert not journal.operations, "a call in which nothing is asked has no assessment"
    risk.answer(Item.ACTING, AskState.NO)
    risk.answer(Item.PLAN_72H, AskState.NO)
    assert [one.type for one in journal.operations] == ["risk.see", "risk.answer", "risk.answer"]
    assert journal.operations[0].body["seen"] == ["a"]


def test_one_that_came_meanwhile_is_named_with_the_next_entry() -> None:
    shelf = Shelf(note("a"), assessment("a", 3, Item.PLAN))
    earlier, risk, journal = begun(shelf, Access("zhang"))
    risk.answer(Item.ACTING, AskState.NO)
    shelf.records = (*shelf.records, note("b"), assessment("b", 2, Item.IDEATION_2W))
    asyncio.run(earlier.refresh())
    risk.answer(Item.PLAN_72H, AskState.NO)
    seen = [one.body["seen"] for one in journal.operations if one.type == "risk.see"]
    assert seen == [["a"], ["b"]]
    assert risk.assessment.value
    assert risk.assessment.value.seen == ("a", "b")


def test_a_finished_assessment_stands_for_those_it_has_seen_and_an_unfinished_one_for_none() -> None:
    shelf = Shelf(note("a"), assessment("a", 3, Item.PLAN))
    earlier, risk, _ = begun(shelf, Access("zhang"))
    for item in LEVEL_ITEMS:
        assert earlier.case.value.level is Level.R3
        risk.answer(item, AskState.NO)
    assert earlier.case.value.level is Level.R0


def test_another_note_shows_others_and_none_shows_none() -> None:
    shelf = Shelf(note("a"), assessment("a", 3, Item.PLAN))
    earlier, _, _ = begun(shelf, Access("zhang"))
    earlier.follow(Desk())
    assert earlier.case.value == CaseView()


@pytest.mark.parametrize("readable", [(), ("li",)])
def test_nothing_is_named_that_was_not_seen(readable: tuple[str, ...]) -> None:
    shelf = Shelf(note("a"), assessment("a", 3, Item.PLAN))
    _, risk, journal = begun(shelf, Access(*readable))
    risk.answer(Item.ACTING, AskState.YES)
    assert [one.type for one in journal.operations] == ["risk.answer"]
