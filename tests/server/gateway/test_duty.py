"""The rule of what an operator is doing, by all combinations."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.calls.call import Call, Offer, Switch
from models.calls.events import CallEnd
from models.shifts.duty import BreakReason, Duty, DutyState
from server.gateway.duty import Attendance, after_call, moved, state_of, takes_calls, talked

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


def test_wrap_up_follows_a_conversation_here_and_nothing_else() -> None:
    assert after_call(HERE, READY, TALKING, ENDED).between is DutyState.WRAP_UP
    assert after_call(HERE, RESTING, HELD, ENDED) == WRAPPING
    assert after_call(THERE, READY, TALKING, ENDED) is READY
    assert after_call(HERE, READY, RINGING, replace(RINGING, ended_at=LATER)) is READY
    assert after_call(HERE, READY, TALKING, HELD) is READY


def test_wrap_up_begins_once_when_a_conversation_was_left() -> None:
    left = replace(TALKING, released=Switch(True, LATER, "e"))
    assert state_of(HERE, READY, [left]) is DutyState.READY
    assert after_call(HERE, READY, TALKING, left).between is DutyState.WRAP_UP
    assert after_call(HERE, READY, left, replace(left, ended_at=LATER, end=CallEnd.TRANSFERRED)) is READY


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
