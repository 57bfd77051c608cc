"""How an assessment came about: who said what when, in order, with what was corrected and lowered."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.standing import mended
from models.risk.trail import Answer, Judgement, Lowering, Rating, Response, Score, Second

Entry = Answer | Response | Rating | Score | Judgement | Lowering | Second


@dataclass(frozen=True, slots=True)
class Step:
    """One entry by `who`, what the same item said before ("" for nothing), and the level that stood then.

    `mended`: it was corrected at once and counts for nothing.
    """

    entry: Entry
    who: str
    before: str
    mended: bool
    level: Level | None


def story(assessment: Assessment) -> tuple[Step, ...]:
    """All steps. The author's own stay in the order of their numbers, whatever a clock did meanwhile; a wish
    comes after what its author had looked at, a second person's word after the wish.
    """
    slips = mended(assessment.trail)
    steps: list[Step] = []
    known: dict[str, str] = {}
    so_far = replace(
        assessment, answers=(), responses=(), ratings=(), scores=(), judgements=(), lowerings=(), seconds=()
    )
    for entry in _in_order(assessment):
        so_far = _with(so_far, entry)
        topic = _topic(entry)
        steps.append(
            Step(entry, _who(assessment, entry), known.get(topic, ""), entry.op in slips, so_far.level)
        )
        if topic:
            known[topic] = value_of(entry)
    return tuple(steps)


def value_of(entry: Entry) -> str:
    """What an entry says, as its code or figure."""
    match entry:
        case Answer():
            return entry.state
        case Response():
            return entry.value
        case Rating():
            return str(entry.value)
        case Score():
            return str(entry.points)
        case Judgement():
            return entry.level
        case Lowering():
            return entry.to
        case Second():
            return "agrees" if entry.agrees else "refuses"


def _topic(entry: Entry) -> str:
    """What an entry is about; "" where a later one says nothing about an earlier."""
    match entry:
        case Answer():
            return f"answer {entry.item}"
        case Response():
            return f"{entry.instrument} {entry.item}"
        case Rating():
            return f"rating {entry.phase} {entry.dial}"
        case Score():
            return f"score {entry.instrument}"
        case Judgement():
            return f"ground {entry.ground}" if entry.ground else "own"
        case _:
            return ""


def _who(assessment: Assessment, entry: Entry) -> str:
    return entry.actor if isinstance(entry, (Lowering, Second)) else assessment.author


def _in_order(assessment: Assessment) -> list[Entry]:
    placed = list(_placed(assessment))
    return [entry for _, _, _, entry in sorted(placed, key=lambda one: one[:3])]


def _placed(assessment: Assessment) -> Iterator[tuple[datetime, int, str, Entry]]:
    """Each entry with the moment at which it stands in the story."""
    own: tuple[Answer | Response | Rating | Score | Judgement, ...] = (
        *assessment.answers,
        *assessment.responses,
        *assessment.ratings,
        *assessment.scores,
        *assessment.judgements,
    )
    reached: datetime | None = None
    moments: list[tuple[int, datetime]] = []
    for entry in sorted(own, key=lambda one: (one.n, one.op)):
        reached = entry.at if reached is None else max(reached, entry.at)
        moments.append((entry.n, reached))
        yield reached, entry.n, entry.op, entry
    after = len(own) + max((one.n for one in own), default=0)
    wishes: dict[str, datetime] = {}
    for wish in assessment.lowerings:
        seen = [at for n, at in moments if n <= wish.upto]
        wishes[wish.op] = max(wish.at, *seen[-1:])
        yield wishes[wish.op], after, wish.op, wish
    for word in assessment.seconds:
        yield max(word.at, wishes.get(word.lowering, word.at)), after + 1, word.op, word


def _with(known: Assessment, entry: Entry) -> Assessment:
    match entry:
        case Answer():
            return replace(known, answers=(*known.answers, entry))
        case Response():
            return replace(known, responses=(*known.responses, entry))
        case Rating():
            return replace(known, ratings=(*known.ratings, entry))
        case Score():
            return replace(known, scores=(*known.scores, entry))
        case Judgement():
            return replace(known, judgements=(*known.judgements, entry))
        case Lowering():
            return replace(known, lowerings=(*known.lowerings, entry))
        case Second():
            return replace(known, seconds=(*known.seconds, entry))
