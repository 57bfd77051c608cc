"""My records of today, newest first."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from console.runtime.store import Store
from console.storage.values import ListedNote
from models.clock import Clock

ReadNotes = Callable[[datetime, datetime], Awaitable[tuple[ListedNote, ...]]]


class RecordsService:
    """Reads the list anew whenever something was written or pulled."""

    def __init__(self, read: ReadNotes, clock: Clock) -> None:
        self._read = read
        self._clock = clock
        self.records: Store[tuple[ListedNote, ...]] = Store(())

    async def refresh(self) -> None:
        """Publish the records since midnight here, and at least those of the last eight hours."""
        now = self._clock.now()
        midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        since = min(midnight, now - timedelta(hours=8))
        self.records.publish(await self._read(since, now + timedelta(days=1)))
