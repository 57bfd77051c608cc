"""A call-back from its making to its end."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calls.call import Call
from models.calls.events import CallEnd, Direction
from models.calls.queueing import Diversion, Diverting, Rank, Ranking, Wish
from models.codec import to_document
from models.followups.callback import OPEN_RESULTS, Callback, Closing, Result, Why
from models.followups.owed import callback_id, owed_after
from models.followups.reduce import reduce
from models.operation import Operation, Outcome, Reduced

START = datetime(2026, 11, 1, 14, 0, tzinfo=UTC)
NUMBER = "13800000001"


def act(kind: str, op: str = "o", by: str = "li", after: float = 0, **body: Any) -> Operation:
    return Operation(op, kind, "b", by, START + timedelta(minutes=after), body)


def made(**changes: Any) -> Callback:
    body: dict[str, Any] = {
        **{"call": "c", "site": "jinzhong", "why": "asked", "number": NUMBER},
        **{"made_at": START.isoformat(), "due_at": START.isoformat(), **changes},
    }
    known = reduce(None, act("callback.add", **body), 0).entity
    assert known is not None
    return known


def after(known: Callback, *acts: Operation) -> Reduced[Callback]:
    reduced = Reduced(known, Outcome.APPLIED)
    for one in acts:
        assert reduced.entity
        reduced = reduce(reduced.entity, one, 0)
    return reduced


def test_made_twice_is_one() -> None:
    known = made()
    again = reduce(known, act("callback.add", "other", "wang", number="13900000000"), 0)
    assert again.entity == known
    assert again.outcome is Outcome.APPLIED
    assert (known.author, known.is_open, known.attempts) == ("li", True, ())


@pytest.mark.parametrize("result", Result)
def test_each_result_ends_it_or_leaves_it_owed(result: Result) -> None:
    reduced = after(made(), act("callback.attempt", result=result, call="x", how="voicemail"))
    assert reduced.entity
    assert reduced.entity.is_open is (result in (Result.NO_ANSWER, Result.OTHER_ANSWERED))
    assert (result in OPEN_RESULTS) is reduced.entity.is_open
    (attempt,) = reduced.entity.attempts
    assert (attempt.result, attempt.call, attempt.how, attempt.by) == (result, "x", "voicemail", "li")


def test_the_same_attempt_told_twice_is_one_and_a_later_one_stays_in_the_history() -> None:
    one = act("callback.attempt", "one", result="no_answer")
    done = act("callback.attempt", "two", "wang", 5, result="stable")
    reduced = after(made(), one, one, done, act("callback.attempt", "three", result="stable"))
    assert reduced.entity
    assert [it.op for it in reduced.entity.attempts] == ["one", "two", "three"]
    assert (reduced.outcome, reduced.why) == (Outcome.SUPERSEDED, "closed")
    assert (reduced.entity.closing, reduced.entity.closed_by) == (Closing.DONE, "wang")


def test_who_takes_it_has_it_until_they_let_it_be() -> None:
    taken = after(made(), act("callback.take", "t", on=True, name="李"))
    assert taken.entity
    assert taken.entity.taken
    assert (taken.entity.taken.by, taken.entity.taken.name, taken.entity.taken.on) == ("li", "李", True)
    other = after(taken.entity, act("callback.take", "u", "wang", on=False))
    assert (other.outcome, other.why) == (Outcome.SUPERSEDED, "taken")
    over = after(taken.entity, act("callback.take", "v", "wang", on=True, name="王"))
    assert over.entity
    assert over.entity.taken
    assert over.entity.taken.by == "wang"


def test_it_is_closed_as_expired_after_three_days_and_not_before() -> None:
    early = after(made(), act("callback.close", after=60))
    assert (early.outcome, early.why) == (Outcome.REJECTED, "not_expired")
    late = after(made(), act("callback.close", after=3 * 24 * 60))
    assert late.entity
    assert late.entity.closing is Closing.EXPIRED
    again = after(late.entity, act("callback.close", "z", after=3 * 24 * 60 + 1))
    assert again.outcome is Outcome.SUPERSEDED


def test_time_makes_it_overdue_and_expired_but_never_ends_it() -> None:
    known = made()
    assert not known.is_overdue(START + timedelta(minutes=29))
    assert known.is_overdue(START + timedelta(minutes=30))
    assert known.is_expired(START + timedelta(days=3))
    assert known.is_open


def test_what_nobody_made_is_held_and_what_is_no_act_is_refused() -> None:
    assert reduce(None, act("callback.attempt", result="stable"), 0).outcome is Outcome.HELD
    assert reduce(made(), act("callback.unheard"), 0).outcome is Outcome.REJECTED


def call(**changes: Any) -> Call:
    known: dict[str, Any] = {
        **{"id": "c", "site": "jinzhong", "number": NUMBER, "dialled": "12356"},
        **{"entered_at": START, "ended_at": START + timedelta(seconds=9), "end": CallEnd.CALLER_HUNG_UP},
    }
    return Call(**{**known, **changes})


WISH = Wish("13900000000", START, "w")


@pytest.mark.parametrize(
    ("known", "why", "number"),
    [
        (call(), Why.ABANDONED, NUMBER),
        (call(ended_at=START + timedelta(seconds=5)), Why.ABANDONED, NUMBER),
        (call(wish=WISH, ended_at=None, end=None), Why.AFTER_HOURS, "13900000000"),
        (call(number="110", wish=WISH), Why.AFTER_HOURS, WISH.number),
        (call(ranking=Ranking(Rank.EMERGENCY, "", START, "r")), Why.ABANDONED, NUMBER),
        (call(wish=Wish("", START, "w")), Why.AFTER_HOURS, NUMBER),
        (
            call(wish=WISH, diverting=Diverting(Diversion.CLOSED, "", START, "d")),
            *(Why.AFTER_HOURS, WISH.number),
        ),
    ],
)
def test_what_is_owed_after_a_call(known: Call, why: Why, number: str) -> None:
    owed = owed_after(known)
    assert owed
    assert (owed.why, owed.number, owed.line, owed.call) == (why, number, "12356", "c")
    assert owed.id == callback_id("c", why)


@pytest.mark.parametrize(
    "known",
    [
        call(ended_at=START + timedelta(seconds=4.9)),
        call(answered_at=START + timedelta(seconds=2)),
        call(direction=Direction.OUT),
        call(number=""),
        call(ended_at=None, end=None),
        call(end=CallEnd.TRANSFERRED),
        call(diverting=Diverting(Diversion.CLOSED, "", START, "d")),
        call(diverting=Diverting(Diversion.OVERFLOW, "12355", START, "d")),
        call(number="", wish=Wish("", START, "w")),
        call(number="110"),
        call(number="0354110", wish=Wish("0354110", START, "w")),
        call(number="03543000000", ranking=Ranking(Rank.EMERGENCY, "", START, "r")),
    ],
)
def test_what_leaves_nothing_owed(known: Call) -> None:
    assert owed_after(known) is None


def test_a_wish_and_the_end_that_follows_are_one_call_back() -> None:
    wished, ended = owed_after(call(wish=WISH, ended_at=None, end=None)), owed_after(call(wish=WISH))
    assert wished
    assert ended
    assert wished.id == ended.id != callback_id("c", Why.ASKED)


_ACTS = st.lists(
    st.one_of(
        st.builds(
            lambda op, by, r: act("callback.attempt", op, by, result=r),
            st.text(min_size=1),
            st.just("li"),
            st.sampled_from(Result),
        ),
        st.builds(lambda op, on: act("callback.take", op, on=on), st.text(min_size=1), st.booleans()),
    ),
    max_size=6,
)


@given(_ACTS)
def test_nothing_opens_it_again_and_no_attempt_is_lost(acts: list[Operation]) -> None:
    known, was_closed = made(), False
    for one in acts:
        entity = reduce(known, one, 0).entity
        assert entity is not None
        known = entity
        assert not (was_closed and known.is_open)
        was_closed = not known.is_open
    tried = {one.op for one in acts if one.type == "callback.attempt"}
    assert {one.op for one in known.attempts} == tried
    assert to_document(known)["id"] == "b"
