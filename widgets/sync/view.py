"""What the views of syncing show, as values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LinkWords:
    """The link to the server in a sentence; ``tone`` is that of its dot."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class ActView:
    """An act that is not at the server or not in force: what it is, when it was done, and why."""

    op: str
    what: str
    at: datetime
    reason: str
    tone: str = "plain"
    ended: bool = False


@dataclass(frozen=True, slots=True)
class HeldView:
    """An act that waits for a lead. ``words`` are named texts, empty where they may not be read here."""

    op: str
    what: str
    who: str
    at: datetime
    reason: str
    first: bool = True
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One field in two texts."""

    name: str
    mine: str
    other: str


@dataclass(frozen=True, slots=True)
class TextsView:
    """Two texts of one note. ``more`` is how many further decisions wait after this one.

    ``masked``: numbers in them are hidden, and can be asked for.
    """

    note: str
    version: str
    heading: str
    mine_at: datetime
    other_at: datetime
    rows: tuple[DifferenceView, ...]
    more: int = 0
    masked: bool = False
