"""A line in memory that obeys a script; for practice of the console without a gateway, and for tests."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from console.line import port
from console.line.done import GATEWAY_LOST, Done
from console.line.fake_alerting import ScriptedAlerting
from console.line.fake_handing import ScriptedHanding
from console.line.fake_outgoing import ScriptedOutgoing
from console.line.fake_seating import ScriptedSeating
from console.line.fake_supervision import ScriptedSupervision
from console.line.port import News
from console.line.seating import Seating
from models.calls.advance import advance
from models.calls.brief import Brief
from models.calls.call import Call, CallState, PartyPhase
from models.calls.events import (
    Answered,
    CallEnd,
    CallEvent,
    Ended,
    Held,
    Invited,
    Joined,
    Left,
    Muted,
    Offered,
    PartyRang,
    Resumed,
    Taped,
    Taping,
    Withdrawn,
)
from models.calls.picture import Queue
from models.calls.place import CONVERSATION, ENGAGED, is_at
from models.clock import Clock
from models.ids import event_id, new_id
from models.shifts.duty import BreakReason, Duty, DutyState

_NOT_YOURS = Done(False, "not_yours")
_NO_SUCH_CALL = Done(False, "no_such_call")
_NOT_NOW = Done(False, "not_now")


class Exchange:
    """The scripted side: callers that ring, third parties that pick up, a link that breaks."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.calls: dict[str, Call] = {}
        self.queue = Queue()
        self.duties: dict[str, Duty] = {}
        """Seats in whose state the script put them."""
        self.reachable = asyncio.Event()
        self.reachable.set()
        self.broken = asyncio.Event()
        self.listeners: list[Callable[[News], None]] = []
        self.briefs: dict[str, Brief] = {}
        """What was told of each call."""
        self._switched = 0
        self.pressed = ""
        """The keys that were pressed so far."""

    def next_id(self) -> str:
        """The id of an event that may come again; of two at one moment the later one counts by its id."""
        self._switched += 1
        return f"{self._switched:032x}"

    def mark(self, call: str) -> tuple[str, str, datetime]:
        """What an event begins with that may come again."""
        return self.next_id(), call, self.clock.now()

    def ring(self, seat: str, number: str, dialled: str = "12356") -> str:
        """A caller rings at a seat; gives the call's id."""
        call, now = new_id(), self.clock.now()
        self.tell(Offered(event_id(call, "offered", seat), call, now, seat, number, dialled, now))
        return call

    def withdraw(self, call: str, seat: str) -> None:
        """The ring at a seat stops without an answer there."""
        self.tell(Withdrawn(event_id(call, "withdrawn", seat), call, self.clock.now(), seat))

    def end(self, call: str, end: CallEnd = CallEnd.CALLER_HUNG_UP) -> None:
        """The caller's line is closed."""
        self.tell(Ended(event_id(call, "ended"), call, self.clock.now(), end))

    def party_rings(self, call: str, party: str) -> None:
        """The third party's telephone rings."""
        self.tell(PartyRang(event_id(call, "rang", party), call, self.clock.now(), party))

    def party_joins(self, call: str, party: str) -> None:
        """The third party picks up."""
        self.tell(Joined(event_id(call, "joined", party), call, self.clock.now(), party))

    def party_leaves(self, call: str, party: str, cause: str = "left") -> None:
        """The third party hangs up or was never reached."""
        self.tell(Left(event_id(call, "left", party), call, self.clock.now(), party, cause))

    def move_queue(self, queue: Queue) -> None:
        """Others wait."""
        self.queue = queue
        self.spread(port.QueueMoved(queue))

    def cut(self) -> None:
        """The link breaks; what happens meanwhile is in the next picture."""
        self.reachable.clear()
        self.broken.set()

    def mend(self) -> None:
        """The link is back."""
        self.broken.clear()
        self.reachable.set()

    def tell(self, event: CallEvent) -> None:
        """Something happens to a call."""
        self.calls[event.call] = advance(self.calls.get(event.call, Call(event.call)), event)
        self.spread(port.Happened(event))

    def spread(self, news: News) -> None:
        """All who are connected hear it."""
        if self.reachable.is_set():
            for hear in tuple(self.listeners):
                hear(news)


