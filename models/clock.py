"""The one place where time comes from."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Wall time for people and records, monotonic time for durations."""

    def now(self) -> datetime:
        """Wall time, aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards; only differences mean something."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Wall time, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment before the program started."""
        return time.monotonic()


@dataclass
class ManualClock:
    """A clock that moves only when told; for replays and tests."""

    current: datetime = field(default_factory=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    elapsed: float = 0.0

    def now(self) -> datetime:
        """The moment it was last set or moved to."""
        return self.current

    def monotonic(self) -> float:
        """Seconds it was moved forward in all."""
        return self.elapsed

    def forward(self, seconds: float) -> None:
        """Move both times forward by so many seconds."""
        self.current += timedelta(seconds=seconds)
        self.elapsed += seconds
