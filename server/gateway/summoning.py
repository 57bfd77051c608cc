"""The telephone of the supervisor rings when an operator wants help, until somebody has seen it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from models.alerts.alert import Alert, Cause, Sight
from models.alerts.known import KEPT
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.exchange.supervision import Supervision

_log = logging.getLogger(__name__)


class Summoning:
    """Beside the alert on the consoles, and never in its way: a telephone that cannot ring is a log line."""

    def __init__(self, supervision: Supervision, seat: str) -> None:
        self._supervision = supervision
        self._seat = seat
        self._rings: dict[str, datetime] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def hear(self, told: Alert | Sight) -> None:
        """An alert was raised, or somebody has seen one."""
        if isinstance(told, Sight):
            if told.alert in self._rings:
                del self._rings[told.alert]
                self._do(self._stop(told.alert))
        elif told.cause is Cause.HELP and told.seat != self._seat:
            # Nobody sees one any more of which nobody is told.
            self._rings = {one: at for one, at in self._rings.items() if told.at - at < KEPT}
            self._rings[told.id] = told.at
            self._do(self._ring(told.id))

    @property
    def unseen(self) -> int:
        """For how many alerts it rang that nobody has seen yet."""
        return len(self._rings)

    async def close(self) -> None:
        """Ask nothing more of the exchange; what rings ends by itself."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _ring(self, alert: str) -> None:
        try:
            await self._supervision.ring(self._seat, alert)
        except ExchangeRefused as refused:
            _log.warning("seat %s does not ring for alert %s: %s", self._seat, alert, refused.why)

    async def _stop(self, alert: str) -> None:
        try:
            await self._supervision.stop_ringing(alert)
        except ExchangeRefused as refused:
            _log.warning("the ring for alert %s goes on: %s", alert, refused.why)


@asynccontextmanager
async def summoning(supervision: Supervision, seat: str) -> AsyncIterator[Summoning | None]:
    """Summon to this seat for as long as the context is open; None where no seat is named."""
    if not seat:
        yield None
        return
    summoner = Summoning(supervision, seat)
    try:
        yield summoner
    finally:
        await summoner.close()
