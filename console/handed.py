"""Letting the colleague who took a conversation over read the first note, once the server can be asked."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from console.runtime.waiting import Wait, wait_for
from resources.texts import t

HOURS = 24
AGAIN_SECONDS = 15.0
_LATER = ("off_line", "no_record", "not_yours")
"""The server is away; it does not have this note yet, or not the colleague's of the same call."""


class HandedNotes:
    """Lives on the io thread; what the server was not asked for at the sign-out is not asked for any more."""

    def __init__(
        self,
        give: Callable[[str, str, int, str], Awaitable[str]],
        spawn: Callable[[Coroutine[Any, Any, object]], None],
        wait: Wait = wait_for,
    ) -> None:
        self._give = give
        self._spawn = spawn
        self._wait = wait
        self._due: dict[tuple[str, str], None] = {}

    def hand(self, note: str, to: str) -> None:
        """A note of this operator is read by this colleague too from now on."""
        waits = bool(self._due)
        self._due[note, to] = None
        if not waits:
            self._spawn(self._ask())

    async def _ask(self) -> None:
        while self._due:
            for note, to in tuple(self._due):
                if await self._give(note, t("handing.reason"), HOURS, to) not in _LATER:
                    del self._due[note, to]
            if self._due:
                await self._wait(asyncio.Event(), AGAIN_SECONDS)
