"""Whose the seat is, as the operator is told: problems that last, wishes of others, and what is traced."""

import asyncio
from datetime import UTC, datetime

import pytest

from console.line import port
from console.runtime.problems import Problems
from console.shifts.seating import ASKED, SeatingService
from models.clock import ManualClock
from models.shifts.duty import BreakReason, Duty, DutyState
from models.shifts.wish import SeatWish
from models.trace.entry import Act, Happening

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WISH = SeatWish("w", "1002", "op-li", "李", "op-zhang", "张", NOW)


class Seats:
    """Seats of a line that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.given: list[tuple[str, bool]] = []

    def ask(self) -> None:
        self.asked += 1

    async def give(self, wish: str, on: bool) -> port.Done:
        self.given.append((wish, on))
        return port.Done(wish == WISH.id)

    async def lengthen(self, _seat: str, _minutes: int) -> port.Done:
        raise AssertionError


class Table:
    """The service with what surrounds it."""

    def __init__(self) -> None:
        self.traced: list[Happening] = []
        self.problems = Problems(ManualClock())
        self.line = Seats()
        self.seating = SeatingService("1001", self.line, self.problems, self.traced.append)

    @property
    def troubles(self) -> dict[str, dict[str, str]]:
        return {one.code: dict(one.params) for one in self.problems.store.value}


@pytest.mark.parametrize("why", ["seat_taken", "no_lead", "seat_denied", "taken_over"])
def test_a_seat_that_is_elsewhere_can_be_asked_for(why: str) -> None:
    table = Table()
    table.seating.hear(port.Refused(why))
    assert table.seating.standing.value == why
    table.seating.ask()
    assert table.line.asked == 1
    table.seating.hear(port.Asked("1001"))
    assert table.seating.standing.value == ASKED
    table.seating.ask()
    assert table.line.asked == 1
    table.seating.hear(port.Connected("op-zhang", "1001", "", False))
    assert table.seating.standing.value == ""
    lost = [Act.WITHDRAWN] if why == "taken_over" else []
    assert [(one.act, one.type, one.id) for one in table.traced] == [
        (act, "seat", "1001") for act in [*lost, Act.ASKED]
    ]


def test_another_refusal_is_nothing_that_a_lead_could_mend() -> None:
    table = Table()
    table.seating.hear(port.Refused("ticket"))
    table.seating.ask()
    assert (table.seating.standing.value, table.line.asked) == ("", 0)


def test_who_asks_again_is_told_no_old_refusal() -> None:
    table = Table()
    table.problems.arise("no_lead")
    table.seating.hear(port.Refused("no_lead"))
    table.seating.ask()
    assert table.troubles == {}


async def _give(table: Table, wish: str, on: bool) -> None:
    await table.seating.give(wish, on)


@pytest.mark.parametrize(("on", "act"), [(True, Act.GRANTED), (False, Act.HELD)])
def test_a_lead_is_told_lastingly_and_what_they_say_is_traced(on: bool, act: Act) -> None:
    table = Table()
    table.seating.hear(port.SeatWanted(WISH))
    table.seating.hear(port.SeatWanted(WISH))
    assert table.seating.wishes.value == (WISH,)
    assert table.troubles == {"seat_wanted": {"n": "1"}}
    asyncio.run(_give(table, "w", on))
    asyncio.run(_give(table, "another", on))
    assert [(one.act, one.id) for one in table.traced] == [(act, "1002")]
    table.seating.hear(port.SeatSettled("w"))
    assert list(table.seating.wishes.value) == []
    assert table.troubles == {}


def test_a_lost_line_forgets_wishes_for_they_are_told_again() -> None:
    table = Table()
    table.seating.hear(port.SeatWanted(WISH))
    table.seating.hear(port.Lost(NOW))
    assert list(table.seating.wishes.value) == []
    assert table.troubles == {}


def test_unanswered_rings_stand_until_the_operator_says_what_they_do() -> None:
    table = Table()
    table.seating.see(Duty("op", "1001", DutyState.READY, NOW, unanswered=1))
    table.seating.see(Duty("op", "1002", DutyState.BREAK, NOW, unanswered=2))
    assert table.troubles == {}
    table.seating.see(Duty("op", "1001", DutyState.BREAK, NOW, unanswered=2))
    assert table.troubles == {"rings_unanswered": {"n": "2"}}
    table.seating.see(Duty("op", "1001", DutyState.BREAK, NOW, reason=BreakReason.REST))
    assert table.troubles == {}
