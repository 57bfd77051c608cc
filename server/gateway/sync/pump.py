"""Handing the gateway's acts to the server, round after round, however long it is away."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace

from models.clock import Clock
from models.operation import Outcome
from server.gateway.storage.connecting import OutboxTrouble
from server.gateway.storage.outbox import Answer, Batch, Outbox
from server.gateway.sync.recorder import Recorder
from server.gateway.sync.server import Away, Conflict, Server, Taken

_LIMIT = 200
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 1.0, 60.0
_APP = "gateway"
_log = logging.getLogger(__name__)


class Pump:
    """Pushes what waits. A server that is away is told of once; nothing is ever dropped for it."""

    def __init__(self, server: Server, recorder: Recorder, clock: Clock) -> None:
        self._server = server
        self._recorder = recorder
        self._clock = clock
        self._nudged = asyncio.Event()
        self._told = ""
        self._untaken = False

    def nudge(self) -> None:
        """Something waits."""
        self._nudged.set()

    async def run(self) -> None:
        """Push until cancelled, with pauses that grow to a minute while the server is away."""
        pause = _FIRST_PAUSE_SECONDS
        while True:
            self._nudged.clear()
            away = await self.round()
            self._tell(away)
            if away is None:
                pause = _FIRST_PAUSE_SECONDS
                await self._nudged.wait()
            else:
                # Neither a nudge nor this gateway's own impatience shortens what the server asked for.
                await _wait(max(away.wait, pause))
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    async def round(self) -> Away | None:
        """Push until nothing waits; what stopped it, None where all is with the server."""
        self._untaken = False
        try:
            return await self._round()
        except OutboxTrouble as trouble:
            return Away(f"disk: {trouble}")

    async def _round(self) -> Away | None:
        limit, renumbered = _LIMIT, False
        while True:
            batch = await self._next(limit)
            if batch is None:
                return None
            match await self._hand_in(batch):
                case Taken() as taken if taken.answers or not batch.rows:
                    await self._take(batch, taken)
                    renumbered = False
                case Taken():
                    return Away("answer")
                case Conflict("fork" | "gap" as why) if not renumbered:
                    renumbered = True
                    await self._renumber(offer_again=why == "gap")
                case Conflict("mutated" | "malformed" | "too_large" as why):
                    # One act spoils the push: it is found by sending them one by one, and set aside.
                    if limit == 1:
                        await self._set_aside(batch, why)
                    limit, renumbered = 1, False
                case Conflict(why):
                    return Away(why)
                case Away() as away:
                    return away

    async def _hand_in(self, batch: Batch) -> Taken | Conflict | Away:
        answer = await self._server.push(_APP, batch)
        spoilt = isinstance(answer, Conflict) and answer.why in ("malformed", "too_large")
        if batch.stretch is None or not spoilt:
            return answer
        # Whatever is wrong with the trace: no act is set aside for it. The trace waits.
        _log.error("a stretch of the trace is not taken")
        return await self._server.push(_APP, replace(batch, stretch=None)) if batch.rows else Taken((), "")

    async def _next(self, limit: int) -> Batch | None:
        now = self._clock.now()
        batch = await self._recorder.do(lambda outbox: outbox.next_batch(limit, now))
        # A server that takes no trace: it waits.
        return None if batch and not batch.rows and self._untaken else batch

    async def _take(self, batch: Batch, taken: Taken) -> None:
        now = self._clock.now()
        self._untaken = batch.stretch is not None and taken.receipt is None

        def work(outbox: Outbox) -> bool:
            outbox.acknowledge(batch, taken.answers, now)
            if taken.receipt is not None and not outbox.receipted(taken.receipt):
                _log.error("the server holds another trace: what it lacks goes on in a new one")
            return outbox.meets(taken.server_epoch)

        for answer in taken.answers:
            if answer.outcome in (Outcome.REJECTED, Outcome.HELD):
                _log.error("the server took no act %s: %s", answer.op, answer.why)
        if await self._recorder.do(work):
            _log.warning("the server was restored: the calls of the last 30 days are offered again")

    async def _set_aside(self, batch: Batch, why: str) -> None:
        rejected = tuple(Answer(seq, act.op, Outcome.REJECTED, why) for seq, act in batch.rows)
        await self._take(batch, Taken(rejected, ""))
        # The server never took this number: what comes after it is counted from one again.
        await self._renumber(offer_again=False)

    async def _renumber(self, offer_again: bool) -> None:
        await self._recorder.do(lambda outbox: outbox.start_epoch(offer_again))

    def _tell(self, away: Away | None) -> None:
        why = away.why if away else ""
        if why and not self._told:
            _log.warning("calls cannot be handed to the server: %s", why)
        elif self._told and not why:
            _log.info("calls are handed to the server again")
        self._told = why


async def _wait(seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()
