"""A caller plan: wordings and signatures, a review that ends nothing, limits that give way to a risk."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from models.cases.caller_plan import HOLD, CallerPlan, Limits, has_suicide_sign, plan_id, reduce
from models.operation import Operation, Outcome, Reduced
from models.risk.assessment import Assessment
from models.risk.cssrs import INSTRUMENT, Question
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from models.risk.trail import Answer, Judgement, Response

START = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
REVIEW = START + timedelta(days=60)


def act(kind: str, op: str, by: str = "li", days: float = 0, **body: Any) -> Operation:
    return Operation(op, f"caller_plan.{kind}", "p", by, START + timedelta(days=days), body)


def put(op: str = "v1", limits: str = "每天一次，20 分钟", days: float = 0, **text: Any) -> Operation:
    told = {"approach": "先稳定呼吸", "limits": limits, "review_at": REVIEW.isoformat(), **text}
    return act("put", op, days=days, site="jinzhong", about="k" * 64, name="李", text=told)


def agree(version: str = "v1", op: str = "a1", days: float = 1) -> Operation:
    return act("agree", op, "lead", days, version=version, name="赵")


def after(*acts: Operation) -> Reduced[CallerPlan]:
    reduced: Reduced[CallerPlan] = Reduced(None, Outcome.APPLIED)
    for one in acts:
        reduced = reduce(reduced.entity, one, 0)
    return reduced


def made(*acts: Operation) -> CallerPlan:
    found = after(*acts).entity
    assert found
    return found


def test_a_wording_counts_once_a_lead_has_signed_it() -> None:
    known = made(put())
    assert (known.in_force, known.proposed) == (None, known.versions[0])
    assert known.limits(START, risk=False) is Limits.NONE
    signed = made(put(), agree())
    assert signed.in_force
    assert (signed.in_force.op, signed.in_force.agreed_by, signed.in_force.agreed_name) == (
        "v1",
        "lead",
        "赵",
    )
    assert signed.proposed is None


def test_a_new_wording_leaves_the_signed_one_in_force_and_every_one_stays() -> None:
    known = made(put(), agree(), put("v2", "不限", 2))
    assert known.in_force
    assert known.proposed
    assert (known.in_force.op, known.proposed.op) == ("v1", "v2")
    later = made(put(), agree(), put("v2", "不限", 2), agree("v2", "a2", 3))
    assert later.in_force
    assert (later.in_force.op, [one.op for one in later.versions]) == ("v2", ["v1", "v2"])
    assert later.versions[0] == known.versions[0]


def test_two_who_wrote_at_once_are_two_wordings() -> None:
    known = made(put("v1"), put("v2", "每天两次"), put("v2", "每天两次"))
    assert [one.op for one in known.versions] == ["v1", "v2"]
    assert after(put(), agree("v9")).outcome is Outcome.HELD


def test_its_review_date_ends_nothing() -> None:
    known = made(put(), agree())
    assert known.limits(REVIEW - timedelta(seconds=1), risk=False) is Limits.IN_FORCE
    for days in (0, 1, 400, 4000):
        now = REVIEW + timedelta(days=days)
        assert known.limits(now, risk=False) is Limits.REVIEW
        assert known.needs_review(now)
        assert known.limits(now, risk=False) in HOLD
        assert known.in_force is not None


@pytest.mark.parametrize(
    ("signed", "limited", "paused", "due", "risk"), list(product([False, True], repeat=5))
)
def test_what_holds_of_the_limits_in_every_state(
    signed: bool, limited: bool, paused: bool, due: bool, risk: bool
) -> None:
    acts = [put(limits="每天一次" if limited else " ")]
    acts += [agree()] if signed else []
    acts += [act("pause", "p", "lead", 2, reason="住院")] if paused else []
    found = made(*acts).limits(REVIEW if due else START + timedelta(days=3), risk=risk)
    if not signed or not limited:
        assert found is Limits.NONE
    elif risk:
        assert found is Limits.RISK
    elif paused:
        assert found is Limits.PAUSED
    else:
        assert found is (Limits.REVIEW if due else Limits.IN_FORCE)
    assert (found in HOLD) is (signed and limited and not paused and not risk)


def test_it_rests_and_goes_on_and_ends_with_a_reason_only() -> None:
    assert after(put(), act("pause", "p", reason=" ")).why == "reason_wanted"
    assert after(put(), act("end", "e", reason="")).why == "reason_wanted"
    rests = made(put(), agree(), act("pause", "p", "lead", 2, reason="住院"))
    assert rests.paused == "住院"
    on = made(put(), agree(), act("pause", "p", reason="住院"), act("resume", "r", "lead", 3))
    assert on.limits(START, risk=False) is Limits.IN_FORCE


def test_what_was_ended_comes_into_force_by_a_new_signature_only() -> None:
    ended = made(put(), agree(), act("end", "e", "lead", 2, reason="已转介"))
    assert (ended.in_force, ended.proposed, ended.closed_by) == (None, None, "lead")
    assert after(put(), act("end", "e", reason="x"), act("end", "f", reason="y")).why == "closed"
    anew = made(put(), agree(), act("end", "e", "lead", 2, reason="已转介"), put("v2", days=5))
    assert (anew.in_force, anew.closing) == (None, None)
    assert [one.op for one in anew.versions] == ["v1", "v2"]
    signed = made(
        put(), agree(), act("end", "e", days=2, reason="已转介"), put("v2", days=5), agree("v2", "a2", 6)
    )
    assert signed.in_force
    assert signed.in_force.op == "v2"


def test_nothing_said_is_no_plan_and_there_is_one_for_a_person() -> None:
    assert after(put(limits=" ", approach=" ")).why == "nothing_said"
    assert plan_id("x") == plan_id("x") != plan_id("y")


def assessed(
    answers: Sequence[Answer] = (), responses: Sequence[Response] = (), judgements: Sequence[Judgement] = ()
) -> Assessment:
    known = Assessment("r", "n", "c", "li", "jinzhong")
    return replace(known, answers=tuple(answers), responses=tuple(responses), judgements=tuple(judgements))


@pytest.mark.parametrize("item", Item)
@pytest.mark.parametrize("state", AskState)
def test_any_item_that_was_answered_with_yes_is_a_sign(item: Item, state: AskState) -> None:
    known = assessed([Answer(1, "o", START, item, state)])
    assert has_suicide_sign(known) is (state is AskState.YES)


@pytest.mark.parametrize("question", Question)
def test_so_is_any_question_of_the_cssrs(question: Question) -> None:
    known = assessed(responses=[Response(1, "o", START, INSTRUMENT, 1, question, "yes")])
    assert has_suicide_sign(known)


@pytest.mark.parametrize("value", ["0", "1", "2", "3", "refused"])
def test_so_is_thinking_of_harm_on_some_days_in_the_phq9(value: str) -> None:
    known = assessed(responses=[Response(1, "o", START, "phq9", 1, "i9", value)])
    assert has_suicide_sign(known) is (value in ("1", "2", "3"))


@pytest.mark.parametrize("level", Level)
def test_so_is_the_operator_s_own_level_from_r2_on(level: Level) -> None:
    answers = [Answer(n, f"o{n}", START, item, AskState.NO) for n, item in enumerate(Item, 1)]
    known = assessed(answers, judgements=[Judgement(20, "j", START, level)])
    assert has_suicide_sign(known) is (level >= Level.R2)


@pytest.mark.parametrize("level", ["", "RX", *Level])
def test_so_is_an_open_r3_or_r4_before_anything_was_asked(level: str) -> None:
    assert has_suicide_sign(None, level) is (level in ("R3", "R4"))
    assert has_suicide_sign(assessed(), level) is (level in ("R3", "R4"))