class ScriptedLine:
    """The line of one seat of a scripted exchange."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._seat = ""
        self._duty: Duty | None = None
        self._hear: Callable[[News], None] | None = None
        calls = exchange.calls
        self.handing = ScriptedHanding(calls.get, exchange.mark, self._happen, self._told)
        self.outgoing = ScriptedOutgoing(self._connected, calls, exchange.mark, exchange.tell)
        self.supervision = ScriptedSupervision(self._connected, calls.get, exchange.mark, exchange.tell)
        self.seating: Seating = ScriptedSeating(
            self._connected, exchange.duties, lambda duty: exchange.spread(port.DutyChanged(duty))
        )
        self.alerting = ScriptedAlerting(self._connected, exchange.spread)

    async def run(self, ticket: str, seat: str, hear: Callable[[News], None]) -> None:
        """Tell news until cancelled. The ticket is the operator's name; an empty one is refused."""
        exchange = self._exchange
        if not ticket:
            hear(port.Refused("ticket"))
            return
        self._seat, self._hear = seat, hear
        duty = self._duty = Duty(ticket, seat, DutyState.BREAK, exchange.clock.now())
        while True:
            await exchange.reachable.wait()
            hear(port.Connected(ticket, seat, "", True))
            hear(self._picture(self._duty or duty))
            exchange.listeners.append(hear)
            try:
                await exchange.broken.wait()
            finally:
                exchange.listeners.remove(hear)
            hear(port.Lost(exchange.clock.now()))

    async def answer(self, call: str) -> Done:
        """Pick the ringing call up."""
        event = Answered(event_id(call, "answered"), call, self._exchange.clock.now(), self._seat)
        return self._happen(call, (CallState.RINGING,), event)

    async def hang_up(self, call: str) -> Done:
        """End the call."""
        known, now = self._exchange.calls.get(call), self._exchange.clock.now()
        cause = "" if known is None or known.answered_at else "cancelled"
        event = Ended(event_id(call, "ended"), call, now, CallEnd.OPERATOR_ENDED, cause)
        return self._happen(call, (CallState.RELEASED, *ENGAGED), event)

    async def hold(self, call: str) -> Done:
        """Let the caller hear music."""
        return self._happen(
            call, (CallState.TALKING,), Held(self._exchange.next_id(), call, self._exchange.clock.now())
        )

    async def resume(self, call: str) -> Done:
        """Take the caller back from hold."""
        return self._happen(
            call, (CallState.HELD,), Resumed(self._exchange.next_id(), call, self._exchange.clock.now())
        )

    async def mute(self, call: str, on: bool) -> Done:
        """Cut the operator's voice or let it be heard again."""
        return self._happen(
            call, CONVERSATION, Muted(self._exchange.next_id(), call, self._exchange.clock.now(), on)
        )

    async def invite(self, call: str, party: str, dial: str, label: str) -> Done:
        """Call a third party; the script lets it ring and join."""
        known = self._exchange.calls.get(call)
        if known and party in known.parties:
            return Done(True)
        if not (dial.isascii() and dial.isdigit() and 3 <= len(dial) <= 16):
            return Done(False, "bad_number")
        now = self._exchange.clock.now()
        return self._happen(
            call, CONVERSATION, Invited(event_id(call, "invited", party), call, now, party, dial, label)
        )

    async def drop(self, call: str, party: str) -> Done:
        """Let a third party go."""
        known = self._exchange.calls.get(call)
        if known and (party not in known.parties or known.parties[party].phase is PartyPhase.LEFT):
            return _NOT_NOW
        now = self._exchange.clock.now()
        return self._happen(call, CONVERSATION, Left(event_id(call, "left", party), call, now, party, "left"))

    async def press(self, call: str, keys: str) -> Done:
        """Nobody hears keypad tones here; the script remembers them."""
        done = self._may(call, CONVERSATION)
        if done.ok:
            self._exchange.pressed += keys
        return done

    async def tape(self, call: str, on: bool) -> Done:
        """Pause the recording that the script began, or let it go on."""
        known = self._exchange.calls.get(call)
        if known and known.tape is None:
            return _NOT_NOW
        name = known.tape.recording if known and known.tape else ""
        state = Taping.ON if on else Taping.PAUSED
        return self._happen(call, CONVERSATION, Taped(*self._exchange.mark(call), state, name))

    async def set_duty(self, state: DutyState, reason: BreakReason | None = None) -> Done:
        """Take calls or none for a while."""
        if self._duty is None or not self._exchange.reachable.is_set():
            return GATEWAY_LOST
        self._duty = replace(self._duty, state=state, reason=reason, since=self._exchange.clock.now())
        for hear in tuple(self._exchange.listeners):
            hear(port.DutyChanged(self._duty))
        return Done(True)

    def _happen(self, call: str, states: tuple[CallState, ...], event: CallEvent) -> Done:
        """Let the event happen if the call is here and in one of the states."""
        done = self._may(call, states)
        if done.ok:
            self._exchange.tell(event)
        return done

    def _may(self, call: str, states: tuple[CallState, ...]) -> Done:
        known = self._exchange.calls.get(call)
        if not self._connected():
            return GATEWAY_LOST
        if known is not None and known.state is CallState.ENDED:
            return _NO_SUCH_CALL
        if known is None or not self._is_here(known):
            return _NOT_YOURS
        return Done(True) if known.state in states else _NOT_NOW

    def _told(self, news: port.Colleagues | Brief) -> bool:
        """Tell this seat alone; False without a connection."""
        if self._hear is None or self._duty is None or not self._connected():
            return False
        if isinstance(news, Brief):
            self._exchange.briefs[news.call] = replace(news, seat=self._seat, operator=self._duty.operator)
            self._hear(self._picture(self._duty))
        else:
            self._hear(news)
        return True

    def _picture(self, duty: Duty) -> port.Picture:
        here = tuple(call for call in self._exchange.calls.values() if self._is_here(call))
        briefs = tuple(self._exchange.briefs[call.id] for call in here if call.id in self._exchange.briefs)
        return port.Picture(here, self._exchange.queue, duty, "", briefs)

    def _connected(self) -> str:
        """The seat, "" without a connection."""
        return self._seat if self._duty and self._exchange.reachable.is_set() else ""

    def _is_here(self, call: Call) -> bool:
        return is_at(call, self._seat) and not call.ended_at
