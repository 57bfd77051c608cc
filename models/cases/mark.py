"""The mark of misuse: asked for by an operator, approved by a lead until a day, never a block."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from models.codec import from_document
from models.ids import event_id
from models.operation import Operation, Outcome, Reduced

ENTITY = "mark"
ASK, APPROVE, REFUSE, END = "mark.ask", "mark.approve", "mark.refuse", "mark.end"
MOST_DAYS = 90
"""[D] No mark lasts longer; there is no permanent one (domain.md 5)."""
ASKED_FOR = timedelta(days=14)
"""[D] What no lead approved by then is asked for no more."""
EXPIRING = timedelta(days=3)
"""[D] From then before its end a mark is shown as expiring."""
_LATER = (
    "until",
    "approved_at",
    "approved_by",
    "approval",
    "closing",
    "closed_at",
    "closed_by",
    "end_reason",
)


class Closing(StrEnum):
    """How a person ended it."""

    REFUSED = "refused"
    ENDED = "ended"


class State(StrEnum):
    """Where a mark stands; only while it is in force the number comes after others in the queue."""

    ASKED = "asked"
    IN_FORCE = "in_force"
    EXPIRING = "expiring"
    REFUSED = "refused"
    ENDED = "ended"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    RISK = "risk"
    """A call of the number reached R3 or R4 since."""


LOWERS = frozenset({State.IN_FORCE, State.EXPIRING})


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on the number of a call: `caller` is its keyed hash, `masked` how it is shown."""

    id: str
    call: str
    site: str
    author: str
    name: str
    caller: str
    masked: str
    reason: str
    asked_at: datetime
    note: str = ""
    until: datetime | None = None
    approved_at: datetime | None = None
    approved_by: str = ""
    approval: str = ""
    closing: Closing | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    end_reason: str = ""

    @property
    def terms(self) -> "Terms":
        """The times that decide where it stands."""
        return Terms(self.asked_at, self.approved_at, self.until, self.closing)

    def state(self, now: datetime, risk_at: datetime | None = None) -> State:
        """Where it stands; `risk_at` is when a call of this number last reached R3 or R4."""
        return self.terms.state(now, risk_at)


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a mark decides where it stands: the one rule for the queue and for the screen."""

    asked_at: datetime
    approved_at: datetime | None = None
    until: datetime | None = None
    closing: Closing | None = None

    def state(self, now: datetime, risk_at: datetime | None = None) -> State:
        """Where the mark stands; `risk_at` is when a call of this number last reached R3 or R4."""
        if self.closing is not None:
            return State(self.closing.value)
        if self.until is None or self.approved_at is None:
            return State.ASKED if now < self.asked_at + ASKED_FOR else State.LAPSED
        if risk_at is not None and risk_at >= self.approved_at:
            return State.RISK
        if now >= self.until:
            return State.EXPIRED
        return State.EXPIRING if now >= self.until - EXPIRING else State.IN_FORCE


def mark_id(call: str) -> str:
    """The id of the mark that is asked for on a call: asked twice it is one."""
    return event_id(call, "mark")


def reduce(known: Mark | None, operation: Operation, _version: int) -> Reduced[Mark]:
    """The mark after one act; the first decision stands, and nothing lasts longer than MOST_DAYS."""
    if operation.type == ASK:
        return _asked(known, operation)
    if known is None:
        return Reduced(None, Outcome.HELD, "unknown_entity")
    match operation.type:
        case "mark.approve":
            return _approved(known, operation)
        case "mark.refuse":
            return _ended(known, operation, Closing.REFUSED)
        case "mark.end":
            return _ended(known, operation, Closing.ENDED)
    return Reduced(known, Outcome.REJECTED, "unknown_type")


def _asked(known: Mark | None, operation: Operation) -> Reduced[Mark]:
    if known is not None:
        return Reduced(known, Outcome.APPLIED)
    body = {name: value for name, value in operation.body.items() if name not in _LATER}
    told = {**body, "id": operation.id, "author": operation.actor, "asked_at": operation.at.isoformat()}
    made = from_document(Mark, told)
    if not made.reason.strip():
        return Reduced(None, Outcome.REJECTED, "reason_wanted")
    return Reduced(made, Outcome.APPLIED)


def _approved(known: Mark, operation: Operation) -> Reduced[Mark]:
    if known.closing is not None or known.approved_at is not None:
        return Reduced(known, Outcome.SUPERSEDED, "closed")
    if known.state(operation.at) is State.LAPSED:
        return Reduced(known, Outcome.SUPERSEDED, "lapsed")
    days = int(operation.body["days"])
    if not 1 <= days <= MOST_DAYS:
        return Reduced(known, Outcome.REJECTED, "days")
    at = operation.at.astimezone(UTC)
    after = replace(
        known,
        approved_at=at,
        approved_by=operation.actor,
        approval=str(operation.body.get("reason", "")),
        until=at + timedelta(days=days),
    )
    return Reduced(after, Outcome.APPLIED)


def _ended(known: Mark, operation: Operation, closing: Closing) -> Reduced[Mark]:
    if known.closing is not None:
        return Reduced(known, Outcome.SUPERSEDED, "closed")
    if (closing is Closing.REFUSED) is (known.approved_at is not None):
        # What is approved is ended, what is not is refused: two leads who decided at once.
        return Reduced(known, Outcome.SUPERSEDED, "decided")
    reason = str(operation.body.get("reason", ""))
    after = replace(
        known, closing=closing, closed_at=operation.at, closed_by=operation.actor, end_reason=reason
    )
    return Reduced(after, Outcome.APPLIED)
