"""Caller plans, marks and what whoever answers has before the eyes, as one console keeps them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console.calls.service import LineView
from console.cases.marks import MarksService
from console.cases.plans import PlansService
from console.followups.owing import Owing
from console.noticing import Noticing
from console.runtime.store import Store
from console.session.identity import Identity
from models.calls.call import Call, Offer
from models.calls.events import Direction
from models.cases.caller_plan import CallerPlan, Limits, PlanText
from models.cases.mark import Mark, State
from models.clock import ManualClock
from models.followups import contact
from models.followups.known import KnownOwed
from models.operation import Operation
from models.people.caller import CallerCard, caller_key
from models.people.operator import Operator, Role
from models.risk.assessment import Assessment
from models.risk.quick_screen import AskState, Item
from models.risk.trail import Answer
from models.trace.entry import Happening

NUMBER = "13800000001"
KEY = caller_key(b"k", NUMBER)
CALL = Call("c", "jinzhong", NUMBER, "12356", answered_at=datetime(2026, 11, 1, 12, 0, tzinfo=UTC))
TEXT = PlanText("先稳定呼吸", "每天一次")


class Written:
    """A journal that keeps what it was given."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []

    def write(self, *operations: Operation, urgent: bool = False) -> Any:
        assert urgent
        self.operations += operations
        return asyncio.get_running_loop().create_future()


class Desk:
    """The services of one operator, with nothing on the disk but what they made."""

    def __init__(self, role: Role) -> None:
        self.clock = ManualClock(datetime(2026, 11, 1, 12, 0, tzinfo=UTC))
        self.journal = Written()
        self.seen: list[Happening] = []
        self.alarms: list[tuple[str, datetime]] = []
        me = Operator("li", "李", "psychiatrist", "jinzhong", (role,))
        identity = Identity(me, "1", "", b"k", practice=True)
        self.owing = Owing(self.journal, self.clock, identity, self._owed)
        self.plans = PlansService(self.journal, self.clock, identity, self._plans, self.seen.append)
        self.marks = MarksService(self.journal, self.clock, identity, self._marks, self._alarming)
        self.calls: Store[LineView] = Store(LineView())
        self.assessment: Store[Assessment | None] = Store(None)
        self.noticing = Noticing(self.owing, self.plans, self.clock, self.calls, self.assessment)

    async def _owed(self) -> KnownOwed:
        return KnownOwed()

    async def _plans(self) -> tuple[CallerPlan, ...]:
        return self.plans.plans.value

    async def _marks(self) -> tuple[Mark, ...]:
        return tuple(one.mark for one in self.marks.marks.value)

    async def _alarming(self, _since: datetime) -> tuple[tuple[str, datetime], ...]:
        return tuple(self.alarms)

    def rings(self, level: str = "") -> None:
        card = CallerCard(KEY, "jinzhong", 4, level)
        self.calls.publish(replace(self.calls.value, calls=(CALL,), callers={"c": card}))

    def known(self) -> list[str]:
        return [one.mark.id for one in self.marks.marks.value]

    def state(self) -> State:
        (standing,) = self.marks.marks.value
        return standing.state

    def limits(self) -> Limits:
        return self.noticing.notice.value.limits


def play(story: Callable[[Desk], Awaitable[None]], role: Role = Role.LEAD) -> None:
    async def evening() -> None:
        await story(Desk(role))

    asyncio.run(evening())


def test_a_plan_is_proposed_signed_reviewed_paused_and_ended() -> None:
    async def story(desk: Desk) -> None:
        now = desk.clock.now()
        name = desk.plans.propose(KEY, replace(TEXT, review_at=now + timedelta(days=1)), "138****0001")
        assert desk.plans.of((KEY,)) == desk.plans.plans.value[0]
        desk.plans.agree(name)
        (known,) = desk.plans.plans.value
        assert known.in_force
        assert (known.label, known.in_force.agreed_name) == ("138****0001", "李")
        desk.clock.forward(timedelta(days=2).total_seconds())
        assert known.needs_review(desk.clock.now())
        desk.plans.review(name, desk.clock.now() + timedelta(days=90))
        (known,) = desk.plans.plans.value
        assert (known.needs_review(desk.clock.now()), len(known.versions)) == (False, 2)
        desk.plans.pause(name, " ")
        assert desk.plans.plans.value[0].paused == ""
        desk.plans.pause(name, "住院")
        assert desk.plans.plans.value[0].paused == "住院"
        desk.plans.resume(name)
        desk.plans.end(name, "已转介")
        assert desk.plans.of((KEY,)) is None

    play(story)


def test_an_operator_proposes_and_signs_nothing() -> None:
    async def story(desk: Desk) -> None:
        name = desk.plans.propose(KEY, TEXT)
        desk.plans.agree(name)
        desk.plans.end(name, "x")
        desk.plans.pause(name, "x")
        assert [one.type for one in desk.journal.operations] == ["caller_plan.put"]
        assert desk.plans.plans.value[0].in_force is None

    play(story, Role.OPERATOR)


