"""My records of today: since midnight here, and of the last eight hours after it."""

import asyncio
from datetime import datetime, timedelta

from console.records.service import RecordsService
from console.storage.values import ListedNote
from models.clock import ManualClock
from models.notes.note import Note


def test_the_span_covers_today_and_a_night_shift() -> None:
    clock = ManualClock()
    asked: list[tuple[datetime, datetime]] = []
    listed = (ListedNote(Note("n", "c", "zhang", "beijing", "full", 1, clock.now()), None, None),)

    async def read(since: datetime, until: datetime) -> tuple[ListedNote, ...]:
        asked.append((since, until))
        return listed

    async def story() -> None:
        records = RecordsService(read, clock)
        for _ in range(24):
            await records.refresh()
            clock.forward(3600)
        assert records.records.value == listed

    asyncio.run(story())
    start = ManualClock().now()
    for hour, (since, until) in enumerate(asked):
        now = start + timedelta(hours=hour)
        local = now.astimezone()
        assert since <= local.replace(hour=0, minute=0, second=0, microsecond=0)
        assert now - timedelta(hours=24) <= since <= now - timedelta(hours=8)
        assert until > now
