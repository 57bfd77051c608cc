"""What each act does to the record of a call: only more becomes known."""

from models.calls.advance import advance
from models.calls.call import Call
from models.calls.events import EVENTS, Direction, Origin
from models.codec import from_document
from models.operation import Operation, Outcome, Reduced

ENTITY = "call"


def reduce(call: Call | None, operation: Operation, _version: int) -> Reduced[Call]:
    """The call after one act. `call.add` names it, `call.event` carries one event of the line."""
    known = call or Call(operation.id)
    match operation.type:
        case "call.add":
            return Reduced(_named(known, operation), Outcome.APPLIED)
        case "call.event":
            kind = EVENTS.get(operation.body.get("kind", ""))
            if kind is None:
                return Reduced(call, Outcome.REJECTED, "unknown_event")
            return Reduced(advance(known, from_document(kind, operation.body)), Outcome.APPLIED)
    return Reduced(call, Outcome.REJECTED, "unknown_type")


def _named(call: Call, operation: Operation) -> Call:
    body = {"site": "", "number": "", "dialled": "", **operation.body}
    added = from_document(Call, {**body, "id": operation.id})
    return Call(
        id=call.id,
        site=max(call.site, added.site),
        number=max(call.number, added.number),
        dialled=max(call.dialled, added.dialled),
        direction=Direction(max(call.direction, added.direction)),
        origin=Origin(max(call.origin, added.origin)),
        entered_at=min((at for at in (call.entered_at, added.entered_at) if at), default=None),
        offers=call.offers,
        seat=call.seat or added.seat,
        answered_at=call.answered_at or added.answered_at,
        held=call.held,
        muted=call.muted,
        parties=call.parties,
        ended_at=call.ended_at,
        end=call.end,
    )
