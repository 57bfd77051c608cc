"""A mark of misuse: asked for, approved until a day, ended, outweighed by a risk; never a block."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cases.mark import ASKED_FOR, EXPIRING, LOWERS, MOST_DAYS, Closing, Mark, State, mark_id, reduce
from models.codec import from_document, to_document
from models.operation import Operation, Outcome, Reduced

START = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
KEY = "a" * 64


def act(kind: str, op: str = "o", by: str = "lead", days: float = 0, **body: Any) -> Operation:
    return Operation(op, f"mark.{kind}", "m", by, START + timedelta(days=days), body)


def ask(by: str = "li", **changes: Any) -> Operation:
    told = {"call": "c", "site": "jinzhong", "name": "李", "caller": KEY, "masked": "138****0001"}
    return act("ask", "ask", by, **{**told, "reason": "整夜反复骚扰", **changes})


def after(*acts: Operation) -> Reduced[Mark]:
    reduced: Reduced[Mark] = Reduced(None, Outcome.APPLIED)
    for one in acts:
        reduced = reduce(reduced.entity, one, 0)
    return reduced


def made(*acts: Operation) -> Mark:
    found = after(ask(), *acts).entity
    assert found
    return found


def test_an_operator_asks_and_a_lead_approves_until_a_day() -> None:
    known = made()
    assert (known.author, known.state(START), known.until) == ("li", State.ASKED, None)
    lasting = made(_approve(3, days=1))
    assert lasting.until == START + timedelta(days=4)
    assert (lasting.approved_by, lasting.approval) == ("lead", "核对过录音")


def _approve(lasts: int, days: float = 0, op: str = "ok", by: str = "lead") -> Operation:
    return Operation(
        op, "mark.approve", "m", by, START + timedelta(days=days), {"days": lasts, "reason": "核对过录音"}
    )


def test_without_a_reason_nothing_is_asked() -> None:
    reduced = after(ask(reason="  "))
    assert (reduced.entity, reduced.outcome, reduced.why) == (None, Outcome.REJECTED, "reason_wanted")


@pytest.mark.parametrize("days", [0, -1, MOST_DAYS + 1, 36500])
def test_no_mark_is_for_ever(days: int) -> None:
    reduced = after(ask(), _approve(days))
    assert (reduced.outcome, reduced.why) == (Outcome.REJECTED, "days")
    assert reduced.entity is not None
    assert reduced.entity.until is None


def test_the_longest_mark_is_over_after_ninety_days() -> None:
    known = made(_approve(MOST_DAYS))
    assert known.state(START + timedelta(days=MOST_DAYS, seconds=-1)) is State.EXPIRING
    assert known.state(START + timedelta(days=MOST_DAYS)) is State.EXPIRED


def test_what_nobody_approved_in_two_weeks_is_asked_for_no_more() -> None:
    assert made().state(START + ASKED_FOR) is State.LAPSED
    reduced = after(ask(), _approve(3, days=15))
    assert (reduced.outcome, reduced.why) == (Outcome.SUPERSEDED, "lapsed")


def test_the_first_decision_stands() -> None:
    approve, refuse = _approve(30), act("refuse", "no", "other", reason="来电者求助")
    assert after(ask(), approve, refuse).why == "decided"
    assert made(approve, refuse).state(START) is State.IN_FORCE
    assert after(ask(), refuse, approve).why == "closed"
    assert made(refuse, approve).state(START) is State.REFUSED
    assert after(ask(), act("end", reason="x")).why == "decided"


def test_a_lead_ends_it_early_and_twice_is_once() -> None:
    ended = made(_approve(30), act("end", "e1", days=1, reason="误会"), act("end", "e2", "other", days=2))
    assert (ended.closing, ended.closed_by, ended.end_reason) == (Closing.ENDED, "lead", "误会")
    assert ended.state(START + timedelta(days=1)) is State.ENDED


def test_a_risk_since_the_approval_ends_it_for_good() -> None:
    known = made(_approve(30))
    now = START + timedelta(days=2)
    assert known.state(now, START - timedelta(hours=1)) is State.IN_FORCE
    assert known.state(now, START) is State.RISK
    assert known.state(now, START + timedelta(days=1)) is State.RISK


@given(
    st.floats(-1, 200),
    st.none() | st.floats(0, 20),
    st.integers(1, MOST_DAYS),
    st.none() | st.floats(-1, 200),
    st.sampled_from([None, *Closing]),
)
def test_it_lowers_only_between_approval_and_end_without_a_risk(
    at: float, approved: float | None, lasts: int, risk: float | None, closing: Closing | None
) -> None:
    def moment(days: float) -> datetime:
        return START + timedelta(days=days)

    known = made()
    if approved is not None:
        document = {
            **to_document(known),
            "approved_at": moment(approved).isoformat(),
            "until": moment(approved + lasts).isoformat(),
        }
        known = from_document(Mark, document)
    if closing is not None:
        known = from_document(Mark, {**to_document(known), "closing": closing.value})
    risk_at = None if risk is None else moment(risk)
    state = known.state(moment(at), risk_at)
    if state in LOWERS:
        assert closing is None
        assert known.approved_at is not None
        assert known.until is not None
        assert moment(at) < known.until
        assert risk_at is None or risk_at < known.approved_at
    if closing is not None:
        assert state.value == closing.value
    if state is State.EXPIRING:
        assert known.until is not None
        assert known.until - moment(at) <= EXPIRING


def test_asked_twice_is_one_and_told_in_any_order_it_comes_out_the_same() -> None:
    assert mark_id("c") == mark_id("c") != mark_id("d")
    assert after(ask(), ask(by="wang", reason="other")).entity == made()
    approve, end = _approve(30), act("end", "e", days=1, reason="误会")
    finals = {after(ask(), *order).entity for order in permutations((approve, approve, end))}
    # An end that comes before the approval decides nothing: it is for what is approved.
    assert {one.state(START) for one in finals if one} == {State.ENDED, State.IN_FORCE}
    assert after(approve).outcome is Outcome.HELD
