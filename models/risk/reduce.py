"""What each act does to an assessment: insert only, a set union by the id of the act."""

from dataclasses import replace
from typing import Protocol, TypeVar

from models.codec import from_document
from models.operation import Operation, Outcome, Reduced
from models.risk.assessment import Answer, Assessment, Judgement, Rating

ENTITY = "risk"


class _Numbered(Protocol):
    @property
    def n(self) -> int: ...

    @property
    def op(self) -> str: ...


Entry = TypeVar("Entry", bound=_Numbered)


def reduce(assessment: Assessment | None, operation: Operation, _version: int) -> Reduced[Assessment]:
    """The assessment after one act; the order of arrival does not matter."""
    known = assessment or _blank(operation)
    entry = {**operation.body, "op": operation.op, "at": operation.at.isoformat()}
    match operation.type:
        case "risk.answer":
            answers = _insert(known.answers, from_document(Answer, entry))
            return Reduced(replace(known, answers=answers), Outcome.APPLIED)
        case "risk.rate":
            rating = from_document(Rating, entry)
            if not 0 <= rating.value <= 100:
                return Reduced(assessment, Outcome.REJECTED, "value")
            return Reduced(replace(known, ratings=_insert(known.ratings, rating)), Outcome.APPLIED)
        case "risk.judge":
            judgements = _insert(known.judgements, from_document(Judgement, entry))
            return Reduced(replace(known, judgements=judgements), Outcome.APPLIED)
    return Reduced(assessment, Outcome.REJECTED, "unknown_type")


def _blank(operation: Operation) -> Assessment:
    body = operation.body
    return Assessment(operation.id, body["note"], body["call"], operation.actor, body["site"])


def _insert(entries: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    if any(known.op == entry.op for known in entries):
        return entries
    return tuple(sorted((*entries, entry), key=lambda one: (one.n, one.op)))
