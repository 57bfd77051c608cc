"""The wish not to be called any more: kept for ever, honoured at every call, opened by a lead for a time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from models.operation import Operation, Outcome, Reduced

ENTITY = "contact"
STOP, RESUME, ALLOW = "contact.stop", "contact.resume", "contact.allow"
MOST_ALLOWED = timedelta(hours=24)
"""[D] For so long a lead's permission lasts at most."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody wished for no contact; `call` and `words` say where and how. `resumed` is the act by which
    they took that back, "" while it stands."""

    op: str
    at: datetime
    by: str
    call: str = ""
    words: str = ""
    resumed: str = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """A lead lets somebody call in spite of the wish, for a reason, until then."""

    op: str
    at: datetime
    by: str
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Contact:
    """What was wished about one number (its keyed hash) or one person: `id` is either. No number is in it."""

    id: str
    site: str
    author: str
    stops: tuple[Stop, ...] = ()
    permissions: tuple[Permission, ...] = ()

    @property
    def stopped(self) -> Stop | None:
        """The wish that stands, the latest one; None where none does."""
        return next((one for one in reversed(self.stops) if not one.resumed), None)

    def permits(self, now: datetime, wished_at: datetime | None = None) -> bool:
        """True where nothing stands against a call now; `wished_at` is when the person asked for it."""
        if self.stopped is None or (wished_at is not None and wished_at > self.stopped.at):
            return True
        return any(self.stopped.at <= one.at <= now < one.until for one in self.permissions)


def reduce(known: Contact | None, operation: Operation, _version: int) -> Reduced[Contact]:
    """What stands after one act. Taking back and permitting touch only what their author had seen."""
    if operation.type == STOP:
        known = known or Contact(operation.id, str(operation.body["site"]), operation.actor)
        return _stopped(known, operation)
    if known is None:
        return Reduced(None, Outcome.HELD, "unknown_entity")
    if operation.type == RESUME:
        seen = set(operation.body["stops"])
        stops = tuple(
            replace(one, resumed=operation.op) if one.op in seen and not one.resumed else one
            for one in known.stops
        )
        return Reduced(replace(known, stops=stops), Outcome.APPLIED)
    if operation.type == ALLOW:
        return _allowed(known, operation)
    return Reduced(known, Outcome.REJECTED, "unknown_type")


def _stopped(known: Contact, operation: Operation) -> Reduced[Contact]:
    if any(one.op == operation.op for one in known.stops):
        return Reduced(known, Outcome.APPLIED)
    told = str(operation.body.get("call", "")), str(operation.body.get("words", ""))
    stop = Stop(operation.op, operation.at, operation.actor, *told)
    return Reduced(replace(known, stops=(*known.stops, stop)), Outcome.APPLIED)


def _allowed(known: Contact, operation: Operation) -> Reduced[Contact]:
    if any(one.op == operation.op for one in known.permissions):
        return Reduced(known, Outcome.APPLIED)
    reason = str(operation.body["reason"])
    if not reason.strip():
        return Reduced(known, Outcome.REJECTED, "reason_wanted")
    hours = timedelta(hours=int(operation.body["hours"]))
    until = operation.at + max(timedelta(), min(hours, MOST_ALLOWED))
    given = Permission(operation.op, operation.at, operation.actor, until, reason)
    return Reduced(replace(known, permissions=(*known.permissions, given)), Outcome.APPLIED)
