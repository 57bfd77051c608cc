"""A scripted caller: what is said when, and the key by which the call is looked at afterwards."""

from dataclasses import dataclass
from enum import StrEnum

from models.practice.facts import Sign
from models.risk.level import Level
from models.risk.worded import Worded

REACH = "1380000"
"""What every number of a practice caller begins with that is not withheld or an emergency line's."""
LINES = ("110", "119", "120")
"""Emergency lines that hand a caller over."""


class Does(StrEnum):
    """What a line of a script is."""

    SPEAKS = "speaks"
    CRIES = "cries"
    SOUND = "sound"
    """Something is heard that is no word."""
    SILENT = "silent"
    HANGS_UP = "hangs_up"


class Mark(StrEnum):
    """Where a rule of the key comes from: seen in a source, usual practice, our own decision."""

    SEEN = "S"
    PRACTICE = "P"
    DECIDED = "D"


class Need(StrEnum):
    """What a line may wait for besides facts."""

    TIME = "time"
    """Seconds since the answer."""
    QUIET = "quiet"
    """Seconds in which neither the caller nor the operator did anything."""
    SAID = "said"
    """Another line of the same call."""
    TRUST = "trust"
    """At least so much trust."""
    DISTRESS = "distress"
    """At most so much distress."""
    EARLIER = "earlier"
    """A fact of an earlier call of this practice."""


@dataclass(frozen=True, slots=True)
class When:
    """One condition of a line: a need with its number or line, or a fact that was seen."""

    need: Need | None = None
    number: int = 0
    line: str = ""
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Something the caller does once, when all conditions hold and `after` more seconds are over.

    `who` speaks where it is not the caller. `trust` and `distress` are added to the caller's mood, which
    orders lines and is no clinical score.
    """

    id: str
    does: Does
    words: Worded
    when: tuple[When, ...] = ()
    after: float = 0.0
    unless: tuple[When, ...] = ()
    """Never, once one of these holds."""
    who: Worded | None = None
    trust: int = 0
    distress: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """One call of the script; the caller hangs up at the latest `lasts` seconds after the answer."""

    number: str
    dialled: str
    rings_after: float
    patience: float
    lasts: float
    lines: tuple[Line, ...]
    opening: Worded | None = None
    """What is known before the answer, where somebody hands the caller over."""


@dataclass(frozen=True, slots=True)
class Expected:
    """An item that should be asked, with the answer that is true in this story."""

    item: str
    truth: str
    mark: Mark
    source: str


@dataclass(frozen=True, slots=True)
class Act:
    """Something that should be done (or must not): recognised by any of its signs.

    `unless`: signs after which it is neither wanted nor wrong any more.
    """

    words: Worded
    why: Worded
    mark: Mark
    source: str
    signs: tuple[Sign, ...]
    unless: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """What the call stands for; `level` None where the type of call needs no assessment."""

    categories: tuple[str, ...]
    why_category: Worded
    level: Level | None
    why_level: Worded
    mark: Mark
    source: str
    items: tuple[Expected, ...] = ()
    acts: tuple[Act, ...] = ()
    never: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """A practice caller with one call or several. `confirmed` by the hotline's clinical owner."""

    id: str
    version: int
    title: Worded
    trains: Worded
    minutes: int
    caller: Worded
    key: Key
    scenes: tuple[Scene, ...]
    confirmed: bool = False
    trust: int = 30
    distress: int = 70
