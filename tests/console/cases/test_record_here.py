"""A record is read beside a person's history for as long as that is allowed, and not a moment longer."""

import asyncio
from collections.abc import Coroutine, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from console.cases.record_here import LOOK_AGAIN_SECONDS, RecordHere, Shown
from models.access.judging import Verdict
from models.access.matrix import Action, Cell, Entity, Part, Standing
from models.notes.note import Note
from models.people.operator import Operator, Role
from models.risk.assessment import Assessment

AT = datetime(2026, 11, 1, tzinfo=UTC)
NOTE = Note("n", "c", "zhang", "beijing", "full", 1, AT)
RISK = Assessment("n", "n", "c", "zhang", "beijing")
GRANTED = Cell(Role.LEAD, Entity.NOTE, Part.WORDS, Action.READ, Standing.GRANT)


class Disk:
    """Holds a record of Zhang's; it may be read until the test says otherwise."""

    def __init__(self, who: str = "li", role: Role = Role.LEAD) -> None:
        self.of: tuple[object, ...] = (NOTE, RISK, replace(NOTE, id="other"))
        self.allowed = True
        self.seen: list[tuple[object, str]] = []
        self.waited: list[float] = []
        self.spawned: list[Coroutine[Any, Any, object]] = []
        me = Operator(who, who, "", "beijing", (role,))
        self.here = RecordHere(me, self.of_call, self, self.spawned.append, self.wait)

    async def of_call(self, call: str) -> tuple[object, ...]:
        return self.of if call == "c" else ()

    async def wait(self, _event: asyncio.Event, seconds: float) -> bool:
        """The right ends while the record lies open."""
        self.waited.append(seconds)
        self.allowed = len(self.waited) < 3
        return False

    def readable(self, note: Note, beside: Iterable[object] = ()) -> Verdict:
        assert tuple(beside) == self.of
        return Verdict(cell=GRANTED) if self.allowed else Verdict("not_yours")

    def saw(self, entities: Iterable[object], where: str) -> None:
        self.seen += [(one, where) for one in entities]


def test_it_is_shown_traced_and_put_away() -> None:
    disk = Disk()
    asyncio.run(disk.here.open("n", "c"))
    assert disk.here.shown.value == Shown(NOTE, disk.of)
    assert disk.seen == [(NOTE, "case"), (RISK, "case")]
    disk.here.put_away()
    assert disk.here.shown.value == Shown()
    (keeping,) = disk.spawned
    asyncio.run(keeping)
    assert disk.waited == []


def test_it_goes_when_the_right_ends_off_line_too() -> None:
    disk = Disk()
    asyncio.run(disk.here.open("n", "c"))
    asyncio.run(disk.spawned.pop())
    assert disk.waited == [LOOK_AGAIN_SECONDS] * 3
    assert disk.here.shown.value == Shown(over=True)
    # Opened anew once it is granted again, it is watched again.
    disk.allowed, disk.waited = True, []
    asyncio.run(disk.here.open("n", "c"))
    asyncio.run(disk.spawned.pop())
    assert disk.here.shown.value == Shown(over=True)


def test_what_changes_meanwhile_is_shown_without_another_entry() -> None:
    disk = Disk()
    asyncio.run(disk.here.open("n", "c"))
    changed = replace(NOTE, incomplete_reason="later")
    disk.of = (changed, RISK)
    asyncio.run(disk.here.look())
    assert disk.here.shown.value == Shown(changed, disk.of)
    assert len(disk.seen) == 2
    disk.spawned.pop().close()


def test_what_may_not_be_read_or_is_not_here_is_not_shown() -> None:
    disk = Disk()
    disk.allowed = False
    asyncio.run(disk.here.open("n", "c"))
    asyncio.run(disk.here.look())
    disk.allowed = True
    asyncio.run(disk.here.open("unknown", "c"))
    assert (disk.here.shown.value, disk.seen, disk.spawned) == (Shown(), [], [])


@pytest.mark.parametrize(("role", "own"), [(Role.OPERATOR, True), (Role.LEAD, False)])
def test_an_operator_goes_on_writing_an_own_record(role: Role, own: bool) -> None:
    disk = Disk("zhang", role)
    asyncio.run(disk.here.open("n", "c"))
    shown = disk.here.shown.value
    assert (shown.note, shown.own) == (NOTE, own)
    assert bool(disk.seen) is not own
    for one in disk.spawned:
        one.close()
