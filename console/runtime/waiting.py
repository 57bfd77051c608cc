"""Waiting for something to happen, for some seconds at most."""

import asyncio
from collections.abc import Awaitable, Callable

Wait = Callable[[asyncio.Event, float], Awaitable[bool]]
"""Waits until the event is set (true) or so many seconds are over (false); tests bring their own."""

FIRST_PAUSE_SECONDS = 1.0


async def wait_for(event: asyncio.Event, seconds: float) -> bool:
    """True as soon as the event is set, false when the seconds are over."""
    # Not asyncio.wait_for: it swallows a cancellation that comes with the event (CPython before 3.12).
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True


class Pauses:
    """How long to wait before the next attempt: doubles from one second to a limit until one succeeds."""

    def __init__(self, most_seconds: float) -> None:
        self._most = most_seconds
        self._next = FIRST_PAUSE_SECONDS

    def take(self) -> float:
        """Seconds to wait now; the next pause is longer."""
        pause = self._next
        self._next = min(self._next * 2, self._most)
        return pause

    def restart(self) -> None:
        """An attempt succeeded."""
        self._next = FIRST_PAUSE_SECONDS
