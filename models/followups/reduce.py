"""What each act does to a call-back."""

from dataclasses import replace

from models.codec import from_document
from models.followups.callback import OPEN_RESULTS, Attempt, Callback, Closing, Result
from models.followups.taking import taken
from models.operation import Operation, Outcome, Reduced

ENTITY = "callback"
ADD, TAKE, ATTEMPT, CLOSE = "callback.add", "callback.take", "callback.attempt", "callback.close"
LATER = frozenset({"taken", "attempts", "closing", "closed_at", "closed_by"})
"""What no making of a call-back says."""


def reduce(known: Callback | None, operation: Operation, _version: int) -> Reduced[Callback]:
    """The call-back after one act; made twice it is one. What comes after its end stays in the history.

    An attempt counts whoever had taken it: two who called are two attempts.
    """
    if operation.type == ADD:
        return _added(known, operation)
    if known is None:
        return Reduced(None, Outcome.HELD, "unknown_entity")
    match operation.type:
        case "callback.take":
            return taken(known, operation)
        case "callback.attempt":
            return _attempted(known, operation)
        case "callback.close":
            return _closed(known, operation)
    return Reduced(known, Outcome.REJECTED, "unknown_type")


def _added(known: Callback | None, operation: Operation) -> Reduced[Callback]:
    if known is not None:
        # Told again by the gateway or by a second press: the first word stands.
        return Reduced(known, Outcome.APPLIED)
    body = {name: value for name, value in operation.body.items() if name not in LATER}
    made = {**body, "id": operation.id, "author": operation.actor}
    return Reduced(from_document(Callback, made), Outcome.APPLIED)


def _attempted(known: Callback, operation: Operation) -> Reduced[Callback]:
    if any(one.op == operation.op for one in known.attempts):
        return Reduced(known, Outcome.APPLIED)
    body = operation.body
    result = Result(body["result"])
    words = [str(body.get(name, "")) for name in ("call", "how", "source")]
    name = str(body.get("name", ""))
    attempt = Attempt(
        operation.op, operation.at, operation.actor, result, words[0], words[1], words[2], name=name
    )
    after = replace(known, attempts=(*known.attempts, attempt))
    if not known.is_open:
        return Reduced(after, Outcome.SUPERSEDED, "closed")
    if result not in OPEN_RESULTS:
        return Reduced(_ended(after, Closing.DONE, operation), Outcome.APPLIED)
    return Reduced(after, Outcome.APPLIED)


def _closed(known: Callback, operation: Operation) -> Reduced[Callback]:
    if not known.is_open:
        return Reduced(known, Outcome.SUPERSEDED, "closed")
    if not known.is_expired(operation.at):
        return Reduced(known, Outcome.REJECTED, "not_expired")
    return Reduced(_ended(known, Closing.EXPIRED, operation), Outcome.APPLIED)


def _ended(known: Callback, closing: Closing, operation: Operation) -> Callback:
    return replace(known, closing=closing, closed_at=operation.at, closed_by=operation.actor)
