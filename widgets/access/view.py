"""What giving a record to a lead shows, as values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class GivenView:
    """A lead who may read the record until a moment, and what was said about it."""

    id: str
    who: str
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class SharingView:
    """A record: whom it can be given to (id and name), who has it, and what became of the last wish."""

    note: str
    heading: str
    level: str
    readers: tuple[tuple[str, str], ...] = ()
    given: tuple[GivenView, ...] = ()
    state: str = ""
    tone: str = "soft"
    waits: bool = False
