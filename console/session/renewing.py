"""Keeps the duty ticket of who is signed in fresh, without the password."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from console.runtime.waiting import Pauses, Wait, wait_for
from console.session.service import SessionService, SignInRefused
from console.session.signed_in import SignedIn

_MOST_PAUSE_SECONDS = 15.0
_LEAST_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Hears:
    """Who hears of a fresh ticket, of a server that cannot be reached, and of a refusal (its code)."""

    renewed: Callable[[SignedIn], object]
    unreachable: Callable[[], object]
    refused: Callable[[str], object]


class Renewal:
    """Renews at half of a ticket's time, at once where there is none, and when told to hurry."""

    def __init__(
        self, sessions: SessionService, signed: SignedIn, hears: Hears, wait: Wait = wait_for
    ) -> None:
        self._sessions = sessions
        self._hears = hears
        self._wait = wait
        self._hurried = asyncio.Event()
        self.signed = signed
        self.ended = False

    def hurry(self) -> None:
        """The ticket is not taken any more: ask for another one now."""
        self._hurried.set()

    async def run(self) -> None:
        """Renew until cancelled, or until the server refuses."""
        pauses = Pauses(_MOST_PAUSE_SECONDS)
        if self.signed.offset is not None:
            await self._due()
        while True:
            try:
                fresh = await self._sessions.renew(self.signed)
            except SignInRefused as refusal:
                self.ended = True
                self._hears.refused(refusal.code)
                return
            if fresh is None:
                self._hears.unreachable()
                await self._wait(asyncio.Event(), pauses.take())
                continue
            pauses.restart()
            self.signed = fresh
            self._hears.renewed(fresh)
            await self._due()

    async def _due(self) -> None:
        left = (self.signed.until - self._sessions.trusted.now()).total_seconds()
        await self._wait(self._hurried, max(_LEAST_SECONDS, left / 2))
        self._hurried.clear()
