"""What each act does to an alert and to a sight of it: both are written once and never changed."""

from models.alerts.alert import Alert, Sight
from models.codec import from_document
from models.operation import Operation, Outcome, Reduced

ALERT, SIGHT = "alert", "sight"
RAISE, SEE = "alert.raise", "sight.add"


def reduce_alert(known: Alert | None, operation: Operation, _version: int) -> Reduced[Alert]:
    """The alert after one act; whoever raises it is its author."""
    if operation.type != RAISE:
        return Reduced(known, Outcome.REJECTED, "unknown_type")
    return Reduced(known or from_document(Alert, _whole(operation)), Outcome.APPLIED)


def reduce_sight(known: Sight | None, operation: Operation, _version: int) -> Reduced[Sight]:
    """The sight after one act; whoever says so is its author."""
    if operation.type != SEE:
        return Reduced(known, Outcome.REJECTED, "unknown_type")
    return Reduced(known or from_document(Sight, _whole(operation)), Outcome.APPLIED)


def _whole(operation: Operation) -> dict[str, object]:
    at = operation.at.isoformat()
    return {**operation.body, "id": operation.id, "author": operation.actor, "at": at}
