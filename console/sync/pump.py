"""Keeps workstation and server alike: rounds of push and pull, at a nudge, at news, or by the clock."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from console.runtime.journal import DiskTrouble
from console.runtime.store import Store
from console.runtime.waiting import Pauses, Wait, wait_for
from console.storage.values import Answer, Batch, Page
from console.sync import api, state
from console.sync.ear import Ear
from console.sync.pulling import Failure, Key, Pulling, RunDb
from console.sync.state import SyncState
from console.sync.timekeeping import Timekeeping
from models.clock import Clock
from models.operation import Outcome
from models.trusted_time import TrustedTime

MOST_PAUSE_SECONDS = 60.0
TICK_SECONDS = 15.0
LONG_POLL_SECONDS = 25
LIVE_SECONDS = 60.0
_QUIET_SECONDS = 1.0
_PUSH_LIMIT = 200
_log = logging.getLogger(__name__)


class Pump:
    """Lives on the io thread. `changed` hears which records a pull changed, as (type, id).

    `time` is told the server's time with every quick answer.
    """

    def __init__(
        self,
        server: api.Server,
        run_db: RunDb,
        ticket: Callable[[], str],
        clock: Clock,
        changed: Callable[[tuple[Key, ...]], None] = lambda _keys: None,
        wait: Wait = wait_for,
        time: Timekeeping | None = None,
    ) -> None:
        self._server = server
        self._run_db = run_db
        self._ticket = ticket
        self._clock = clock
        self._wait = wait
        self._nudged = asyncio.Event()
        self.time = time or Timekeeping(clock, TrustedTime(clock))
        self._pulling = Pulling(server, run_db, ticket, clock, self.time, changed)
        self._ear = Ear(server, ticket, self.nudge, wait)
        self._pauses = Pauses(MOST_PAUSE_SECONDS)
        self._polls = True
        self.state: Store[SyncState] = Store(SyncState())
        self._pulling.progress.watch(self._progressed)

    def nudge(self) -> None:
        """Something must not wait: a round now, or as soon as the one that runs is over."""
        self._nudged.set()

    async def run(self) -> None:
        """Round after round until cancelled; hints of the server are listened to beside them."""
        last = await self._run_db(lambda storage: storage.timing.last())
        if last is not None:
            self.time.trusted.told(last)
        listening = asyncio.create_task(self._ear.run())
        try:
            while True:
                await self._once()
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def round(self) -> Failure | None:
        """Push until nothing waits, pull until nothing is new; tells the state. Gives what stopped it."""
        try:
            failure = await self._push() or await self._pulling.all()
            unsent = await self._run_db(lambda storage: storage.unsent())
            refused = await self._run_db(lambda storage: storage.refused())
            fault = await self._run_db(lambda storage: storage.trace.fault())
        except DiskTrouble as trouble:
            _log.warning("syncing stopped by the disk: %s", trouble.code)
            return api.Unreachable(trouble.code)
        if self._pulling.push_first and failure is None:
            self.nudge()
        link = self._link(failure, nothing_waits=not unsent.count)
        self.state.publish(SyncState(link, unsent, refused, self._pulling.unlike, fault))
        return failure

    async def _once(self) -> None:
        self._nudged.clear()
        failure = await self.round()
        if failure is None:
            self._pauses.restart()
            await self._idle()
        else:
            # Who asks for patience is not asked again before, whatever happens here.
            event = asyncio.Event() if failure.wait else self._nudged
            await self._wait(event, max(self._pauses.take(), failure.wait))

    async def _push(self) -> Failure | None:
        limit, renumbered = _PUSH_LIMIT, False
        while True:
            batch = await self._next(limit)
            if batch is None:
                return None
            began = self._clock.monotonic()
            answer = await self._hand_in(batch)
            self._hear_time(answer, began)
            match answer:
                case api.PushAnswer() if answer.answers or not batch.rows:
                    await self._acknowledge(batch, answer)
                    if not batch.rows and answer.receipt is None:
                        # A server that takes no trace: it waits.
                        return None
                case api.Conflict("fork" | "gap") if not renumbered:
                    renumbered = True
                    await self._renumber(offer_again=answer.why == "gap")
                case api.Conflict("mutated") | api.TurnedAway("malformed" | "too_large"):
                    # One act spoils the push: it is found by sending them one by one, and set aside.
                    if limit == 1:
                        await self._set_aside(batch, answer.why)
                    limit, renumbered = 1, False
                case api.Conflict():
                    return api.TurnedAway(answer.why)
                case api.PushAnswer():
                    return api.Unreachable("answer")
                case _:
                    return answer

    async def _hand_in(self, batch: Batch) -> api.PushAnswer | api.Conflict | Failure:
        answer = await self._server.push(self._ticket(), batch)
        if batch.stretch is None or not isinstance(answer, api.TurnedAway):
            return answer
        if answer.why not in ("malformed", "too_large"):
            return answer
        # Whatever is wrong with the trace: no act is set aside for it. The trace waits.
        acts: api.PushAnswer | api.Conflict | Failure = api.PushAnswer((), "")
        if batch.rows:
            acts = await self._server.push(self._ticket(), replace(batch, stretch=None))
        if isinstance(acts, api.PushAnswer):
            _log.error("a stretch of the trace is not taken: %s", answer.why)
        return acts

    async def _idle(self) -> None:
        """Until a nudge, until the server has news, or for a tick where it cannot be asked to wait."""
        if self._ear.on:
            await self._wait(self._nudged, LIVE_SECONDS)
            return
        if not self._polls:
            self._polls = True
            await self._wait(self._nudged, TICK_SECONDS)
            return
        poll = asyncio.create_task(self._pulling.page(LONG_POLL_SECONDS))
        nudged = asyncio.create_task(self._nudged.wait())
        try:
            await asyncio.wait((poll, nudged), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (poll, nudged):
                task.cancel()
            await asyncio.gather(poll, nudged, return_exceptions=True)
        if poll.cancelled():
            return
        # A failure of the poll alone is no loss of the server: the round that follows tells.
        self._polls = False
        try:
            page = poll.result()
            if isinstance(page, Page):
                await self._pulling.apply(page)
                self._polls = True
                await self._wait(self._nudged, _QUIET_SECONDS)
        except DiskTrouble as trouble:
            _log.warning("syncing stopped by the disk: %s", trouble.code)

    async def _next(self, limit: int) -> Batch | None:
        return await self._run_db(lambda storage: storage.next_push(limit))

    async def _acknowledge(self, batch: Batch, told: api.PushAnswer) -> None:
        await self._run_db(
            lambda storage: storage.acknowledge(batch, told.answers, told.server_epoch, told.receipt)
        )

    async def _renumber(self, offer_again: bool) -> None:
        await self._run_db(lambda storage: storage.start_epoch(offer_again))

    async def _set_aside(self, batch: Batch, why: str) -> None:
        rejected = tuple(Answer(seq, act.op, Outcome.REJECTED, 0, why) for seq, act in batch.rows)
        await self._acknowledge(batch, api.PushAnswer(rejected, ""))
        # The server never took this number: what comes after it is counted from one again.
        await self._renumber(offer_again=False)

    def _hear_time(self, answer: object, began: float) -> None:
        if isinstance(answer, api.PushAnswer) and answer.now is not None:
            self.time.heard(answer.now, self._clock.monotonic() - began)

    def _progressed(self, progress: tuple[int, int] | None) -> None:
        if progress is not None:
            self.state.publish(replace(self.state.value, link=state.Fetching(*progress)))

    def _link(self, failure: Failure | None, nothing_waits: bool) -> state.Link:
        now, before = self._clock.now(), self.state.value.link
        match failure:
            case None:
                return state.Synced(now)
            case api.TurnedAway("drain") if nothing_waits:
                return before if isinstance(before, state.Drained) else state.Drained(now)
            case api.Unreachable(why):
                since = before.since if isinstance(before, state.Unreachable) else now
                return state.Unreachable(since, why)
            case api.TurnedAway(why):
                since = before.since if isinstance(before, state.TurnedAway) else now
                return state.TurnedAway(since, why)
