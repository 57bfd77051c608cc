"""Alerts at a workstation: told on both ways under one id, until somebody has seen them."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from console.alerts.service import AlertsService
from console.line.done import GATEWAY_LOST, Done
from console.risk.service import RiskService
from console.runtime.journal import DiskTrouble
from models.alerts.alert import Alert, Cause, Sight, alert_id, sight_id
from models.clock import ManualClock
from models.codec import from_document
from models.notes.note import Note
from models.people.operator import Operator, Role
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from tests.console.desk import IDENTITY, MemoryJournal

ME = IDENTITY.operator
LEAD = replace(
    IDENTITY,
    operator=Operator("li", "李组长", "psychiatrist", "beijing", (Role.OPERATOR, Role.LEAD)),
    seat="1009",
)


@dataclass
class Line:
    """Remembers what it was told; `up` tells whether it takes it."""

    up: bool = True
    told: list[Alert | Sight] = field(default_factory=list)

    async def alert(self, alert: Alert) -> Done:
        return self._take(alert)

    async def seen(self, sight: Sight) -> Done:
        return self._take(sight)

    def _take(self, told: Alert | Sight) -> Done:
        if not self.up:
            return GATEWAY_LOST
        self.told.append(told)
        return Done(True)


class Desk:
    """A workstation's alerts with the assessment of the note on the desk."""

    def __init__(self, identity: Any = IDENTITY) -> None:
        self.journal = MemoryJournal()
        self.clock = ManualClock()
        self.line = Line()
        self.disk: list[Alert | Sight] = []
        self.fails = False
        self.risk = RiskService(self.journal, self.clock, identity)
        self.alerts = self.begin(identity)
        self.risk.open_for(Note("n", "c", identity.operator.id, "beijing", "full", 1, self.clock.now()))

    def begin(self, identity: Any = IDENTITY) -> AlertsService:
        alerts = AlertsService(self.journal, self.clock, identity, self.line, self.read, self.spawn)
        self.risk.assessment.watch(alerts.see_assessment)
        return alerts

    def spawn(self, work: Coroutine[Any, Any, object]) -> None:
        """The line of these tests answers at once."""
        with pytest.raises(StopIteration):
            work.send(None)

    async def read(self, since: datetime) -> tuple[Alert | Sight, ...]:
        if self.fails:
            raise DiskTrouble("disk_full")
        return tuple(one for one in self.disk if one.at >= since)

    def refresh(self) -> None:
        asyncio.run(self.alerts.refresh())

    @property
    def raised(self) -> list[Alert]:
        """What the server will be told of alerts."""
        acts = [act for act in self.journal.urgent if act.type == "alert.raise"]
        return [from_document(Alert, self.journal.records()[act.id]) for act in acts]


def seen_by_wu(alert: str) -> Sight:
    return Sight(
        sight_id(alert, "wu"), alert, "c", "n", "zhang", ManualClock().now(), "wu", "吴督导", "beijing"
    )


def test_a_high_level_is_told_at_once_on_both_ways_under_one_id() -> None:
    desk = Desk()
    desk.refresh()
    desk.risk.answer(Item.IDEATION_2W, AskState.YES)
    assert not desk.raised
    desk.risk.answer(Item.PLAN_72H, AskState.YES)
    (alert,) = desk.raised
    assert desk.line.told == [alert]
    assert alert == Alert(
        alert_id("n", Level.R4),
        "c",
        "n",
        Cause.LEVEL,
        Level.R4,
        desk.clock.now(),
        "zhang",
        "张医生",
        "1001",
        "beijing",
    )
    desk.risk.answer(Item.MEANS, AskState.YES)
    desk.risk.answer(Item.PLAN_72H, AskState.NO)
    assert desk.raised == desk.line.told == [alert]


def test_a_level_that_rises_further_is_an_alert_of_its_own() -> None:
    desk = Desk()
    desk.refresh()
    desk.risk.answer(Item.PLAN, AskState.YES)
    desk.risk.answer(Item.ACTING, AskState.YES)
    assert [one.level for one in desk.raised] == [Level.R3, Level.R4]
    assert [one.level for one in desk.alerts.known.value.unanswered("zhang")] == [Level.R4]


def test_the_level_of_a_note_that_was_alarming_before_a_restart_is_not_told_again() -> None:
    desk = Desk()
    desk.refresh()
    desk.risk.answer(Item.ACTING, AskState.YES)
    desk.disk = [*desk.raised, seen_by_wu(alert_id("n", Level.R4))]
    again = desk.begin()
    assert again.known.value.alerts == {}
    asyncio.run(again.refresh())
    assert len(desk.raised) == 1
    assert again.known.value.seen(alert_id("n", Level.R4))


def test_a_restart_between_the_answer_and_its_alert_loses_no_alert() -> None:
    desk = Desk()
    # The answer is durable, the alert was never written.
    desk.risk.answer(Item.ACTING, AskState.YES)
    assert not desk.raised
    desk.refresh()
    assert len(desk.raised) == 1


