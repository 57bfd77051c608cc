"""What a trail of answers comes to: the level that stands, why, what is open, what waits for a second person.

The rules are those of domain.md 3: the highest counts, neither a score nor a correction lowers, nobody lowers
alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from models.risk import cssrs, elements
from models.risk.level import Level, highest
from models.risk.quick_screen import RULES, AskState, Item, judge
from models.risk.trail import Answer, Judgement, Lowering, Response, Score, Second

FREE = timedelta(seconds=20)
"""For so long an answer below R3 is corrected without a trace of it in the level."""
SCREEN = "quick_screen"
OWN = "own"
NOTE = "note"
_SCREEN_LEVELS: Mapping[str, Level] = dict(RULES)
_CSSRS_LEVELS: Mapping[str, Level] = dict(cssrs.RULES)

Entry = TypeVar("Entry", Answer, Response)


@dataclass(frozen=True, slots=True)
class Cause:
    """What gives a level or is open: an instrument and its item.

    `own` stands for the operator's own level, `note` for what the note says, with the ground as its item.
    """

    instrument: str
    item: str


@dataclass(frozen=True, slots=True)
class Said:
    """An entry as far as levels go: what it is about, and the level that it gives by itself."""

    n: int
    op: str
    at: datetime
    cause: Cause
    level: Level | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The level that stands, None for RX; `computed` and `own` are its two sources, `cause` the higher one's.

    `peak` is the highest level that ever stood. `open_items` keep the assessment from being R0. `waiting` is
    the lowering that a second person has not said anything about yet.
    """

    level: Level | None
    computed: Level | None
    own: Level | None
    cause: Cause | None
    peak: Level | None
    open_items: tuple[Cause, ...]
    waiting: Lowering | None = None


@dataclass(frozen=True, slots=True)
class Trail:
    """All entries of one assessment that have to do with its level, each kind in its author's order."""

    answers: Sequence[Answer] = ()
    responses: Sequence[Response] = ()
    scores: Sequence[Score] = ()
    judgements: Sequence[Judgement] = ()
    lowerings: Sequence[Lowering] = ()
    seconds: Sequence[Second] = ()


def stands(trail: Trail) -> Standing:
    """What all entries come to."""
    said = lasting(_said(trail))
    open_items = _open_items(trail)
    lowered = _lowered(trail, said)
    since = said if lowered is None else tuple(one for one in said if one.n > lowered.upto)
    floor = None if lowered is None else lowered.to
    nothing = None if open_items else Level.R0
    computed = highest(floor, nothing, *(one.level for one in since if one.cause.instrument != OWN))
    own = next((one.level for one in reversed(since) if one.cause.instrument == OWN), None)
    level = _unless_open(highest(computed, _highest(since)), open_items, floor)
    fired = () if level in (None, Level.R0) else since
    cause = next((one.cause for one in fired if one.level is level), None)
    peak = highest(level, _unless_open(_highest(said), open_items, None))
    return Standing(level, computed, own, cause, peak, open_items, _waiting(trail, level))


def mended(trail: Trail) -> frozenset[str]:
    """The acts whose entries were corrected at once, before a lead was alerted: they count for nothing."""
    said = tuple(_said(trail))
    return frozenset(one.op for one in said) - {one.op for one in lasting(said)}


def lasting(said: Iterable[Said]) -> tuple[Said, ...]:
    """The entries that count, in order: what was corrected at once, before a lead was alerted, does not."""
    kept: list[Said] = []
    for one in sorted(said, key=lambda one: (one.n, one.op)):
        before = next((known for known in reversed(kept) if known.cause == one.cause), None)
        if before is not None and _corrects(before, one):
            kept.remove(before)
        kept.append(one)
    return tuple(kept)


def _corrects(before: Said, after: Said) -> bool:
    alerted = before.level is not None and before.level.alarming
    return not alerted and timedelta() <= after.at - before.at <= FREE


def _said(trail: Trail) -> Iterable[Said]:
    for answer in trail.answers:
        level = _SCREEN_LEVELS.get(answer.item) if answer.state is AskState.YES else None
        yield Said(answer.n, answer.op, answer.at, Cause(SCREEN, answer.item), level)
    for response in trail.responses:
        if response.instrument == cssrs.INSTRUMENT:
            level = _CSSRS_LEVELS.get(response.item) if response.value == AskState.YES else None
            yield Said(response.n, response.op, response.at, Cause(cssrs.INSTRUMENT, response.item), level)
    for score in trail.scores:
        # Of the scores only this one gives a level; whatever another one claims.
        if score.instrument == elements.INSTRUMENT:
            yield Said(score.n, score.op, score.at, Cause(elements.INSTRUMENT, score.band), score.level)
    for one in trail.judgements:
        cause = Cause(NOTE, one.ground) if one.ground else Cause(OWN, "")
        yield Said(one.n, one.op, one.at, cause, one.level)


def _highest(said: Iterable[Said]) -> Level | None:
    return highest(*(one.level for one in said))


def _unless_open(level: Level | None, open_items: Sequence[Cause], floor: Level | None) -> Level | None:
    """Nobody's R0 counts while something with a level is open, unless two people said so."""
    return None if level is Level.R0 and open_items and floor is None else level


def _open_items(trail: Trail) -> tuple[Cause, ...]:
    """What is open of the quick screen, and of the other instruments with a level once they were begun."""
    screen: dict[Item, AskState] = {answer.item: answer.state for answer in _in_order(trail.answers)}
    found = [Cause(SCREEN, item) for item in judge(screen).open_items]
    asked = {one.item: one.value for one in _in_order(trail.responses) if one.instrument == cssrs.INSTRUMENT}
    if asked:
        states = {question: AskState(asked[question]) for question in cssrs.Question if question in asked}
        found += [Cause(cssrs.INSTRUMENT, question) for question in cssrs.open_questions(states)]
    return tuple(found)


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda one: (one.n, one.op))


def _lowered(trail: Trail, said: Sequence[Said]) -> Lowering | None:
    """The latest lowering that counts: a second person agreed, and it named all that stood then.

    What arrives late and is higher than what it named makes it worthless: nobody looked at that.
    """
    agreed = {(second.lowering, second.actor) for second in trail.seconds if second.agrees}
    lowered: Lowering | None = None
    for one in sorted(trail.lowerings, key=_order):
        if any(lowering == one.op and actor != one.actor for lowering, actor in agreed):
            after, floor = (lowered.upto, lowered.to) if lowered else (0, None)
            stood = highest(floor, _highest(entry for entry in said if after < entry.n <= one.upto))
            if one.to < one.stood and highest(one.stood, stood) is one.stood:
                lowered = one
    return lowered


def _waiting(trail: Trail, level: Level | None) -> Lowering | None:
    told = {second.lowering for second in trail.seconds}
    waiting = [one for one in trail.lowerings if one.op not in told and level is not None and one.to < level]
    return max(waiting, key=_order, default=None)


def _order(lowering: Lowering) -> tuple[int, datetime, str]:
    return lowering.upto, lowering.at, lowering.op
