"""A sign-in under way at the server, which may answer when nobody waits for it any more."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from console.sync.accounts import Session
from console.sync.api import TurnedAway, Unreachable

Answer = Session | TurnedAway | Unreachable


class Asked:
    """At most one is under way; who asks anew, or leaves, wants no answer to the former."""

    def __init__(self) -> None:
        self._asking: asyncio.Future[Answer] | None = None

    def ask(self, asking: Coroutine[Any, Any, Answer]) -> None:
        """Begin."""
        self.abandon()
        self._asking = asyncio.ensure_future(asking)

    async def answer(self, seconds: float | None) -> Answer:
        """The answer, if it comes within so many seconds (None: however long that takes)."""
        asking = self._asking
        if asking is None:
            return Unreachable("offline")
        done, _ = await asyncio.wait((asking,), timeout=seconds)
        if not done:
            return Unreachable("timeout")
        self._asking = None
        return asking.result()

    async def late(self, practice: bool) -> Session | None:
        """What an answer that was not waited for gave; None where there was none, or no such sign-in."""
        answer = await self.answer(None)
        return answer if isinstance(answer, Session) and answer.practice is practice else None

    def abandon(self) -> None:
        """No answer is wanted any more."""
        if self._asking is not None:
            self._asking.cancel()
        self._asking = None
