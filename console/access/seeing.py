"""What somebody saw goes into the trace, behind the work; a full disk delays it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

from console.runtime.journal import DiskTrouble
from console.runtime.waiting import wait_for
from models.trace.entry import Act, Happening, as_code

WriteTrace = Callable[[Happening], Awaitable[None]]

RETRY_SECONDS = 1.0
_FLUSH_SECONDS = 2.0


class Seeing:
    """Lives on the io thread. Keeps what was seen, in order, until it is written."""

    def __init__(self, write: WriteTrace) -> None:
        self._write = write
        self._waiting: deque[Happening] = deque()
        self._come = asyncio.Event()
        self._written = asyncio.Event()
        self._written.set()

    def saw(self, what: Happening) -> None:
        """Somebody saw or did this."""
        self._waiting.append(what)
        self._written.clear()
        self._come.set()

    def came(self, act: Act, operator: str, seat: str) -> None:
        """Somebody came to a seat or left it."""
        self.saw(Happening(act, "account", as_code(operator), where=as_code(seat)))

    async def flush(self) -> None:
        """Wait until all of it is written, not for ever: a disk that takes nothing lets the program end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._written.wait(), _FLUSH_SECONDS)

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await self._come.wait()
            self._come.clear()
            while self._waiting:
                try:
                    await self._write(self._waiting[0])
                except DiskTrouble:
                    await wait_for(asyncio.Event(), RETRY_SECONDS)
                    continue
                self._waiting.popleft()
            self._written.set()
