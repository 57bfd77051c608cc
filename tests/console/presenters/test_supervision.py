"""The conversations of others on a lead's desk: who is in danger comes first, and each press goes on once."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from console.presenters.supervision import SupervisionPresenter
from console.runtime.store import Store
from console.shifts.service import DutyView
from console.supervision.service import Watch
from models.alerts.alert import Alert, Cause
from models.alerts.known import Known
from models.calls.events import Watching
from models.notes.card import NoteCard
from models.notes.note import NoteState
from models.people.operator import Operator, Role
from models.risk.level import Level
from models.shifts.duty import Duty, DutyState
from tests.console.presenters.conftest import Stage
from widgets.lead.view import TalkView


class Desk:
    """A lead at seat 1009 over what is told of others."""

    def __init__(self, stage: Stage, monkeypatch: pytest.MonkeyPatch, role: Role = Role.LEAD) -> None:
        self.stage = stage
        self.shown: list[tuple[TalkView, ...]] = []
        self.wished: list[tuple[object, ...]] = []
        monkeypatch.setattr(stage.parts.lead, "show_talks", self.shown.append)
        station = stage.station
        station.identity = SimpleNamespace(
            operator=Operator("li", "李", "", "jinzhong", (role,)), seat="1009"
        )
        station.spawn = self.spawn
        self.duties: Store[DutyView] = Store(DutyView())
        self.cards: Store[tuple[NoteCard, ...]] = Store(())
        self.known: Store[Known] = Store(Known())
        station.shifts = SimpleNamespace(view=self.duties)
        station.lead = SimpleNamespace(cards=self.cards)
        station.alerts = SimpleNamespace(known=self.known)
        self.watch: Store[Watch] = Store(Watch())
        station.supervision = SimpleNamespace(watch=self.watch, take_part=self.wish, take_over=self.wish)
        SupervisionPresenter(stage.bridge, station, stage.parts.lead)

    def spawn(self, act: Coroutine[Any, Any, object]) -> None:
        asyncio.run(act)

    async def wish(self, *what: object) -> None:
        self.wished.append(what)

    def duty(self, seat: str, state: DutyState = DutyState.TALKING, minutes: int = 0) -> None:
        at = self.stage.clock.now() + timedelta(minutes=minutes)
        call = f"c{seat}" if state is not DutyState.READY else ""
        duty = Duty(f"of-{seat}", seat, state, at, call=call)
        self.duties.publish(DutyView(None, {**self.duties.value.seats, seat: duty}))

    @property
    def calls(self) -> list[str]:
        return [one.call for one in self.shown[-1]]


def test_who_is_in_danger_comes_first_then_who_talks_longest(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(stage, monkeypatch)
    desk.duty("1001", minutes=1)
    desk.duty("1002", DutyState.HELD)
    desk.duty("1003", DutyState.READY)
    desk.duty("1009")
    assert desk.calls == ["c1002", "c1001"], "neither who waits nor the own seat"
    assert [one.held for one in desk.shown[-1]] == [True, False]
    at = stage.clock.now()
    alert = Alert(
        id="a",
        at=at,
        author="of-1001",
        name="",
        seat="1001",
        cause=Cause.LEVEL,
        level=Level.R4,
        note="n",
        call="c1001",
    )
    desk.known.publish(Known().hear([alert]))
    assert desk.calls == ["c1001", "c1002"], "an alert comes also without the server"
    card = NoteCard("n", "c1001", "of-1001", "jinzhong", "C3", "R1", NoteState.DRAFT, at)
    desk.cards.publish((card,))
    assert desk.shown[-1][0].level == "R4", "an older card takes nothing back"


def test_how_a_conversation_is_watched_is_shown_at_that_one_alone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(stage, monkeypatch)
    desk.duty("1001")
    desk.duty("1002", minutes=1)
    desk.watch.publish(Watch("c1002", Watching.LISTEN))
    assert [one.how for one in desk.shown[-1]] == [Watching.GONE, Watching.LISTEN]
    desk.duties.publish(DutyView())
    assert desk.calls == []


def test_a_press_takes_part_or_takes_over(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(stage, monkeypatch)
    stage.parts.lead.watch_wanted.emit("c1001", Watching.LISTEN)
    stage.parts.lead.take_over_wanted.emit("c1001")
    assert desk.wished == [("c1001", Watching.LISTEN), ("c1001",)]


def test_for_who_does_not_lead_there_is_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(stage, monkeypatch, Role.OPERATOR)
    desk.duty("1001")
    stage.parts.lead.take_over_wanted.emit("c1001")
    assert (desk.shown, desk.wished) == ([], [])