def test_who_answers_has_the_plan_before_the_eyes_and_that_is_traced_once() -> None:
    async def story(desk: Desk) -> None:
        desk.plans.agree(desk.plans.propose(KEY, TEXT, "138****0001"))
        assert desk.noticing.notice.value.plan is None
        desk.rings()
        notice = desk.noticing.notice.value
        assert notice.plan == desk.plans.plans.value[0]
        assert (notice.call, notice.limits, notice.label) == ("c", Limits.IN_FORCE, "138****0001")
        desk.noticing.look()
        assert [(one.type, one.id, one.where) for one in desk.seen] == [
            ("caller_plan", desk.plans.plans.value[0].id, "call")
        ]

    play(story)


def test_a_ring_shows_its_own_plan_before_that_of_a_call_that_is_over() -> None:
    async def story(desk: Desk) -> None:
        desk.plans.agree(desk.plans.propose(KEY, TEXT))
        over = replace(CALL, id="over", number="13900000002", ended_at=CALL.answered_at)
        rings = replace(CALL, answered_at=None, offers={"1": Offer(desk.clock.now())})
        desk.calls.publish(LineView(calls=(over, rings)))
        notice, shown = desk.noticing.notice.value, desk.noticing.shown.value
        assert (notice.call, notice.plan) == ("over", None)
        assert (shown.call, shown.plan) == ("c", desk.plans.plans.value[0])
        talks = replace(over, ended_at=None)
        desk.calls.publish(LineView(calls=(talks, rings)))
        assert desk.noticing.shown.value.call == "over"

    play(story)


@pytest.mark.parametrize(
    ("level", "limits"), [("R2", Limits.IN_FORCE), ("R3", Limits.RISK), ("R4", Limits.RISK)]
)
def test_an_open_danger_suspends_the_limits_at_the_ring(level: str, limits: Limits) -> None:
    async def story(desk: Desk) -> None:
        desk.plans.agree(desk.plans.propose(KEY, TEXT))
        desk.rings(level)
        assert desk.limits() is limits

    play(story)


def test_a_yes_in_this_call_suspends_them_and_one_in_another_does_not() -> None:
    async def story(desk: Desk) -> None:
        desk.plans.agree(desk.plans.propose(KEY, TEXT))
        desk.rings()
        yes = (Answer(1, "o", desk.clock.now(), Item.IDEATION_2W, AskState.YES),)
        desk.assessment.publish(Assessment("r", "n", "other", "li", "jinzhong", answers=yes))
        assert desk.limits() is Limits.IN_FORCE
        desk.assessment.publish(Assessment("r", "n", "c", "li", "jinzhong", answers=yes))
        assert desk.limits() is Limits.RISK

    play(story)


def test_the_plan_of_a_person_counts_before_that_of_a_number_and_a_wish_is_shown() -> None:
    async def story(desk: Desk) -> None:
        desk.plans.agree(desk.plans.propose(KEY, TEXT))
        mine = desk.plans.propose("p1", replace(TEXT, approach="另一个"), "小树")
        desk.plans.agree(mine)
        desk.owing.wish(contact.STOP, KEY, {"site": "jinzhong", "call": "x", "words": "不要再打来"})
        desk.noticing.persons_of = lambda _call: {"p1": "小树"}
        desk.rings()
        notice = desk.noticing.notice.value
        assert notice.plan
        assert (notice.plan.id, notice.about, notice.label) == (mine, "p1", "小树")
        assert notice.stopped
        assert notice.stopped.words == "不要再打来"

    play(story)


def test_a_mark_is_asked_once_and_decided_by_a_lead_with_a_reason() -> None:
    async def story(desk: Desk) -> None:
        desk.marks.ask(CALL, " ")
        desk.marks.ask(replace(CALL, number=""), "骚扰")
        desk.marks.ask(replace(CALL, direction=Direction.OUT), "骚扰")
        assert not desk.known()
        desk.marks.ask(CALL, "整夜反复骚扰", "n")
        desk.marks.ask(CALL, "再次")
        (standing,) = desk.marks.marks.value
        assert (standing.mark.caller, standing.mark.masked, desk.state()) == (KEY, "138****0001", State.ASKED)
        desk.marks.approve(standing.mark.id, 7, " ")
        assert desk.state() is State.ASKED
        desk.marks.approve(standing.mark.id, 7, "核对过录音")
        assert desk.state() is State.IN_FORCE
        desk.clock.forward(timedelta(days=5).total_seconds())
        desk.marks.publish()
        assert desk.state() is State.EXPIRING
        desk.marks.end(standing.mark.id, "误会")
        assert desk.state() is State.ENDED

    play(story)


def test_an_operator_decides_nothing_about_a_mark() -> None:
    async def story(desk: Desk) -> None:
        desk.marks.ask(CALL, "骚扰")
        name = desk.marks.marks.value[0].mark.id
        desk.marks.approve(name, 7, "x")
        desk.marks.refuse(name, "x")
        assert desk.state() is State.ASKED

    play(story, Role.OPERATOR)


def test_a_danger_that_leads_know_of_is_shown_as_the_end_of_the_mark() -> None:
    async def story(desk: Desk) -> None:
        desk.marks.ask(CALL, "骚扰")
        desk.marks.approve(desk.marks.marks.value[0].mark.id, 7, "核对过录音")
        desk.alarms = [("13900000009", desk.clock.now() + timedelta(hours=1))]
        await desk.marks.refresh()
        assert desk.state() is State.IN_FORCE
        desk.alarms.append((f"+86{NUMBER}", desk.clock.now() + timedelta(hours=1)))
        await desk.marks.refresh()
        assert desk.state() is State.RISK

    play(story)
