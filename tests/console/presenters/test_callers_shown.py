"""Plans and marks in a window: proposed with an account, about who is on the line; what waits is told."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from console.cases.marks import MarksService
from console.cases.plans import PlansService
from console.followups.owing import Owing
from console.noticing import Noticing
from console.people.behind import Behind, Known
from console.presenters.callers import CallersPresenter
from console.runtime.store import Store
from models.calls.call import Call
from models.cases.caller_plan import CallerPlan, PlanText
from models.cases.case import Case, Giving
from models.cases.mark import Mark
from models.followups.known import KnownOwed
from models.people.operator import Role
from models.people.staff import Member
from models.trace.entry import Happening
from resources import hotline
from resources.hotline import Hotline
from resources.texts import t
from tests.console.desk import IDENTITY
from tests.console.presenters.conftest import Stage
from widgets.base.keys import key_for
from widgets.cases.caller_view import Draft
from widgets.cases.counsellor import CounsellorChoice
from widgets.cases.plans import PlansPanel
from widgets.main_window import Page

NUMBER = "13800000001"
LIN = Member("lin", "林医生")
LEAD = replace(IDENTITY, operator=replace(IDENTITY.operator, roles=(Role.LEAD,)))


async def _owed() -> KnownOwed:
    return KnownOwed()


async def _plans() -> tuple[CallerPlan, ...]:
    return ()


async def _marks() -> tuple[Mark, ...]:
    return ()


async def _alarming(_since: object) -> tuple[()]:
    return ()


class Desk:
    """Real services of a lead behind a real window; one call is on the line when the test says so."""

    def __init__(self, stage: Stage, data: Hotline) -> None:
        given = (stage.journal, stage.clock, LEAD)
        owing = Owing(*given, _owed)
        self.stage = stage
        self.seen: list[Happening] = []
        self.plans = PlansService(*given, _plans, self.seen.append)
        self.marks = MarksService(*given, _marks, _alarming)
        calls, assessment = stage.station.calls.view, stage.station.risk.assessment
        noticing = Noticing(owing, self.plans, stage.clock, calls, assessment)
        self.known: Store[Known] = Store(Known())
        self.staff: Store[tuple[Member, ...]] = Store((LIN, Member("wang", "王")))
        stage.station.identity = LEAD
        stage.station.following = SimpleNamespace(plans=self.plans, marks=self.marks, noticing=noticing)
        stage.station.knowing = SimpleNamespace(
            staff=SimpleNamespace(members=self.staff), people=SimpleNamespace(known=self.known)
        )
        stage.parts.window.show_page(Page.DESK)
        self.presenter = CallersPresenter(stage.bridge, stage.station, stage.parts, data, stage.clock)

    @property
    def panel(self) -> PlansPanel:
        """Made by opening its sheet once."""
        panels = self.stage.parts.window.findChildren(PlansPanel)
        if not panels:
            self.presenter.toggle()
            self.presenter.toggle()
            panels = self.stage.parts.window.findChildren(PlansPanel)
        (panel,) = panels
        return panel

    def talks(self) -> Call:
        now = self.stage.clock.now()
        call = Call("c", IDENTITY.operator.site, NUMBER, "12356", answered_at=now, seat="1001")
        view = self.stage.station.calls.view
        view.publish(replace(view.value, calls=(call,)))
        return call

    def known_plans(self) -> tuple[CallerPlan, ...]:
        return self.plans.plans.value

    def said(self) -> str:
        return self.presenter._opener.text()


@pytest.fixture
def desk(stage: Stage, tmp_path: Path) -> Desk:
    return Desk(stage, hotline.load("jinzhong", None, tmp_path))


def test_a_plan_is_proposed_about_who_is_on_the_line_with_the_account_of_the_counsellor(desk: Desk) -> None:
    nobody = Draft("", "先稳定呼吸", "", LIN, None)
    desk.panel.proposed.emit(nobody)
    assert not desk.known_plans()
    desk.talks()
    desk.panel.proposed.emit(nobody)
    (plan,) = desk.known_plans()
    assert plan.label == "138****0001"
    assert plan.proposed
    assert plan.proposed.text == PlanText("先稳定呼吸", "", "lin", "林医生")
    # The same plan gets its next wording, whoever is on the line by then.
    desk.panel.proposed.emit(Draft(plan.id, "另一个", "", Member("", "孙"), None))
    (plan,) = desk.known_plans()
    assert [one.text.counsellor for one in plan.versions] == ["lin", ""]


def test_the_counsellor_of_the_case_is_offered_first(desk: Desk) -> None:
    call = desk.talks()
    now = desk.stage.clock.now()
    case = Case("k", "s", "li", "p", now, counsellor="wang", given=(Giving("g", now, "li", "wang", "王"),))
    desk.known.publish(Known({call.id: Behind(call.id, cases=(case,))}))
    # What was told before somebody opens the sheet stands in it.
    assert not desk.stage.parts.window.findChildren(PlansPanel)
    choice = desk.panel.findChild(CounsellorChoice)
    assert isinstance(choice, CounsellorChoice)
    assert choice.chosen == Member("wang", "王")


def test_the_button_tells_a_lead_how_many_wait(desk: Desk) -> None:
    assert key_for("callers")
    assert t("callers.open") in desk.said()
    desk.talks()
    desk.panel.proposed.emit(Draft("", "先稳定呼吸", "", LIN, None))
    assert t("callers.open_waiting", n=1) in desk.said()
    (plan,) = desk.known_plans()
    desk.panel.agreed.emit(plan.id)
    assert t("callers.open_waiting", n=1) not in desk.said()
    text = replace(plan.versions[0].text, review_at=desk.stage.clock.now() + timedelta(days=1))
    desk.plans.agree(desk.plans.propose(plan.about, text, plan.label))
    desk.stage.clock.forward(timedelta(days=2).total_seconds())
    desk.presenter.toggle()
    desk.known.publish(Known({"x": Behind("x")}))
    assert t("callers.open_waiting", n=1) in desk.said()


def test_a_plan_that_was_chosen_before_the_sheet_was_opened_is_traced_when_it_is(desk: Desk) -> None:
    desk.plans.propose("p", PlanText("先稳定呼吸"), "小树")
    desk.panel.choose(desk.known_plans()[0].id)
    assert desk.seen == []
    desk.stage.parts.window.show()
    desk.presenter.toggle()
    assert [(one.type, one.where) for one in desk.seen] == [("caller_plan", "plans")]
