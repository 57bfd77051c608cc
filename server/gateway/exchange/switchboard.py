"""The memory of the simulated exchange: calls, seats, the queue, and who hears of it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from models.calls.advance import advance
from models.calls.call import Call, CallState, Party, PartyPhase
from models.calls.events import (
    Answered,
    CallEnd,
    CallEvent,
    Ended,
    HandedOver,
    Joined,
    Left,
    Offered,
    Released,
    Taped,
    Taping,
    Withdrawn,
)
from models.calls.picture import Queue
from models.calls.place import ENGAGED, state_at
from models.calls.queueing import Diversion, Diverted
from models.clock import Clock
from models.ids import call_id, event_id, new_id
from server.gateway.exchange.port import (
    Entered,
    ExchangePicture,
    ExchangeRefused,
    LineChanged,
    News,
    QueueMoved,
    SeatChanged,
)
from server.gateway.exchange.turns import Turns

_IN_QUEUE = (CallState.WAITING, CallState.RINGING)


class Switchboard:
    """Lets one caller after another ring at a free seat, the one that rang longest ago first.

    `ring_for` is how many seconds a seat rings before the call goes on; None: until somebody acts.
    """

    def __init__(self, clock: Clock, ring_for: float | None) -> None:
        self.calls: dict[str, Call] = {}
        self.problem = ""
        self.records = False
        """Whether conversations are recorded."""
        self._clock = clock
        self._ring_for = ring_for
        # Records outlive the program, so the calls of two runs must never share an id.
        self._name = f"simulated-{new_id()}"
        self._latest = clock.now()
        self._said = 0
        self.turns = Turns()
        self._seats: dict[str, SeatChanged] = {}
        self._rang_at: dict[str, int] = {}
        self._queue = Queue()
        self._hear: Callable[[News], None] | None = None
        self._timers: set[asyncio.TimerHandle] = set()

    def connect(self, hear: Callable[[News], None]) -> None:
        """Tell news to `hear` from now on."""
        self._hear = hear
        hear(LineChanged(self.problem))

    def close(self) -> None:
        """Tell nobody any more and let no time run."""
        self._hear = None
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def later(self, seconds: float | None, act: Callable[[], None]) -> None:
        """Act after so many seconds; never for None."""
        if seconds is None:
            return

        def due() -> None:
            self._timers.discard(timer)
            act()

        timer = asyncio.get_running_loop().call_later(seconds, due)
        self._timers.add(timer)

    def moment(self) -> datetime:
        """Now, and later than every moment it gave before, so that what follows is also seen to follow."""
        self._latest = max(self._clock.now(), self._latest + timedelta(microseconds=1))
        return self._latest

    def mark(self, call: str) -> tuple[str, str, datetime]:
        """What every event begins with: a fresh id, the call, the moment."""
        self._said += 1
        return event_id(call, str(self._said)), call, self.moment()

    def enter(self, number: str, dialled: str, ahead: bool = False) -> str:
        """A caller joins the queue, or its head, or hears that we are closed; the id of the call."""
        call = call_id(self._name, str(len(self.calls) + 1))
        self.calls[call] = Call(call, number=number, dialled=dialled, entered_at=self.moment())
        self.turns.away.add(call)
        is_open = ahead or self.turns.rules.is_open(self._clock.now())
        closed = Diverted(*self.mark(call), Diversion.CLOSED)
        if not is_open:
            self.calls[call] = advance(self.calls[call], closed)
        self._tell(Entered(self.calls[call]))
        if ahead:
            self.turns.head(call)
            self._admit(call)
        elif is_open:
            # As in a dial plan, there is a moment in which the gateway says who the caller is.
            asyncio.get_running_loop().call_soon(self._admit, call)
        else:
            self._tell(closed)
        return call

    def _admit(self, call: str) -> None:
        self.turns.come_in(call)
        rules = self.turns.rules
        self.later(rules.overflow_after if rules.staffed else 0, lambda: self._send_on(call))
        self._settle()

    def _send_on(self, call: str) -> None:
        if self.calls[call].state is CallState.WAITING and self.turns.overflows(call):
            self.turns.send(call)
            self._settle()

    def come_back(self, call: str) -> None:
        """Another hotline did not answer."""
        self.turns.come_in(call)
        self._settle()

    def happened(self, event: CallEvent) -> None:
        """Move the call on, tell it, let waiting callers ring where they now can."""
        self.calls[event.call] = advance(self.calls[event.call], event)
        self._tell(event)
        if isinstance(event, Answered | Ended):
            self._silence(event.call)
        if isinstance(event, Ended):
            self.turns.forget(event.call)
        self._settle()
        self._follow(event)

    def _follow(self, event: CallEvent) -> None:
        """What an exchange does by itself: hand over to a colleague, never lose a caller."""
        known = self.calls[event.call]
        match event:
            case Answered() if self.records:
                self.happened(Taped(*self.mark(event.call), Taping.ON, event.call))
            case Joined() if known.parties[event.party].seat and known.state is CallState.RELEASED:
                self.hand_over(known, known.parties[event.party])
            case Left():
                self._without_the_third(known, known.parties[event.party])

    def hand_over(self, call: Call, party: Party) -> None:
        """The conversation is the colleague's: the third party that they were is no more."""
        self.happened(HandedOver(*self.mark(call.id), party.seat, ""))
        if call.state is CallState.RELEASED:
            self.happened(Released(*self.mark(call.id), False))
        self.happened(Left(*self.mark(call.id), party.id, "left"))

    def _without_the_third(self, call: Call, party: Party) -> None:
        if party.seat and not party.joined_at:
            self._withdraw(call.id, party.seat)
        if call.state is not CallState.RELEASED or _somebody_comes(call):
            return
        self.happened(Ended(*self.mark(call.id), CallEnd.TRANSFERRED))
        if not party.joined_at:
            self.enter(call.number, call.dialled, ahead=True)

    def set_ready(self, seat: str, ready: bool) -> None:
        """Let callers ring at this seat or not."""
        self._seats[seat] = SeatChanged(seat, ready, reachable=True)
        self._tell(self._seats[seat])
        self._settle()

    def unplug(self, seat: str) -> None:
        """The telephone of a seat can no longer be reached."""
        self._seats[seat] = SeatChanged(seat, self._seats[seat].ready, reachable=False)
        self._tell(self._seats[seat])

    def line(self, problem: str) -> None:
        """Lose the line to the exchange (nothing is heard, nothing obeys) or find it again ("")."""
        if problem:
            self._tell(LineChanged(problem))
            self.problem = problem
        else:
            self.problem = ""
            self._tell(LineChanged(""))
            self._tell(QueueMoved(self._queue))

    def running(self, call: str, *states: CallState) -> Call:
        """The call, if it is there, not over, and in one of these states; raises ExchangeRefused."""
        if self.problem:
            raise ExchangeRefused(self.problem)
        known = self.calls.get(call)
        if known is None or known.state is CallState.ENDED:
            raise ExchangeRefused("no_such_call")
        if states and known.state not in states:
            raise ExchangeRefused("not_now")
        return known

    def picture(self) -> ExchangePicture:
        """Everything, or only the problem while there is one."""
        if self.problem:
            return ExchangePicture(problem=self.problem)
        return ExchangePicture(tuple(self._living()), self._queue, dict(self._seats))

    def free_seats(self) -> list[str]:
        """Ready seats without a call, the one that rang longest ago first."""
        busy = (CallState.RINGING, *ENGAGED)
        taken = {seat for seat in self._seats for call in self._living() if state_at(call, seat) in busy}
        free = [seat for seat, is_now in self._seats.items() if is_now.ready and seat not in taken]
        return sorted(free, key=lambda seat: self._rang_at.get(seat, 0))

    def _living(self) -> list[Call]:
        return [call for call in self.calls.values() if call.state is not CallState.ENDED]

    def _silence(self, call: str) -> None:
        known = self.calls[call]
        for seat, offer in known.offers.items():
            if offer.rings and seat != known.seat:
                self._withdraw(call, seat)

    def _withdraw(self, call: str, seat: str) -> None:
        event = Withdrawn(*self.mark(call), seat)
        self.calls[call] = advance(self.calls[call], event)
        self._tell(event)

    def _settle(self) -> None:
        waiting = [call for call in self._living() if call.state is CallState.WAITING]
        # Who is free costs a look at every seat and call: only where somebody waits.
        for call, seat in self.turns.pairs(waiting, self.free_seats()) if waiting else ():
            self._offer(call, seat)
        queue = self._counted()
        if queue != self._queue:
            self._queue = queue
            self._tell(QueueMoved(queue))

    def _offer(self, call: Call, seat: str) -> None:
        self._rang_at[seat] = self._said + 1
        entered_at = call.entered_at or self.moment()
        event = Offered(*self.mark(call.id), seat, call.number, call.dialled, entered_at)
        self.calls[call.id] = advance(call, event)
        self._tell(event)

        def unanswered() -> None:
            known = self.calls[call.id]
            if known.state is CallState.RINGING and known.offers[seat].rang_at == event.at:
                self._withdraw(call.id, seat)
                self._settle()

        self.later(self._ring_for, unanswered)

    def _counted(self) -> Queue:
        here = (call for call in self._living() if call.id not in self.turns.away)
        waiting = [call for call in here if call.state in _IN_QUEUE]
        return Queue(len(waiting), min((one.entered_at for one in waiting if one.entered_at), default=None))

    def _tell(self, news: News) -> None:
        if self._hear and not self.problem:
            self._hear(news)


def _somebody_comes(call: Call) -> bool:
    """True while a third party talks, or still may come to a caller who was given away."""
    return any(party.phase is not PartyPhase.LEFT for party in call.parties.values())
