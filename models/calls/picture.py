"""What one seat sees of the line at a moment."""

from dataclasses import dataclass
from datetime import datetime

from models.calls.call import Call


@dataclass(frozen=True, slots=True)
class Queue:
    """Callers who wait; `oldest_at` is when the longest waiting one entered, None when nobody waits."""

    waiting: int = 0
    oldest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The calls of this seat that ring or run, oldest first."""

    calls: tuple[Call, ...] = ()
    queue: Queue = Queue()
