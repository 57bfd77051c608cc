"""What was asked, rated, judged and lowered in a call: entries that are only ever added.

`n` is an entry's place in its author's own counting, `op` the act that made it, `at` the author's wall clock.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.risk.level import Level
from models.risk.quick_screen import AskState, Item


class Dial(StrEnum):
    """The three 0–100 ratings (domain.md 3.2)."""

    DISTRESS = "distress"
    HOPE = "hope"
    INTENT = "intent"


class Phase(StrEnum):
    """Whether a rating was taken before or after the talk."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one item of the quick screen."""

    n: int
    op: str
    at: datetime
    item: Item
    state: AskState


@dataclass(frozen=True, slots=True)
class Rating:
    """One 0–100 rating; 100 is the most of what the dial names."""

    n: int
    op: str
    at: datetime
    dial: Dial
    phase: Phase
    value: int


class Ground(StrEnum):
    """What of the note gives a level by itself."""

    IMMINENT = "imminent"
    """The danger to others is imminent: R4."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A level on top of what the instruments say: the operator's own, or with a `ground` that of the note."""

    n: int
    op: str
    at: datetime
    level: Level
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """One answer to one item of another instrument, in the version that was shown.

    `value` is an ask-state, the points or the choice, as the instrument has it.
    """

    n: int
    op: str
    at: datetime
    instrument: str
    version: int
    item: str
    value: str


@dataclass(frozen=True, slots=True)
class Score:
    """What an instrument came to, by the version and the weights or bands that were in force then.

    It is kept, so that no later version of them changes an old record. `level` is None for an instrument that
    gives none, and while its total says nothing yet.
    """

    n: int
    op: str
    at: datetime
    instrument: str
    version: int
    weights: str
    points: int
    band: str = ""
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Lowering:
    """Somebody's wish that the level be `to` though `stood` stands, given what was known up to entry `upto`.

    It counts once a second person agrees; what is said after `upto` raises again.
    """

    op: str
    at: datetime
    actor: str
    upto: int
    stood: Level
    to: Level
    reason: str


@dataclass(frozen=True, slots=True)
class Second:
    """A second person's own act about a lowering: agrees to it or not."""

    op: str
    at: datetime
    actor: str
    lowering: str
    agrees: bool
    reason: str = ""
