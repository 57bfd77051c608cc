"""What each act does to a follow-up."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from models.codec import from_document
from models.followups.callback import SOURCED, Attempt, Result
from models.followups.followup import UNREACHED, Arrangement, Ending, Followup, next_step
from models.followups.taking import taken
from models.ids import event_id
from models.operation import Operation, Outcome, Reduced

ENTITY = "followup"
ADD, TAKE, ATTEMPT = "followup.add", "followup.take", "followup.attempt"
AMEND, END, SEEN = "followup.amend", "followup.end", "followup.seen"
LATER = frozenset(
    {"step", "again_at", "taken", "attempts", "seen", "closing", "closed_at", "closed_by", "reason"}
)
"""What no making of a follow-up says."""
ENDS: Mapping[Result, Ending] = {
    Result.DECLINED: Ending.DECLINED,
    Result.DECEASED: Ending.DECEASED,
    Result.LOST: Ending.LOST,
}
"""The results after which nobody is called any more. All others but UNREACHED lead to the next date."""
BY_HAND = frozenset({Ending.STOPPED, Ending.REPLACED, Ending.WITHDRAWN, Ending.LOST})
"""How a series may be ended without a call."""


def followup_id(note: str) -> str:
    """The id of the follow-up that a note leads to: wished for twice it is one."""
    return event_id(note, "followup")


def reduce(known: Followup | None, operation: Operation, _version: int) -> Reduced[Followup]:
    """The follow-up after one act; made twice it is one. What comes after its end stays in the history.

    An attempt counts whoever had taken it and whatever place of the series it was made for: two who called
    are two attempts, and the series goes on once.
    """
    if operation.type == ADD:
        return _added(known, operation)
    if known is None:
        return Reduced(None, Outcome.HELD, "unknown_entity")
    match operation.type:
        case "followup.take":
            return taken(known, operation)
        case "followup.attempt":
            return _attempted(known, operation)
        case "followup.amend":
            agreed = from_document(Arrangement, operation.body["agreed"])
            return Reduced(replace(known, agreed=agreed), Outcome.APPLIED)
        case "followup.end":
            return _closed(known, operation)
        case "followup.seen":
            return _seen(known, operation)
    return Reduced(known, Outcome.REJECTED, "unknown_type")


def _added(known: Followup | None, operation: Operation) -> Reduced[Followup]:
    if known is not None:
        return Reduced(known, Outcome.APPLIED)
    body = {name: value for name, value in operation.body.items() if name not in LATER}
    made = from_document(Followup, {**body, "id": operation.id, "author": operation.actor})
    if not made.due or list(made.due) != sorted(made.due):
        return Reduced(None, Outcome.REJECTED, "no_dates")
    return Reduced(made, Outcome.APPLIED)


def _attempted(known: Followup, operation: Operation) -> Reduced[Followup]:
    if any(one.op == operation.op for one in known.attempts):
        return Reduced(known, Outcome.APPLIED)
    attempt = _attempt(operation)
    if attempt.result in SOURCED and not attempt.source.strip():
        return Reduced(known, Outcome.REJECTED, "source_wanted")
    after = replace(known, attempts=(*known.attempts, attempt))
    if not known.is_open:
        return Reduced(after, Outcome.SUPERSEDED, "closed")
    return Reduced(_moved(after, attempt, operation), Outcome.APPLIED)


def _attempt(operation: Operation) -> Attempt:
    body = operation.body
    words = {name: str(body.get(name, "")) for name in ("call", "how", "source", "note", "name")}
    result, step = Result(body["result"]), int(body.get("step", 0))
    return Attempt(operation.op, operation.at, operation.actor, result, **words, step=step)


def _moved(after: Followup, attempt: Attempt, operation: Operation) -> Followup:
    if attempt.result in ENDS:
        return _ended(after, ENDS[attempt.result], operation)
    rule = after.series
    if rule.lost_after and rule.lost_source and after.unreached >= rule.lost_after:
        return _ended(after, Ending.LOST, operation)
    if attempt.step < after.step:
        # Somebody else was quicker: the series has moved on already.
        return after
    if attempt.result in UNREACHED:
        again = operation.body.get("again")
        return replace(after, again_at=datetime.fromisoformat(again)) if again else after
    step = next_step(after.due, after.step, attempt.at)
    if step == len(after.due):
        return _ended(after, Ending.FINISHED, operation)
    return replace(after, step=step, again_at=None)


def _closed(known: Followup, operation: Operation) -> Reduced[Followup]:
    ending = Ending(operation.body["how"])
    if not known.is_open:
        return Reduced(known, Outcome.SUPERSEDED, "closed")
    reason = str(operation.body.get("reason", ""))
    if ending not in BY_HAND or (ending is Ending.WITHDRAWN and not reason.strip()):
        return Reduced(known, Outcome.REJECTED, "reason_wanted")
    return Reduced(replace(_ended(known, ending, operation), reason=reason), Outcome.APPLIED)


def _seen(known: Followup, operation: Operation) -> Reduced[Followup]:
    if operation.actor != known.author:
        return Reduced(known, Outcome.REJECTED, "not_author")
    told = tuple(one for one in operation.body["attempts"] if isinstance(one, str))
    seen = tuple(dict.fromkeys((*known.seen, *told)))
    return Reduced(known if seen == known.seen else replace(known, seen=seen), Outcome.APPLIED)


def _ended(known: Followup, closing: Ending, operation: Operation) -> Followup:
    return replace(known, closing=closing, closed_at=operation.at, closed_by=operation.actor, again_at=None)
