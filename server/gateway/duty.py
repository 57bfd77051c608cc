"""The pure rules of what an operator at a seat is doing (domain.md 2, operator state)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from models.calls.call import Call, CallState
from models.calls.place import CONVERSATION, ENGAGED, state_at
from models.shifts.duty import BreakReason, Duty, DutyState

_BETWEEN = (DutyState.READY, DutyState.WRAP_UP, DutyState.BREAK)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the site allows: seconds of wrap-up (0: no limit), rings in a row that may stay unanswered."""

    wrap_up_seconds: int = 300
    unanswered_rings: int = 2


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who belongs to a seat, whether their console is there, and what they are doing between calls.

    `between` is ready, break or wrap_up: the last is not chosen, it begins when a call ends, and `then` is
    what comes after it. `since` is when `between` began, `until` when wrap-up is over, `call` what is talked
    at the seat. `reason` is that of the break, the one now or the one that comes after wrap-up.
    """

    operator: str = ""
    name: str = ""
    present: bool = False
    between: DutyState = DutyState.BREAK
    reason: BreakReason | None = None
    since: datetime | None = None
    then: DutyState = DutyState.READY
    until: datetime | None = None
    lengthened: int = 0
    unanswered: int = 0
    call: str = ""


def state_of(seat: str, attendance: Attendance, calls: Iterable[Call]) -> DutyState:
    """What the operator is doing; a conversation goes on even while the console is gone."""
    states = {state_at(call, seat) for call in calls}
    if states & {CallState.TALKING, CallState.DIALLING}:
        return DutyState.TALKING
    if CallState.HELD in states:
        return DutyState.HELD
    if not attendance.present:
        return DutyState.OFF
    return DutyState.RINGING if CallState.RINGING in states else attendance.between


def ends_here(seat: str, before: Call, after: Call) -> bool:
    """True where a conversation at this seat ends, was left or was handed over."""
    return state_at(before, seat) in ENGAGED and state_at(after, seat) not in ENGAGED


def wrapping_up(attendance: Attendance, terms: Terms, now: datetime) -> Attendance:
    """Wrap-up begins; afterwards comes what was before the conversation."""
    then = attendance.then if attendance.between is DutyState.WRAP_UP else attendance.between
    until = now + timedelta(seconds=terms.wrap_up_seconds) if terms.wrap_up_seconds else None
    begun = replace(attendance, between=DutyState.WRAP_UP, then=then, since=now, until=until)
    return replace(begun, lengthened=0, unanswered=0)


def lengthened(attendance: Attendance, minutes: int, now: datetime) -> Attendance | None:
    """Wrap-up that lasts longer by so many minutes; None where none is running out."""
    if attendance.between is not DutyState.WRAP_UP or attendance.until is None:
        return None
    until = max(attendance.until, now) + timedelta(minutes=minutes)
    return replace(attendance, until=until, lengthened=attendance.lengthened + minutes)


def in_time(attendance: Attendance, now: datetime) -> Attendance:
    """The attendance now: wrap-up is over when its time is."""
    if attendance.until is None or now < attendance.until:
        return attendance
    over = replace(attendance, between=attendance.then, since=attendance.until, until=None, lengthened=0)
    return replace(over, reason=over.reason if over.between is DutyState.BREAK else None)


def chosen(
    attendance: Attendance, between: DutyState, reason: BreakReason | None, now: datetime
) -> Attendance:
    """The operator takes calls or none; whatever was counted begins anew."""
    same = attendance.between is between and attendance.reason is reason and not attendance.unanswered
    since = attendance.since if same and attendance.since else now
    changed = replace(attendance, between=between, reason=reason, since=since, until=None)
    return replace(changed, lengthened=0, unanswered=0)


def unanswered(attendance: Attendance, terms: Terms, now: datetime) -> Attendance:
    """One more ring that nobody here answered; the last that may be is the end of being ready."""
    counted = replace(attendance, unanswered=attendance.unanswered + 1)
    if counted.between is not DutyState.READY or counted.unanswered < terms.unanswered_rings:
        return counted
    return replace(counted, between=DutyState.BREAK, reason=None, since=now)


def talked(seat: str, calls: Iterable[Call]) -> str:
    """The id of the call that is talked or held at the seat, "" for none."""
    return next((call.id for call in calls if state_at(call, seat) in CONVERSATION), "")


def moved(duty: Duty, attendance: Attendance, state: DutyState, now: datetime) -> Duty:
    """The duty now; its `since` moves only when something about it changed.

    Between calls it is since when the operator is ready, on a break or wrapping up, whatever rang meanwhile.
    """
    reason = attendance.reason if state is DutyState.BREAK else None
    wraps = state is DutyState.WRAP_UP
    same = replace(
        duty,
        operator=attendance.operator,
        name=attendance.name,
        state=state,
        reason=reason,
        call=attendance.call,
        until=attendance.until if wraps else None,
        lengthened=attendance.lengthened if wraps else 0,
        unanswered=attendance.unanswered,
    )
    began = attendance.since if state in _BETWEEN else None
    unmoved = same == duty and began in (None, duty.since)
    return duty if unmoved else replace(same, since=began or now)


def takes_calls(attendance: Attendance, state: DutyState) -> bool:
    """True while the queue may ring the seat."""
    wants = attendance.present and attendance.between is DutyState.READY
    return wants and state in (DutyState.READY, DutyState.RINGING)
