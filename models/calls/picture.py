"""What one seat sees of the line at a moment."""

from dataclasses import dataclass
from datetime import datetime

from models.calls.call import Call


@dataclass(frozen=True, slots=True)
class Queue:
    """Callers who wait; `oldest_at` is when the longest waiting one entered, None when nobody waits.

    `first` of them are taken before the others, `last` after them: numbers that ring without end, or misuse.
    """

    waiting: int = 0
    oldest_at: datetime | None = None
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """The calls of this seat that ring or run, oldest first."""

    calls: tuple[Call, ...] = ()
    queue: Queue = Queue()
