"""What each act does to an assessment: insert only, a set union by the id of the act."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from models.codec import Document, from_document
from models.operation import Operation, Outcome, Reduced
from models.risk import cssrs, elements
from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.quick_screen import AskState
from models.risk.trail import Answer, Ground, Judgement, Lowering, Rating, Response, Score, Second

ENTITY = "risk"
_OF_OTHERS_TOO = ("risk.lower", "risk.second")


class _Numbered(Protocol):
    @property
    def n(self) -> int: ...

    @property
    def op(self) -> str: ...


class _Named(Protocol):
    @property
    def op(self) -> str: ...


Entry = TypeVar("Entry", bound=_Numbered)
Act = TypeVar("Act", bound=_Named)


def reduce(assessment: Assessment | None, operation: Operation, _version: int) -> Reduced[Assessment]:
    """The assessment after one act; the order of arrival does not matter."""
    add = _ADDING.get(operation.type)
    if add is None:
        return Reduced(assessment, Outcome.REJECTED, "unknown_type")
    entry = {**operation.body, "op": operation.op, "at": operation.at.isoformat(), "actor": operation.actor}
    if assessment is None and operation.type in _OF_OTHERS_TOO:
        # Whose assessment it is, only its author's own entries say.
        return Reduced(None, Outcome.HELD, "unknown_entity")
    fault = _fault(operation, entry)
    if fault:
        return Reduced(assessment, Outcome.REJECTED, fault)
    return Reduced(add(assessment or _blank(operation), entry), Outcome.APPLIED)


def _fault(operation: Operation, entry: Document) -> str:
    """Why this act makes no entry; "" where it makes one."""
    match operation.type:
        case "risk.rate" if not 0 <= from_document(Rating, entry).value <= 100:
            return "value"
        case "risk.respond" if _is_no_answer(from_document(Response, entry)):
            return "value"
        case "risk.score" if _claims_a_level(from_document(Score, entry)):
            return "score"
        case "risk.judge" if _claims_a_ground(from_document(Judgement, entry)):
            return "value"
        case "risk.lower" if not from_document(Lowering, entry).reason.strip():
            return "reason"
    return ""


def _is_no_answer(response: Response) -> bool:
    if response.instrument != cssrs.INSTRUMENT:
        return False
    return response.item not in set(cssrs.Question) or response.value not in set(AskState)


def _claims_a_ground(judgement: Judgement) -> bool:
    """True where what the note says would give another level than it does."""
    return judgement.ground is Ground.IMMINENT and judgement.level is not Level.R4


def _claims_a_level(score: Score) -> bool:
    """True where a score says another level than its points give: only the twelve elements give any."""
    if score.instrument != elements.INSTRUMENT:
        return score.level is not None
    return not 0 <= score.points <= elements.MOST or not elements.agrees(score.points, score.level)


def _answer(known: Assessment, entry: Document) -> Assessment:
    return replace(known, answers=_insert(known.answers, from_document(Answer, entry)))


def _rate(known: Assessment, entry: Document) -> Assessment:
    return replace(known, ratings=_insert(known.ratings, from_document(Rating, entry)))


def _judge(known: Assessment, entry: Document) -> Assessment:
    return replace(known, judgements=_insert(known.judgements, from_document(Judgement, entry)))


def _respond(known: Assessment, entry: Document) -> Assessment:
    return replace(known, responses=_insert(known.responses, from_document(Response, entry)))


def _score(known: Assessment, entry: Document) -> Assessment:
    return replace(known, scores=_insert(known.scores, from_document(Score, entry)))


def _lower(known: Assessment, entry: Document) -> Assessment:
    return replace(known, lowerings=_add(known.lowerings, from_document(Lowering, entry)))


def _second(known: Assessment, entry: Document) -> Assessment:
    return replace(known, seconds=_add(known.seconds, from_document(Second, entry)))


def _see(known: Assessment, entry: Document) -> Assessment:
    return replace(known, seen=tuple(sorted({*known.seen, *map(str, entry["seen"])})))


_ADDING: Mapping[str, Callable[[Assessment, Document], Assessment]] = {
    "risk.answer": _answer,
    "risk.rate": _rate,
    "risk.judge": _judge,
    "risk.respond": _respond,
    "risk.score": _score,
    "risk.lower": _lower,
    "risk.second": _second,
    "risk.see": _see,
}


def _blank(operation: Operation) -> Assessment:
    body = operation.body
    return Assessment(operation.id, body["note"], body["call"], operation.actor, body["site"])


def _insert(entries: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    if any(known.op == entry.op for known in entries):
        return entries
    return tuple(sorted((*entries, entry), key=lambda one: (one.n, one.op)))


def _add(acts: tuple[Act, ...], act: Act) -> tuple[Act, ...]:
    if any(known.op == act.op for known in acts):
        return acts
    return tuple(sorted((*acts, act), key=lambda one: one.op))
