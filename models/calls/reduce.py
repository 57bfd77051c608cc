"""What each act does to the record of a call: only more becomes known."""

from dataclasses import replace

from models.calls.advance import advance, join
from models.calls.call import Call
from models.calls.events import EVENTS, Origin
from models.codec import from_document
from models.operation import Operation, Outcome, Reduced

ENTITY = "call"


def reduce(call: Call | None, operation: Operation, _version: int) -> Reduced[Call]:
    """The call after one act: `call.add` tells all that a witness knows, `call.event` one event.

    `call.same_as` says of a call opened by hand which call of the line it was; the first word stands.
    """
    known = call or Call(operation.id)
    match operation.type:
        case "call.add":
            seen = from_document(Call, {**operation.body, "id": operation.id})
            return Reduced(join(known, seen), Outcome.APPLIED)
        case "call.event":
            kind = EVENTS.get(operation.body.get("kind", ""))
            if kind is None:
                return Reduced(call, Outcome.REJECTED, "unknown_event")
            return Reduced(advance(known, from_document(kind, operation.body)), Outcome.APPLIED)
        case "call.same_as":
            return _joined(call, operation)
    return Reduced(call, Outcome.REJECTED, "unknown_type")


def _joined(call: Call | None, operation: Operation) -> Reduced[Call]:
    other = operation.body["call"]
    if call is None:
        return Reduced(None, Outcome.HELD, "unknown_entity")
    if not isinstance(other, str) or other in ("", call.id) or call.origin is not Origin.MANUAL:
        return Reduced(call, Outcome.REJECTED, "same_as")
    if call.same_as and call.same_as != other:
        return Reduced(call, Outcome.SUPERSEDED, "same_as")
    return Reduced(replace(call, same_as=other), Outcome.APPLIED)
