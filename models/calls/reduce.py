"""What each act does to the record of a call: only more becomes known."""

from models.calls.advance import advance, join
from models.calls.call import Call
from models.calls.events import EVENTS
from models.codec import from_document
from models.operation import Operation, Outcome, Reduced

ENTITY = "call"


def reduce(call: Call | None, operation: Operation, _version: int) -> Reduced[Call]:
    """The call after one act: `call.add` tells all that a witness knows, `call.event` one event."""
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
    return Reduced(call, Outcome.REJECTED, "unknown_type")
