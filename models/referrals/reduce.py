"""What each act does to a referral."""

from dataclasses import replace

from models.codec import from_document
from models.operation import Operation, Outcome, Reduced
from models.referrals.referral import Referral, Second, Step, TimelineEntry

ENTITY = "referral"
SECOND = "referral.second"


def reduce(referral: Referral | None, operation: Operation, _version: int) -> Reduced[Referral]:
    """The referral after one act; a step after its end stays in the history and is `superseded`.

    The timeline is in the order of arrival: clocks of two workstations decide nothing.
    """
    if referral is None:
        return _opened(operation)
    match operation.type:
        case "referral.advance":
            return _advanced(referral, operation)
        case "referral.second":
            return _seconded(referral, operation)
        case "referral.open":
            return Reduced(referral, Outcome.SUPERSEDED, "exists")
    return Reduced(referral, Outcome.REJECTED, "unknown_type")


def _opened(operation: Operation) -> Reduced[Referral]:
    if operation.type != "referral.open":
        return Reduced(None, Outcome.HELD, "unknown_entity")
    referral = from_document(Referral, {**operation.body, "id": operation.id, "author": operation.actor})
    first = TimelineEntry(operation.op, operation.at, Step.PROPOSED, operation.actor)
    return Reduced(replace(referral, timeline=(first,)), Outcome.APPLIED)


def _advanced(referral: Referral, operation: Operation) -> Reduced[Referral]:
    if any(entry.op == operation.op for entry in referral.timeline):
        return Reduced(referral, Outcome.APPLIED)
    step = Step(operation.body["step"])
    detail = str(operation.body.get("detail", ""))
    entry = TimelineEntry(operation.op, operation.at, step, operation.actor, detail)
    outcome = Outcome.APPLIED if referral.is_open else Outcome.SUPERSEDED
    return Reduced(
        replace(referral, timeline=(*referral.timeline, entry)), outcome, "" if referral.is_open else "ended"
    )


def _seconded(referral: Referral, operation: Operation) -> Reduced[Referral]:
    """A second person agrees to the end of a rescue or not; nobody says that of an own wish."""
    if any(one.op == operation.op for one in referral.seconds):
        return Reduced(referral, Outcome.APPLIED)
    closing, agrees = str(operation.body["closing"]), operation.body["agrees"] is True
    if any(one.op == closing and one.by == operation.actor for one in referral.timeline):
        return Reduced(referral, Outcome.REJECTED, "same_person")
    second = Second(operation.op, operation.at, operation.actor, closing, agrees)
    seconds = tuple(sorted((*referral.seconds, second), key=lambda one: (one.at, one.op)))
    return Reduced(replace(referral, seconds=seconds), Outcome.APPLIED)
