"""The wish not to be called: kept, taken back by the person, opened by a lead for a time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.followups.contact import MOST_ALLOWED, Contact, reduce
from models.operation import Operation, Outcome, Reduced

START = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)


def act(kind: str, op: str, by: str = "li", later: float = 0, **body: Any) -> Operation:
    return Operation(op, f"contact.{kind}", "k" * 64, by, START + timedelta(hours=later), body)


def stop(op: str = "s1", hours: float = 0) -> Operation:
    return act("stop", op, later=hours, site="jinzhong", call="c", words="请不要再打来")


def allow(hours: int = 2, after: float = 1, reason: str = "家属求助") -> Operation:
    return act("allow", "a", "lead", after, hours=hours, reason=reason)


def after(*acts: Operation) -> Reduced[Contact]:
    reduced: Reduced[Contact] = Reduced(None, Outcome.APPLIED)
    for one in acts:
        reduced = reduce(reduced.entity, one, 0)
    return reduced


def made(*acts: Operation) -> Contact:
    found = after(*acts).entity
    assert found
    return found


def test_the_wish_stands_for_ever_and_keeps_who_and_what() -> None:
    known = made(stop(), stop())
    assert [(one.by, one.call, one.words) for one in known.stops] == [("li", "c", "请不要再打来")]
    assert not known.permits(START + timedelta(days=4000))


def test_a_lead_opens_it_for_a_time_and_with_a_reason_only() -> None:
    assert after(stop(), allow(reason=" ")).why == "reason_wanted"
    known = made(stop(), allow())
    assert not known.permits(START)
    assert known.permits(START + timedelta(hours=2.9))
    assert not known.permits(START + timedelta(hours=3))
    assert known.stopped is not None


@given(st.integers(-5, 10**6), st.floats(0, 10**4))
def test_no_permission_lasts_over_a_day(hours: int, later: float) -> None:
    known = made(stop(), allow(hours))
    if later > 1 + MOST_ALLOWED.total_seconds() / 3600:
        assert not known.permits(START + timedelta(hours=later))


def test_a_wish_after_the_permission_closes_it_again() -> None:
    known = made(stop(), allow(), stop("s2", 1.5))
    assert not known.permits(START + timedelta(hours=2))


def test_the_person_takes_back_what_was_known_and_nothing_later() -> None:
    back = act("resume", "r", later=5, stops=["s1"])
    assert made(stop(), back).permits(START + timedelta(hours=5))
    late = made(stop(), stop("s2", 4), back)
    assert late.stopped is not None
    assert late.stopped.op == "s2"


def test_of_what_nobody_wished_nothing_is_opened() -> None:
    assert after(allow()).outcome is Outcome.HELD
