"""The sheet after a practice call: what was asked, missed and decided beside the script's key."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.practice.facts import Fact, Kind, Sign, first
from models.practice.play import Play
from models.practice.script import Act, Expected, Mark
from models.risk.level import Level
from models.risk.quick_screen import AskState
from models.risk.worded import Worded

_OPEN = ("", AskState.NOT_ASKED, AskState.REFUSED, AskState.UNCLEAR)


class Outcome(StrEnum):
    """How something compares with the key."""

    AS_KEY = "as_key"
    OTHER = "other"
    """Done, but not as the key has it."""
    HIGHER = "higher"
    LOWER = "lower"
    OPEN = "open"
    """Asked, and left open: refused or unclear."""
    MISSED = "missed"
    NOT_ASKED_FOR = "not_asked_for"
    """The key wants nothing here."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item: the answer that is true in the story and the one that was ticked, "" where none was.

    Seconds count from the answer of the call in which it happened.
    """

    item: str
    truth: str
    ticked: str
    outcome: Outcome
    seconds: float | None
    mark: Mark
    source: str


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act that is wanted or must not be."""

    words: Worded
    why: Worded
    mark: Mark
    source: str
    outcome: Outcome
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided (category or level) beside the key, with the reason."""

    wanted: tuple[str, ...]
    chosen: str
    why: Worded
    mark: Mark
    source: str
    outcome: Outcome
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of it; no marks are given. `alerted_after`: seconds from the answer to the alert, or None."""

    script: str
    version: int
    title: Worded
    confirmed: bool
    calls: int
    answered: int
    lines: int
    category: Decision
    level: Decision
    items: tuple[ItemRow, ...]
    acts: tuple[ActRow, ...]
    never: tuple[ActRow, ...]
    """Only what was done of what must not be."""
    alerted_after: float | None
    seconds: float
    """How long was talked in all."""


def compare(play: Play) -> Sheet:
    """The sheet of a practice as far as it has come."""
    key, facts = play.script.key, play.facts
    logged = [fact for fact in facts if fact.kind is Kind.LOGGED]
    alert = next((f for f in facts if f.kind is Kind.LEVEL and f.value and Level(f.value).alarming), None)
    return Sheet(
        script=play.script.id,
        version=play.script.version,
        title=play.script.title,
        confirmed=play.script.confirmed,
        calls=len(play.script.scenes),
        answered=sum(fact.kind is Kind.ANSWERED for fact in facts),
        lines=sum(
            max((int(f.value) for f in logged if f.call == n), default=0) for n in range(play.call + 1)
        ),
        category=_category(play),
        level=_level(play),
        items=tuple(_item(one, facts) for one in key.items),
        acts=tuple(_wanted(one, facts) for one in key.acts if not _spared(one, facts)),
        never=tuple(row for one in key.never for row in _forbidden(one, facts)),
        alerted_after=_after(alert, facts),
        seconds=sum(_talked(facts, n) for n in range(len(play.script.scenes))),
    )


def _category(play: Play) -> Decision:
    key = play.script.key
    chosen = _last(play.facts, Kind.CATEGORY)
    code = chosen.value if chosen else ""
    outcome = Outcome.MISSED if not code else Outcome.AS_KEY if code in key.categories else Outcome.OTHER
    after = _after(chosen, play.facts)
    return Decision(key.categories, code, key.why_category, key.mark, key.source, outcome, after)


def _level(play: Play) -> Decision:
    """The highest level that stood: the peak of the call decides (domain.md 3)."""
    key = play.script.key
    stood = [fact for fact in play.facts if fact.kind is Kind.LEVEL and fact.value]
    peak = max(stood, key=lambda fact: fact.value) if stood else None
    reached = peak.value if peak else ""
    wanted = (key.level.value,) if key.level else ()
    if key.level is None:
        outcome = Outcome.NOT_ASKED_FOR
    elif not reached:
        outcome = Outcome.MISSED
    elif reached == key.level:
        outcome = Outcome.AS_KEY
    else:
        outcome = Outcome.HIGHER if reached > key.level else Outcome.LOWER
    return Decision(wanted, reached, key.why_level, key.mark, key.source, outcome, _after(peak, play.facts))


def _item(expected: Expected, facts: Sequence[Fact]) -> ItemRow:
    sign = Sign(Kind.ASKED, expected.item)
    asked = [fact for fact in facts if sign.fits(fact)]
    ticks = [fact.state for fact in asked if fact.kind is Kind.ASKED]
    ticked = ticks[-1] if ticks else ""
    if not asked:
        outcome = Outcome.MISSED
    elif ticked == expected.truth:
        outcome = Outcome.AS_KEY
    else:
        outcome = Outcome.OPEN if ticked in _OPEN else Outcome.OTHER
    seconds = _after(asked[0] if asked else None, facts)
    return ItemRow(expected.item, expected.truth, ticked, outcome, seconds, expected.mark, expected.source)


def _wanted(act: Act, facts: Sequence[Fact]) -> ActRow:
    done = first(act.signs, facts)
    outcome = Outcome.AS_KEY if done else Outcome.MISSED
    return ActRow(act.words, act.why, act.mark, act.source, outcome, _after(done, facts))


def _spared(act: Act, facts: Sequence[Fact]) -> bool:
    return first(act.unless, facts) is not None and first(act.signs, facts) is None


def _forbidden(act: Act, facts: Sequence[Fact]) -> Iterable[ActRow]:
    """A row where it was done before anything that would have made it right."""
    done = first(act.signs, facts)
    if done is None:
        return
    right = first(act.unless, facts)
    if right is None or right.at > done.at:
        yield ActRow(act.words, act.why, act.mark, act.source, Outcome.OTHER, _after(done, facts))


def _last(facts: Iterable[Fact], kind: Kind) -> Fact | None:
    found = [fact for fact in facts if fact.kind is kind]
    return found[-1] if found else None


def _after(fact: Fact | None, facts: Iterable[Fact]) -> float | None:
    """Seconds from the answer of its call."""
    if fact is None:
        return None
    answered = (one.at for one in facts if one.kind is Kind.ANSWERED and one.call == fact.call)
    begun = next(answered, None)
    return None if begun is None else max(0.0, fact.at - begun)


def _talked(facts: Sequence[Fact], call: int) -> float:
    begun = next((one.at for one in facts if one.kind is Kind.ANSWERED and one.call == call), None)
    ended = next((one.at for one in facts if one.kind is Kind.ENDED and one.call == call), None)
    return 0.0 if begun is None or ended is None else max(0.0, ended - begun)
