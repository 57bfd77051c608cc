"""Listens to the server's hints beside the rounds; where there are none, the long poll does their work."""

import asyncio
from collections.abc import Callable

from console.runtime.waiting import Pauses, Wait
from console.sync import api

_MOST_PAUSE_SECONDS = 60.0


class Ear:
    """Keeps one stream of hints open. `on` is true while it stands."""

    def __init__(
        self, server: api.Server, ticket: Callable[[], str], hinted: Callable[[], None], wait: Wait
    ) -> None:
        self._server = server
        self._ticket = ticket
        self._hinted = hinted
        self._wait = wait
        self._pauses = Pauses(_MOST_PAUSE_SECONDS)
        self.on = False

    async def run(self) -> None:
        """Listen until cancelled, or until the server says that it has no hints to give."""
        while await self._listen():
            await self._wait(asyncio.Event(), self._pauses.take())

    async def _listen(self) -> bool:
        """One stream to its end; true where it is worth another attempt."""
        try:
            async for _feeds in self._server.live(self._ticket(), self._opened):
                self._hinted()
        except api.NoHints:
            return False
        finally:
            # What was hinted while nobody listened is found by a round.
            was_on, self.on = self.on, False
            if was_on:
                self._hinted()
        return True

    def _opened(self) -> None:
        self.on = True
        self._pauses.restart()
        self._hinted()
