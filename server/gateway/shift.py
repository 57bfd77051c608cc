"""The shift: who sits where, what they are doing, and which seats the queue may ring."""

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

from models.calls.call import Call, CallState
from models.calls.events import Answered, CallEvent, Withdrawn
from models.calls.place import by_seat, state_at
from models.clock import Clock
from models.shifts.duty import DutyState
from models.wire.commands import SetDuty
from models.wire.duty import Lengthen
from models.wire.line import DutyChanged
from server.gateway import duty
from server.gateway.calls import LiveCalls
from server.gateway.duty import Attendance, Terms
from server.gateway.exchange import port
from server.gateway.pausing import pause
from server.gateway.roster import Roster
from server.gateway.seat import Seat

_log = logging.getLogger(__name__)

_SECOND = 1.0
_CALLER_GIVES_UP_SECONDS = 0.3
"""An exchange that ends a call takes its rings back first; who still waits then was not answered."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How long wrap-up lasts and how many rings may be missed; what is remembered of the last gateway.

    `discreet`: operators are not told of a lead who only listens.
    """

    terms: Terms = field(default_factory=Terms)
    roster: Roster = field(default_factory=Roster)
    discreet: bool = False


class Shift:
    """Keeps the seats true and tells the exchange which of them to ring.

    `line` is what is wrong with the exchange, "" for nothing. `spawn` runs work beside the rest, or drops it
    where the gateway stops.
    """

    def __init__(
        self,
        exchange: port.Exchange,
        clock: Clock,
        calls: LiveCalls,
        rules: Rules,
        spawn: Callable[[Coroutine[Any, Any, object]], None],
    ) -> None:
        self._exchange = exchange
        self._clock = clock
        self._calls = calls
        self._terms = rules.terms
        self._roster = rules.roster
        self._spawn = spawn
        self._resumed = False
        self.line = "line_lost"
        self.settled: list[Callable[[], None]] = []
        """Told after the duties were brought up to date."""
        # Their consoles are not back yet, so the queue rings them no more until they are.
        self.seats = {number: self._seat(number, kept) for number, kept in self._roster.read().items()}

    def at(self, number: str) -> Seat:
        """The seat of this number."""
        return self.seats.setdefault(number, self._seat(number, Attendance()))

    def may_ring(self, seat: Seat) -> bool:
        """Whether the queue may ring it."""
        return duty.takes_calls(seat.attendance, seat.duty.state)

    def is_free(self, number: str) -> bool:
        """Whether a colleague can be asked there."""
        busy = (DutyState.RINGING, DutyState.TALKING, DutyState.HELD)
        seat = self.seats.get(number)
        return seat is not None and seat.console is not None and seat.duty.state not in busy

    def settle(self) -> None:
        """Duties follow from what happened and from time; the queue rings the seats whose duty allows it."""
        now = self._clock.now()
        # Not every seat looks at every call: hundreds of each would be late.
        here = by_seat(self._calls.all.values())
        for seat in self.seats.values():
            if seat.settle(here.get(seat.number, ()), now, self._resumed):
                self._tell(seat)
            if seat.ready is not self.may_ring(seat):
                self._spawn(self._prepare(seat))
        self._roster.keep({seat.number: seat.attendance for seat in self.seats.values()})
        for told in self.settled:
            told()

    def connected(self) -> None:
        """The exchange is there; what it was told of the seats before it may not know any more."""
        for seat in self.seats.values():
            seat.ready = None

    def orient(self) -> None:
        """The exchange's calls are known: what ended while no gateway lived leads to wrap-up."""
        if self._resumed:
            return
        self._resumed = True
        for seat in self.seats.values():
            if seat.attendance.call and seat.attendance.call not in self._calls.all:
                seat.wrap_up(self._terms, self._clock.now())

    def see_ready(self, number: str, ready: bool) -> None:
        """Whether the exchange rings a seat; where somebody else changed that, it is told anew."""
        seat = self.seats.get(number)
        if seat is not None and seat.ready is not None:
            seat.ready = ready

    def hear(self, event: CallEvent, before: Call, after: Call) -> None:
        """Begin wrap-up where a conversation ended; count a ring that nobody answered."""
        now = self._clock.now()
        for seat in self.seats.values():
            if duty.ends_here(seat.number, before, after):
                seat.wrap_up(self._terms, now)
        if isinstance(event, Answered) and event.seat in self.seats:
            there = self.seats[event.seat]
            there.attendance = replace(there.attendance, unanswered=0)
        if isinstance(event, Withdrawn) and event.seat in self.seats:
            rang = state_at(before, event.seat) is CallState.RINGING and not after.answered_at
            if rang and self.seats[event.seat].console:
                self._spawn(self._count(self.seats[event.seat], event.call))

    async def keep_time(self) -> None:
        """End wrap-ups when their time is over, until cancelled."""
        while True:
            self.settle()
            await pause(_SECOND)

    async def set_duty(self, seat: Seat, command: SetDuty) -> None:
        """Take calls, or none for a while. Raises ExchangeRefused."""
        if seat.duty.state in (DutyState.TALKING, DutyState.HELD):
            raise port.ExchangeRefused("not_now")
        before = seat.attendance
        seat.attendance = duty.chosen(before, DutyState(command.state), command.reason, self._clock.now())
        self.settle()
        # A choice made while the line is lost is passed on when it is back.
        if (why := await self._prepare(seat)) and not self.line:
            seat.attendance = replace(before, present=seat.attendance.present)
            self.settle()
            raise port.ExchangeRefused(why)

    def lengthen(self, command: Lengthen, leads: bool) -> None:
        """Let the wrap-up of a seat last longer. Raises ExchangeRefused."""
        if not leads:
            raise port.ExchangeRefused("not_yours")
        seat = self.seats.get(command.seat)
        longer = duty.lengthened(seat.attendance, command.minutes, self._clock.now()) if seat else None
        if seat is None or longer is None or seat.duty.state is not DutyState.WRAP_UP:
            raise port.ExchangeRefused("not_now")
        seat.attendance = longer
        self.settle()

    async def _count(self, seat: Seat, call: str) -> None:
        await pause(_CALLER_GIVES_UP_SECONDS)
        known = self._calls.all.get(call)
        if known is not None and not known.answered_at and seat.console:
            seat.attendance = duty.unanswered(seat.attendance, self._terms, self._clock.now())
            self.settle()

    async def _prepare(self, seat: Seat) -> str:
        """Tell the exchange whether to ring this seat, until it believes what is true; why it refused."""
        while not self.line and seat.ready is not self.may_ring(seat):
            seat.ready = self.may_ring(seat)
            try:
                await self._exchange.set_ready(seat.number, seat.ready, seat.duty.state)
            except port.ExchangeRefused as refused:
                _log.info("seat %s could not be prepared: %s", seat.number, refused.why)
                return refused.why
        return ""

    def _tell(self, seat: Seat) -> None:
        for other in self.seats.values():
            if other.console and (other is seat or other.console.badge.operator.leads):
                other.console.send(DutyChanged(duty=seat.duty))

    def _seat(self, number: str, attendance: Attendance) -> Seat:
        seat = Seat(number, self._clock.now())
        seat.attendance = attendance
        return seat
