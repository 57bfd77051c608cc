"""The rule of what an operator is doing, by all combinations."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.calls.call import Call, Offer, Switch
from models.calls.events import CallEnd
from models.shifts.duty import BreakReason, Duty, DutyState
from server.gateway.duty import (
    Attendance,
    Terms,
    chosen,
    ends_here,
    in_time,
    lengthened,
    moved,
    state_of,
    takes_calls,
    talked,
    unanswered,
    wrapping_up,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
HERE, THERE = "1001", "1002"

RINGING = Call("c", offers={HERE: Offer(NOW)})
TALKING = Call("c", seat=HERE, answered_at=NOW)
HELD = replace(TALKING, held=Switch(True, NOW, "e"))
ENDED = replace(TALKING, ended_at=LATER, end=CallEnd.NORMAL)
STOPPED = Call("c", offers={HERE: Offer(NOW, LATER)})
ELSEWHERE = Call("c", offers={HERE: Offer(NOW), THERE: Offer(NOW)}, seat=THERE, answered_at=LATER)

READY = Attendance("op", "练习员", present=True, between=DutyState.READY)
RESTING = replace(READY, between=DutyState.BREAK, reason=BreakReason.REST)
WRAPPING = replace(READY, between=DutyState.WRAP_UP)


@pytest.mark.parametrize(
    ("call", "state"),
    [
        (RINGING, DutyState.RINGING),
        (TALKING, DutyState.TALKING),
        (HELD, DutyState.HELD),
        (ENDED, DutyState.READY),
        (STOPPED, DutyState.READY),
        (ELSEWHERE, DutyState.READY),
    ],
)
def test_a_call_decides_first(call: Call, state: DutyState) -> None:
    assert state_of(HERE, READY, [call]) is state


@pytest.mark.parametrize("attendance", [READY, RESTING, WRAPPING])
def test_between_calls_the_operator_decides(attendance: Attendance) -> None:
    assert state_of(HERE, attendance, []) is attendance.between


@pytest.mark.parametrize(
    ("call", "state"),
    [(RINGING, DutyState.OFF), (TALKING, DutyState.TALKING), (HELD, DutyState.HELD), (ENDED, DutyState.OFF)],
)
def test_who_is_gone_is_off_unless_the_conversation_goes_on(call: Call, state: DutyState) -> None:
    assert state_of(HERE, replace(READY, present=False), [call]) is state


def test_a_conversation_ends_at_the_seat_that_has_it_and_nowhere_else() -> None:
    assert ends_here(HERE, TALKING, ENDED)
    assert ends_here(HERE, HELD, ENDED)
    assert not ends_here(THERE, TALKING, ENDED)
    assert not ends_here(HERE, RINGING, replace(RINGING, ended_at=LATER))
    assert not ends_here(HERE, TALKING, HELD)


def test_a_conversation_that_was_left_ends_once() -> None:
    left = replace(TALKING, released=Switch(True, LATER, "e"))
    assert state_of(HERE, READY, [left]) is DutyState.READY
    assert ends_here(HERE, TALKING, left)
    assert not ends_here(HERE, left, replace(left, ended_at=LATER, end=CallEnd.TRANSFERRED))


def test_wrap_up_ends_by_itself_with_what_was_before() -> None:
    terms = Terms(wrap_up_seconds=90)
    for before in (READY, RESTING):
        wraps = wrapping_up(before, terms, NOW)
        assert (wraps.between, wraps.since) == (DutyState.WRAP_UP, NOW)
        assert in_time(wraps, NOW + timedelta(seconds=89)) is wraps
        over = in_time(wraps, NOW + timedelta(seconds=95))
        assert (over.between, over.reason) == (before.between, before.reason)
        assert over.since == NOW + timedelta(seconds=90)
        again = wrapping_up(wraps, terms, LATER)
        assert (again.until, again.then) == (LATER + timedelta(seconds=90), before.between)


def test_wrap_up_without_a_limit_lasts_until_the_operator_says() -> None:
    wraps = wrapping_up(READY, Terms(wrap_up_seconds=0), NOW)
    assert in_time(wraps, NOW + timedelta(days=1)) is wraps
    assert lengthened(wraps, 5, NOW) is None
    assert chosen(wraps, DutyState.READY, None, LATER) == replace(READY, since=LATER)


def test_a_lead_lengthens_a_wrap_up_and_nothing_else() -> None:
    wraps = wrapping_up(READY, Terms(wrap_up_seconds=60), NOW)
    longer = lengthened(wraps, 5, NOW)
    assert longer is not None
    assert (longer.until, longer.lengthened) == (NOW + timedelta(seconds=360), 5)
    more = lengthened(longer, 10, LATER)
    assert more is not None
    assert (more.until, more.lengthened) == (NOW + timedelta(seconds=960), 15)
    assert lengthened(READY, 5, NOW) is None
    assert wrapping_up(more, Terms(), LATER).lengthened == 0


def test_two_rings_in_a_row_that_nobody_answered_end_being_ready() -> None:
    terms = Terms(unanswered_rings=2)
    once = unanswered(READY, terms, NOW)
    assert (once.between, once.unanswered) == (DutyState.READY, 1)
    twice = unanswered(once, terms, LATER)
    assert (twice.between, twice.reason, twice.unanswered) == (DutyState.BREAK, None, 2)
    assert twice.since == LATER
    back = chosen(twice, DutyState.READY, None, LATER)
    assert (back.between, back.unanswered) == (DutyState.READY, 0)
    assert unanswered(RESTING, terms, NOW).between is DutyState.BREAK


def test_a_duty_names_the_call_that_is_talked() -> None:
    assert talked(HERE, [RINGING, TALKING]) == "c"
    assert talked(HERE, [HELD]) == "c"
    assert talked(HERE, [RINGING, ENDED, ELSEWHERE]) == ""


def test_a_seat_rings_only_for_somebody_who_is_ready_and_free() -> None:
    for attendance in (READY, RESTING, WRAPPING, replace(READY, present=False)):
        for state in DutyState:
            may = attendance is READY and state in (DutyState.READY, DutyState.RINGING)
            assert takes_calls(attendance, state) is may


def test_since_moves_only_with_a_change() -> None:
    duty = Duty("op", HERE, DutyState.READY, NOW, name="练习员")
    assert moved(duty, READY, DutyState.READY, LATER) is duty
    resting = moved(duty, RESTING, DutyState.BREAK, LATER)
    assert (resting.state, resting.since, resting.reason) == (DutyState.BREAK, LATER, BreakReason.REST)
    training = moved(resting, replace(RESTING, reason=BreakReason.TRAINING), DutyState.BREAK, NOW)
    assert training.since == NOW
    assert moved(resting, RESTING, DutyState.RINGING, LATER).reason is None


def test_what_goes_on_after_a_ring_is_as_old_as_it_was() -> None:
    waits = replace(READY, since=NOW)
    rings = moved(Duty("op", HERE, DutyState.READY, NOW, name="练习员"), waits, DutyState.RINGING, LATER)
    assert rings.since == LATER
    assert moved(rings, waits, DutyState.READY, LATER).since == NOW


def test_only_wrap_up_shows_when_it_is_over() -> None:
    wraps = wrapping_up(READY, Terms(wrap_up_seconds=60), NOW)
    duty = Duty("op", HERE, DutyState.READY, NOW)
    assert moved(duty, wraps, DutyState.WRAP_UP, LATER).until == NOW + timedelta(seconds=60)
    assert moved(duty, wraps, DutyState.OFF, LATER).until is None
