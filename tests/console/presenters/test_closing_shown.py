"""What the foot of the note says of closing, and the call-back that is offered where danger hung up."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from console.calls.service import LineView
from console.presenters.closing import ClosingPresenter
from console.presenters.task_views import ways_text
from console.risk.planning import PlanOnDesk
from console.runtime.store import Store
from models.calls.call import Call
from models.cases.closing import Closing, Way
from models.cases.open_tasks import OpenTasks
from models.people.caller import CallerCard
from models.risk.quick_screen import AskState, Item
from models.risk.safety_plan import PlanStep, SafetyPlan, Wording
from tests.console.presenters.conftest import Stage
from widgets.base.labels import Label


class Shown:
    """The presenter over real services, with what the other parts would tell it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.plan: Store[PlanOnDesk] = Store(PlanOnDesk())
        self.tasks: Store[OpenTasks] = Store(OpenTasks())
        self.view: Store[LineView] = Store(LineView())
        stage.station.plan = SimpleNamespace(desk=self.plan)
        stage.station.records = SimpleNamespace(open=self.tasks)
        stage.station.calls = SimpleNamespace(view=self.view)
        self.opened: list[bool] = []
        sheet: Any = SimpleNamespace(open_plan=lambda: self.opened.append(True))
        self.followed: list[bool] = []
        follow: Any = SimpleNamespace(open_sheet=lambda: self.followed.append(True))
        ClosingPresenter(stage.bridge, stage.station, stage.parts, sheet, follow)
        self.note = stage.station.notes.open_for("c")
        stage.parts.window.show()

    @property
    def closing(self) -> Closing:
        return self.stage.parts.note.finish._closing

    def words(self) -> str:
        finish: QWidget = self.stage.parts.note.finish
        return "\n".join(one.text() for one in finish.findChildren(Label) if not one.isHidden())

    def known(self, level: str) -> None:
        card = CallerCard("k", "beijing", 3, level, None)
        self.view.publish(LineView(callers={"c": card}))


@pytest.fixture
def shown(stage: Stage) -> Shown:
    return Shown(stage)


def test_the_peak_of_the_call_asks_and_what_is_done_answers_at_once(shown: Shown) -> None:
    stage = shown.stage
    assert shown.closing == Closing()
    stage.station.risk.answer(Item.PLAN_WEEK, AskState.YES)
    assert shown.closing.missing == tuple(Way)
    note, at = shown.note, stage.clock.now()
    words = tuple(Wording(step, at, "zhang", step, "话") for step in PlanStep)
    plan = SafetyPlan(note.id, note.id, "c", "zhang", "beijing", at, words)
    shown.plan.publish(PlanOnDesk(plan, ready=True))
    assert Way.PLAN not in shown.closing.missing
    shown.tasks.publish(OpenTasks(agreed=frozenset({note.id})))
    assert shown.closing == Closing(asked=True)
    shown.plan.publish(PlanOnDesk(replace(plan, words=words[1:]), ready=True))
    assert not shown.closing.closed


def test_the_plan_of_another_note_closes_nothing(shown: Shown) -> None:
    stage = shown.stage
    stage.station.risk.answer(Item.ACTING, AskState.YES)
    at = stage.clock.now()
    words = tuple(Wording(step, at, "zhang", step, "话") for step in PlanStep)
    shown.plan.publish(PlanOnDesk(SafetyPlan("m", "m", "d", "zhang", "beijing", at, words), ready=True))
    shown.tasks.publish(OpenTasks(agreed=frozenset({shown.note.id})))
    assert not shown.closing.closed


def test_the_way_to_the_plan_opens_it(shown: Shown) -> None:
    shown.stage.parts.note.finish.way_wanted.emit(Way.PLAN)
    assert (shown.opened, shown.followed) == ([True], [])


def test_the_way_to_the_follow_up_opens_its_sheet_and_stays_where_the_note_is(shown: Shown) -> None:
    jumps: list[str] = []
    shown.stage.parts.note.finish.jump_wanted.connect(jumps.append)
    shown.stage.parts.note.finish.way_wanted.emit(Way.FOLLOW_UP)
    assert (shown.followed, shown.opened, jumps) == ([True], [], [])


@pytest.mark.parametrize(("level", "offered"), [("R3", True), ("R4", True), ("R2", False), ("", False)])
def test_a_hang_up_on_a_dangerous_number_offers_a_call_back(shown: Shown, level: str, offered: bool) -> None:
    shown.known(level)
    assert "建议回电" not in shown.words()
    shown.stage.station.notes.choose_category("S5")
    assert ("建议回电" in shown.words()) is offered
    shown.stage.station.notes.choose_category("C1")
    assert "建议回电" not in shown.words()


def test_a_hang_up_of_who_was_handed_over_by_110_offers_no_call_back_to_110(shown: Shown) -> None:
    """What is known of that number are others' conversations."""
    now = shown.stage.clock.now()
    call = Call("c", number="110", answered_at=now, ended_at=now)
    callers = {"c": CallerCard("k", "beijing", 3, "R4", None)}
    shown.stage.station.notes.choose_category("S5")
    shown.view.publish(LineView((call,), callers=callers))
    assert "建议回电" not in shown.words()
    shown.view.publish(LineView((replace(call, number="13800000001"),), callers=callers))
    assert "建议回电" in shown.words()


def test_the_offer_calls_back_who_hung_up_also_while_another_talks(shown: Shown) -> None:
    stage, asked = shown.stage, list[Call]()
    followups = SimpleNamespace(ask_for=asked.append)
    stage.station.following, stage.station.spawn = SimpleNamespace(followups=followups), asyncio.run
    now = stage.clock.now()
    gone = Call("c", number="13800000001", answered_at=now, ended_at=now)
    talks = Call("d", number="13800000002", answered_at=now)
    shown.view.publish(LineView((gone, talks), callers={"c": CallerCard("k", "beijing", 3, "R4", None)}))
    stage.station.notes.choose_category("S5")
    stage.parts.note.finish.call_back_wanted.emit()
    assert asked == [gone]

    async def stored(kind: str, name: str) -> SimpleNamespace:
        assert (kind, name) == ("call", "c")
        return SimpleNamespace(entity=gone)

    # The call has left the desk, and its note was opened again.
    stage.station.shelf = SimpleNamespace(record=stored)
    shown.view.publish(replace(shown.view.value, calls=(talks,)))
    stage.parts.note.finish.call_back_wanted.emit()
    assert asked == [gone, gone]


def test_plan_and_follow_up_are_told_as_one_way() -> None:
    assert len(ways_text(tuple(Way))) == 3
    assert len(ways_text((Way.REFERRAL, Way.PLAN, Way.REASON))) == 3
    assert ways_text(()) == ()
