"""Waking those who wait for news when this process has written some."""

import asyncio

_LOOK_AGAIN_SECONDS = 1.0


class News:
    """Everybody waits on the event of now; news replaces it, so that none is missed or left behind."""

    def __init__(self) -> None:
        self._next = asyncio.Event()
        self.closed = False

    def tell(self) -> None:
        """There is something new; wakes all who wait."""
        self._next.set()
        self._next = asyncio.Event()

    def close(self) -> None:
        """Nobody is to wait any more: the program ends."""
        self.closed = True
        self.tell()

    @property
    def next(self) -> asyncio.Event:
        """What to wait on; ask before looking, so that news in between counts."""
        return self._next


async def wait_shortly(event: asyncio.Event) -> None:
    """Wait for the event, one second at most: another process may have written without a word."""
    try:
        await asyncio.wait_for(event.wait(), _LOOK_AGAIN_SECONDS)
    except TimeoutError:
        return
