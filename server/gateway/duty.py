"""The pure rule of what an operator at a seat is doing (domain.md 2, operator state)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from models.calls.call import Call, CallState
from models.calls.place import CONVERSATION, state_at
from models.shifts.duty import BreakReason, Duty, DutyState


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who belongs to a seat, whether their console is there, and what they are doing between calls.

    `between` is ready, break or wrap_up: the last is not chosen, it begins when a call ends.
    """

    operator: str = ""
    name: str = ""
    present: bool = False
    between: DutyState = DutyState.BREAK
    reason: BreakReason | None = None


def state_of(seat: str, attendance: Attendance, calls: Iterable[Call]) -> DutyState:
    """What the operator is doing; a conversation goes on even while the console is gone."""
    states = {state_at(call, seat) for call in calls}
    if CallState.TALKING in states:
        return DutyState.TALKING
    if CallState.HELD in states:
        return DutyState.HELD
    if not attendance.present:
        return DutyState.OFF
    return DutyState.RINGING if CallState.RINGING in states else attendance.between


def after_call(seat: str, attendance: Attendance, before: Call, after: Call) -> Attendance:
    """Wrap-up begins when a conversation at this seat ends, was left or was handed over."""
    if state_at(before, seat) in CONVERSATION and state_at(after, seat) not in CONVERSATION:
        return replace(attendance, between=DutyState.WRAP_UP, reason=None)
    return attendance


def talked(seat: str, calls: Iterable[Call]) -> str:
    """The id of the call that is talked or held at the seat, "" for none."""
    return next((call.id for call in calls if state_at(call, seat) in CONVERSATION), "")


def moved(duty: Duty, attendance: Attendance, state: DutyState, now: datetime, call: str = "") -> Duty:
    """The duty now; its `since` moves only when something about it changed."""
    reason = attendance.reason if state is DutyState.BREAK else None
    who = replace(duty, operator=attendance.operator, name=attendance.name)
    same = replace(who, state=state, reason=reason, call=call)
    return duty if same == duty else replace(same, since=now)


def takes_calls(attendance: Attendance, state: DutyState) -> bool:
    """True while the queue may ring the seat."""
    wants = attendance.present and attendance.between is DutyState.READY
    return wants and state in (DutyState.READY, DutyState.RINGING)
