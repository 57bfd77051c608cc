"""A follow-up from its making to its end: every result in every state."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codec import from_document, to_document
from models.followups.agreed import has_followup_agreed
from models.followups.callback import SOURCED, Result
from models.followups.followup import UNREACHED, Consent, Ending, Followup, next_step, was_timely
from models.followups.reduce_followup import BY_HAND, ENDS, followup_id, reduce
from models.operation import Operation, Outcome, Reduced

START = datetime(2026, 11, 1, 14, 0, tzinfo=UTC)
DUE = tuple(START + timedelta(days=days) for days in (1, 7, 30))
NUMBER = "13800000001"


def act(kind: str, op: str = "o", by: str = "li", days: float = 1, **body: Any) -> Operation:
    return Operation(op, f"followup.{kind}", "f", by, START + timedelta(days=days), body)


def attempt(result: str, op: str = "a", by: str = "wang", days: float = 1, **body: Any) -> Operation:
    source = "派出所" if result in SOURCED else ""
    return act("attempt", op, by, days, **{"result": result, "source": source, "step": 0, **body})


def made(lost_after: int = 0, lost_source: str = "", consent: str = "agreed", **changes: Any) -> Followup:
    series = {"template": "bj", "version": 1, "days": [1, 7, 30], "source": "s"}
    body: dict[str, Any] = {
        **{"call": "c", "note": "n", "site": "jinzhong", "name": "李", "number": NUMBER, "level": "R3"},
        **{"made_at": START.isoformat(), "since": START.isoformat(), "due": [one.isoformat() for one in DUE]},
        "series": {**series, "lost_after": lost_after, "lost_source": lost_source},
        "agreed": {"consent": consent, "code_word": "老同学"},
        **changes,
    }
    known = reduce(None, act("add", days=0, **body), 0).entity
    assert known is not None
    return known


def after(known: Followup, *acts: Operation) -> Reduced[Followup]:
    reduced = Reduced(known, Outcome.APPLIED)
    for one in acts:
        assert reduced.entity
        reduced = reduce(reduced.entity, one, 0)
    return reduced


def entity(known: Followup, *acts: Operation) -> Followup:
    found = after(known, *acts).entity
    assert found
    return found


EXPECTED: dict[Result, tuple[int, Ending | None]] = {
    Result.STABLE: (1, None),
    Result.RISEN: (1, None),
    Result.NO_ANSWER: (0, None),
    Result.DECLINED: (0, Ending.DECLINED),
    Result.NOT_IN_SERVICE: (1, None),
    Result.OTHER_ANSWERED: (0, None),
    Result.IN_CARE: (1, None),
    Result.NEW_ATTEMPT: (1, None),
    Result.DECEASED: (0, Ending.DECEASED),
    Result.LOST: (0, Ending.LOST),
}


@pytest.mark.parametrize("result", Result)
@pytest.mark.parametrize("taken", [False, True])
def test_each_result_of_the_first_call_moves_ends_or_leaves_it(result: Result, taken: bool) -> None:
    known = made()
    if taken:
        known = entity(known, act("take", "t", "wang", on=True, name="王"))
    found = entity(known, attempt(result))
    assert (found.step, found.closing) == EXPECTED[result]
    assert [one.result for one in found.attempts] == [result]
    assert found.taken == known.taken


@pytest.mark.parametrize("result", Result)
def test_each_result_of_the_last_call_ends_it_unless_nobody_was_reached(result: Result) -> None:
    found = entity(made(), attempt("stable", "1", days=1), attempt("stable", "2", days=7, step=1))
    assert found.step == 2
    last = entity(found, attempt(result, "3", days=30, step=2))
    wanted = None if result in UNREACHED else ENDS.get(result, Ending.FINISHED)
    assert (last.closing, last.is_open) == (wanted, wanted is None)


@pytest.mark.parametrize("result", Result)
@pytest.mark.parametrize("ending", sorted(BY_HAND))
def test_what_comes_after_the_end_stays_in_the_history_and_opens_nothing(
    result: Result, ending: Ending
) -> None:
    closed = entity(made(), act("end", "e", how=ending, reason="来电者搬家"))
    reduced = after(closed, attempt(result))
    assert reduced.entity
    assert (reduced.outcome, reduced.why) == (Outcome.SUPERSEDED, "closed")
    assert (reduced.entity.closing, len(reduced.entity.attempts)) == (ending, 1)


@pytest.mark.parametrize("result", sorted(SOURCED))
def test_a_new_attempt_and_a_death_are_told_only_with_their_source(result: Result) -> None:
    reduced = after(made(), attempt(result, source="  "))
    assert (reduced.outcome, reduced.why) == (Outcome.REJECTED, "source_wanted")
    assert entity(made(), attempt(result)).attempts[0].source == "派出所"


def test_two_who_called_off_line_are_two_attempts_and_the_series_goes_on_once() -> None:
    mine, other = attempt("stable", "1", "li"), attempt("stable", "2", "wang", 1.1)
    for order in permutations((mine, other)):
        found = entity(made(), *order)
        assert {one.op for one in found.attempts} == {"1", "2"}
        assert (found.step, found.closing) == (1, None)


def test_one_who_reached_and_one_who_did_not_make_one_step_in_either_order() -> None:
    reached, missed = attempt("stable", "1"), attempt("no_answer", "2", again=DUE[1].isoformat())
    assert {entity(made(), *order).step for order in permutations((reached, missed))} == {1}
    assert entity(made(), reached, missed).again_at is None


def test_the_same_attempt_told_twice_is_one() -> None:
    found = entity(made(), attempt("no_answer"), attempt("no_answer"))
    assert len(found.attempts) == 1


def test_a_call_that_reached_counts_for_all_dates_that_are_over() -> None:
    found = entity(made(), attempt("stable", days=8))
    assert (found.step, found.due_at) == (2, DUE[2])


@given(st.integers(0, 2), st.floats(0, 60))
def test_the_next_date_lies_ahead(step: int, days: float) -> None:
    at = START + timedelta(days=days)
    place = next_step(DUE, step, at)
    assert place > step
    assert all(one <= at for one in DUE[step + 1 : place])
    assert place == len(DUE) or DUE[place] > at


def test_a_later_try_of_the_same_date_is_due_then_and_forgotten_with_the_next_date() -> None:
    later = START + timedelta(days=1, hours=4)
    found = entity(made(), attempt("no_answer", again=later.isoformat()))
    assert (found.step, found.due_at) == (0, later)
    assert entity(found, attempt("stable", "2", days=1.2)).due_at == DUE[1]


def test_nobody_is_lost_by_counting_unless_a_source_says_so() -> None:
    missed = [attempt("no_answer", str(n), days=1 + n) for n in range(9)]
    assert entity(made(), *missed).is_open
    assert entity(made(lost_after=3), *missed).is_open
    with_rule = made(lost_after=3, lost_source="站点规范第 4 条")
    assert entity(with_rule, *missed[:2]).is_open
    assert entity(with_rule, *missed[:3]).closing is Ending.LOST
    between = [missed[0], missed[1], attempt("stable", "x", days=3), missed[4]]
    assert entity(with_rule, *between).is_open


@pytest.mark.parametrize("result", Result)
def test_nothing_but_a_person_or_a_rule_with_a_source_says_lost(result: Result) -> None:
    closing = entity(made(), attempt(result)).closing
    assert (closing is Ending.LOST) is (result is Result.LOST)


def test_who_promised_it_learns_what_came_of_it_until_it_was_seen() -> None:
    found = entity(made(), attempt("stable", "1", "wang"), attempt("no_answer", "2", "li", 7, step=1))
    assert [one.op for one in found.unseen] == ["1"]
    other = after(found, act("seen", "s", "wang", attempts=["1"]))
    assert (other.outcome, other.why) == (Outcome.REJECTED, "not_author")
    seen = entity(found, act("seen", "s", "li", attempts=["1"]))
    assert seen.unseen == ()
    later = entity(seen, attempt("risen", "3", "wang", 8, step=1))
    assert [one.op for one in later.unseen] == ["3"]


def test_it_is_ended_by_hand_only_with_a_reason() -> None:
    assert after(made(), act("end", how="withdrawn")).why == "reason_wanted"
    assert after(made(), act("end", how="deceased", reason="x")).why == "reason_wanted"
    assert entity(made(), act("end", how="stopped")).closing is Ending.STOPPED


def test_what_was_agreed_may_be_said_anew_and_the_safe_number_is_the_one_that_is_called() -> None:
    assert made().dial == NUMBER
    agreed = {"consent": "agreed", "number": "13900000002", "windows": [{"start": 60, "end": 120}]}
    found = entity(made(), act("amend", agreed=agreed))
    assert (found.dial, found.agreed.windows[0].end, found.agreed.code_word) == ("13900000002", 120, "")


def test_made_twice_is_one_and_without_a_date_it_is_none() -> None:
    known = made()
    assert after(known, act("add", "x", "wang", number="1")).entity == known
    assert followup_id("n") == followup_id("n") != followup_id("m")
    body = {key: value for key, value in to_document(known).items() if key not in ("id", "author")}
    assert reduce(None, act("add", **{**body, "due": []}), 0).why == "no_dates"
    assert from_document(Followup, to_document(known)) == known


@pytest.mark.parametrize(
    ("tried", "now", "timely"),
    [(None, 20, None), (None, 25, False), (24, 30, True), (25, 30, False), (2, 3, True)],
)
def test_a_first_try_within_a_day_is_in_time(tried: float | None, now: float, timely: bool | None) -> None:
    known = made()
    if tried is not None:
        known = entity(known, attempt("no_answer", days=tried / 24))
    assert was_timely(known, START + timedelta(hours=now)) is timely


@pytest.mark.parametrize("consent", Consent)
def test_only_what_was_agreed_with_date_and_number_closes_a_record(consent: Consent) -> None:
    known = made(consent=consent)
    assert has_followup_agreed((known,), "n") is (consent is Consent.AGREED)
    assert not has_followup_agreed((known,), "other")
    assert not has_followup_agreed((), "n")


@pytest.mark.parametrize("ending", Ending)
def test_an_ended_series_counts_for_closing_only_where_it_was_kept(ending: Ending) -> None:
    closed = from_document(Followup, {**to_document(made()), "closing": ending.value})
    assert has_followup_agreed((closed,), "n") is (ending in (Ending.FINISHED, Ending.REPLACED))


def test_without_a_number_nothing_is_agreed() -> None:
    assert not has_followup_agreed((made(number=""),), "n")
