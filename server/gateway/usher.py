"""Shows each caller to a place in the queue, and tells consoles who waits."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from models.calls.call import Call
from models.calls.events import CallEvent, Direction
from models.calls.picture import Queue
from models.calls.priority import Arrival, first_seat, rank_of
from models.calls.queueing import Rank, Ranked
from models.clock import Clock
from models.ids import event_id
from models.people.number import normalise
from models.shifts.duty import DutyState
from models.wire.line import QueueMoved
from server.gateway.callers import Callers, Rings
from server.gateway.calls import LiveCalls
from server.gateway.exchange.port import Exchange, ExchangeRefused
from server.gateway.exchange.queueing import QueueRules
from server.gateway.house import House
from server.gateway.pausing import pause
from server.gateway.shift import Shift

_log = logging.getLogger(__name__)
QUIET_SECONDS = 0.25
"""A queue in which much happens is told of four times a second, not for each caller."""
AT_FIRST = 4
"""So many changes within a second are told of as they come."""
_BRIEFLY_SECONDS = 0.02
_FEW = 100
_FIRST, _LAST = (Rank.EMERGENCY, Rank.RISK), (Rank.CROWD, Rank.LOWERED)


class Usher:
    """Decides by `house` and `callers`; the exchange carries it out.

    `hear` takes an event of a call, `tell` a message for all consoles; `spawn` runs work beside the rest.
    """

    def __init__(
        self,
        exchange: Exchange,
        clock: Clock,
        calls: LiveCalls,
        shift: Shift,
        hear: Callable[[CallEvent], None],
        tell: Callable[[QueueMoved], None],
        spawn: Callable[[Coroutine[Any, Any, object]], None],
    ) -> None:
        self._exchange = exchange
        self._clock = clock
        self._calls = calls
        self._shift = shift
        self._hear = hear
        self._tell = tell
        self._spawn = spawn
        self._rings = Rings()
        self._given: dict[str, Rank] = {}
        self._queue = Queue()
        self._quiet = False
        self._told: deque[float] = deque(maxlen=AT_FIRST)
        self._staffed: bool | None = None
        self.house = House()
        self.callers = Callers()
        shift.settled.append(self._look_at_seats)

    def use(self, house: House, callers: Callers | None) -> None:
        """Go by a site's own rules, and by what its server says of numbers."""
        # Practice has callers at any hour, and nobody to send them to.
        self.house = replace(house, hours=None, overflow="") if self._exchange.practice else house
        self.callers = callers or self.callers
        self.callers.changed.append(self._look_again)

    @property
    def queue(self) -> Queue:
        """Who waits now."""
        ranks = [call.ranking.rank for call in self._waiting() if call.ranking]
        first, last = (sum(rank in some for rank in ranks) for some in (_FIRST, _LAST))
        return replace(self._queue, first=first, last=last)

    def enters(self, call: Call) -> None:
        """Somebody comes in: the exchange waits for a moment to hear where they belong."""
        known = self._calls.all.get(call.id)
        if known is None or known.id in self._given or not _waits(known):
            return
        now = self._clock.now()
        lately = self._rings.count(known.number, now)
        digits = normalise(known.number)
        here = sum(normalise(one.number) == digits for one in self._waiting()) if digits else 0
        self._place(known, max(lately, here))

    def moved(self, queue: Queue) -> None:
        """The exchange's queue is another one."""
        self._queue = queue
        if not self._quiet:
            self._quiet = True
            self._told.append(_passed())
            self._tell(QueueMoved(queue=self.queue))
            self._spawn(self._tell_later(self.queue))

    def orient(self, queue: Queue) -> None:
        """The exchange showed its queue: who came while no gateway was there gets a place too."""
        self._queue = queue
        self._forget()
        for call in self._waiting():
            self._place(call, 0)
        self._staffed = None
        self._look_at_seats()

    def _place(self, call: Call, rings: int) -> None:
        known, now = self.callers.of(call.number), self._clock.now()
        # Where the police have a trunk of their own, that line says who they are: their number may be hidden.
        of_theirs = {normalise(call.number), normalise(call.dialled)}
        emergency = bool(of_theirs & self.house.emergency)
        rank = rank_of(Arrival(now, emergency, rings), known)
        before = call.ranking.rank if call.ranking else Rank.PLAIN
        if before is Rank.CROWD and rank is not Rank.EMERGENCY:
            rank = before  # it rang too often when it came, and is still here
        if self._given.get(call.id) is rank:
            return
        if len(self._given) > 2 * len(self._calls.all) + _FEW:
            self._forget()
        self._given[call.id] = rank
        seat = first_seat(known, rank, self._free_seats())
        if rank is not before:
            name = event_id(call.id, "ranked", now.isoformat())
            self._hear(Ranked(name, call.id, now, rank, seat))
        self._spawn(self._carry_out(call.id, rank, seat))

    async def _carry_out(self, call: str, rank: Rank, seat: str) -> None:
        try:
            await self._exchange.queueing.rank(call, rank, seat)
        except ExchangeRefused as refused:
            # Answered or gone meanwhile; when the line is lost, the queue is looked at anew afterwards.
            _log.info("call %s could not be ranked: %s", call, refused.why)

    async def _tell_later(self, told: Queue) -> None:
        crowded = len(self._told) == AT_FIRST and _passed() - self._told[0] < 1
        await pause(QUIET_SECONDS if crowded else _BRIEFLY_SECONDS)
        self._quiet = False
        if self.queue != told:
            self.moved(self._queue)

    def _forget(self) -> None:
        self._given = {call: rank for call, rank in self._given.items() if call in self._calls.all}

    def _look_again(self) -> None:
        for call in self._waiting():
            self._place(call, 0)

    def _look_at_seats(self) -> None:
        staffed = any(seat.console for seat in self._shift.seats.values())
        if staffed is not self._staffed and not self._shift.line:
            self._staffed = staffed
            self._spawn(self._keep(staffed))

    async def _keep(self, staffed: bool) -> None:
        house = self.house
        rules = QueueRules(house.hours, house.overflow, house.overflow_after, staffed)
        try:
            await self._exchange.queueing.keep(rules)
        except ExchangeRefused as refused:
            self._staffed = None
            _log.info("the exchange does not keep the rules of the queue: %s", refused.why)

    def _free_seats(self) -> dict[str, str]:
        seats = self._shift.seats.values()
        ready = [seat for seat in seats if seat.duty.state is DutyState.READY and self._shift.may_ring(seat)]
        return {seat.attendance.operator: seat.number for seat in ready if seat.console}

    def _waiting(self) -> list[Call]:
        return [call for call in self._calls.all.values() if _waits(call)]


def _waits(call: Call) -> bool:
    return call.direction is Direction.IN and call.answered_at is None and call.diverting is None


def _passed() -> float:
    """Seconds by the loop's own time, which the pauses go by."""
    return asyncio.get_running_loop().time()