def test_a_disk_that_cannot_be_read_keeps_no_alert_back() -> None:
    desk = Desk()
    desk.fails = True
    desk.risk.answer(Item.ACTING, AskState.YES)
    desk.refresh()
    assert [one.level for one in desk.line.told if isinstance(one, Alert)] == [Level.R4]


def test_an_old_note_that_is_opened_alarms_nobody() -> None:
    desk = Desk()
    desk.risk.answer(Item.ACTING, AskState.YES)
    desk.clock.forward(timedelta(days=2).total_seconds())
    desk.refresh()
    assert not desk.raised


def test_without_the_line_the_server_is_told_and_the_line_once_it_is_back() -> None:
    desk = Desk()
    desk.refresh()
    desk.line.up = False
    desk.risk.answer(Item.ACTING, AskState.YES)
    assert len(desk.raised) == 1
    assert not desk.line.told
    desk.line.up = True
    desk.alerts.connected()
    assert desk.line.told == desk.raised


def test_a_gateway_that_began_anew_hears_again_what_nobody_has_seen() -> None:
    desk = Desk()
    desk.refresh()
    desk.risk.answer(Item.ACTING, AskState.YES)
    desk.alerts.connected()
    assert len(desk.line.told) == 2
    desk.alerts.hear(seen_by_wu(alert_id("n", Level.R4)))
    desk.alerts.connected()
    assert len(desk.line.told) == 2
    assert len(desk.raised) == 1


def test_a_call_for_help_is_one_until_somebody_has_seen_it() -> None:
    desk = Desk()
    desk.refresh()
    desk.alerts.call_for_help("c", "n", Level.R2)
    (first,) = desk.raised
    assert (first.cause, first.level, first.call, first.note) == (Cause.HELP, Level.R2, "c", "n")
    desk.alerts.call_for_help("c", "n", Level.R2)
    assert desk.raised == [first]
    assert [one.id for one in desk.line.told] == [first.id, first.id], "the line hears it again"
    desk.alerts.hear(seen_by_wu(first.id))
    desk.alerts.call_for_help("c", "n", None)
    assert len(desk.raised) == 2


def test_a_lead_acknowledges_once_on_both_ways() -> None:
    desk = Desk(LEAD)
    desk.refresh()
    alert = Alert("a", "c9", "n9", Cause.HELP, None, desk.clock.now(), "zhang", "张医生", "1001", "beijing")
    desk.alerts.hear(alert)
    desk.alerts.hear(alert)
    assert desk.alerts.known.value.waiting(LEAD.operator) == (alert,)
    for _ in range(2):
        desk.alerts.acknowledge("a")
    assert not desk.alerts.known.value.waiting(LEAD.operator)
    (sight,) = desk.line.told
    assert isinstance(sight, Sight)
    assert (sight.to, sight.author, sight.name, sight.id) == ("zhang", "li", "李组长", sight_id("a", "li"))
    (act,) = desk.journal.urgent
    assert act.type == "sight.add"
    assert from_document(Sight, desk.journal.records()[act.id]) == sight


def test_a_sight_reaches_a_gateway_that_was_away() -> None:
    desk = Desk(LEAD)
    desk.line.up = False
    desk.disk = [Alert("a", "c9", "n9", Cause.LEVEL, Level.R4, desk.clock.now(), "zhang")]
    desk.refresh()
    desk.alerts.acknowledge("a")
    assert len(desk.journal.urgent) == 1
    desk.line.up = True
    desk.alerts.connected()
    assert [type(one) for one in desk.line.told] == [Sight]


def test_who_leads_nobody_acknowledges_nothing() -> None:
    desk = Desk()
    desk.refresh()
    desk.alerts.hear(Alert("a", "c9", "n9", Cause.HELP, None, desk.clock.now(), "somebody"))
    desk.alerts.acknowledge("a")
    desk.alerts.acknowledge("unknown")
    assert not desk.journal.operations
    assert ME.leads is False


def test_what_is_a_day_old_is_forgotten() -> None:
    desk = Desk(LEAD)
    desk.refresh()
    desk.alerts.hear(Alert("old", "c", "n", Cause.HELP, None, desk.clock.now(), "zhang"))
    desk.clock.forward(timedelta(hours=24).total_seconds())
    desk.alerts.hear(Alert("new", "c", "n", Cause.HELP, None, desk.clock.now(), "zhang"))
    assert [*desk.alerts.known.value.alerts] == ["new"]


def test_a_wish_to_lower_a_level_asks_for_a_second_person_once() -> None:
    desk = Desk()
    desk.refresh()
    desk.risk.answer(Item.IDEATION_2W, AskState.YES)
    desk.risk.lower(Level.R1, "练习用的理由")
    (alert,) = desk.raised
    assert (alert.cause, alert.level, alert.note) == (Cause.SECOND, Level.R2, "n")
    assert "练习用的理由" not in repr(alert)
    desk.risk.answer(Item.MEANS, AskState.YES)
    again = desk.begin()
    again.see_assessment(desk.risk.assessment.value)
    assert {one.id for one in desk.raised} == {alert.id}
