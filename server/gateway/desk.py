"""The gateway itself, without sockets: the exchange on one side, the seats' consoles on the other."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from typing import Any

from models.calls.call import Call
from models.calls.events import Answered, CallEvent, HandedOver, Origin, Watched
from models.calls.outgoing import Placed
from models.calls.place import is_at
from models.calls.witnessing import Seen
from models.clock import Clock
from models.wire.alerts import RaiseAlert, SeeAlert
from models.wire.base import Message
from models.wire.commands import AskPicture, CallOrder, DialOut, Invite, SetDuty, TakeOver, Transfer, Watch
from models.wire.duty import Lengthen
from models.wire.handover import AskColleagues, TellColleague
from models.wire.line import PROTOCOL, Done, DutyChanged, LineChanged, Picture, Welcome
from models.wire.seats import GiveSeat
from server.gateway import orders
from server.gateway.alerts import Alerts
from server.gateway.briefs import Briefs
from server.gateway.calls import LiveCalls
from server.gateway.colleagues import Presence
from server.gateway.exchange import port
from server.gateway.outward import Outward
from server.gateway.pausing import again
from server.gateway.rights import Badge, Refusal
from server.gateway.seat import Console, Seat
from server.gateway.seating import Seating
from server.gateway.shift import Rules, Shift
from server.gateway.supervising import Supervising
from server.gateway.troubles import Troubles
from server.gateway.usher import Usher

COMPARE_SECONDS = 5.0
_log = logging.getLogger(__name__)


class Desk:
    """Joins one exchange and the consoles of one site; everything happens in one event loop.

    `record` is told of every call whatever becomes of it, after the consoles and without waiting.
    """

    def __init__(
        self,
        site: str,
        exchange: port.Exchange,
        clock: Clock,
        seconds: float,
        record: Callable[[Seen], None] = lambda _: None,
        rules: Rules | None = None,
    ) -> None:
        self._exchange = exchange
        self._clock = clock
        self._seconds = seconds
        self._record = record
        self._calls = LiveCalls(site, Origin.PRACTICE if exchange.practice else Origin.LINE)
        self._shift = Shift(exchange, clock, self._calls, rules or Rules(), self._spawn)
        self._seats = self._shift.seats
        self.outward = Outward(exchange, self._calls, clock)
        self.briefs = Briefs()
        self._presence = Presence(self._shift.is_free)
        self._shift.settled.append(lambda: self._presence.look(self._seats.values()))
        self.alerts = Alerts(site, clock, self._seats.values)
        self.supervising = Supervising(exchange, self._calls, clock, (rules or Rules()).discreet)
        self._seating = Seating(clock, self._consoles)
        self.troubles = Troubles(self._consoles)
        self.usher = Usher(
            exchange, clock, self._calls, self._shift, self._happened, self._tell_all, self._spawn
        )
        self._tasks: asyncio.TaskGroup | None = None
        self.oriented = asyncio.Event()
        """Set once the exchange showed its calls and seats, or told why it cannot."""

    async def run(self) -> None:
        """Listen to the exchange until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            tasks.create_task(self._shift.keep_time())
            tasks.create_task(again(COMPARE_SECONDS, lambda: self._compare(anew=False)))
            try:
                await self._exchange.run(self.hear)
            finally:
                # A gateway that stops must not pause the seats: the next one finds the shift as it is.
                self._tasks = None

    def hear(self, news: port.News) -> None:
        """Take in what the exchange tells."""
        match news:
            case port.Entered(call):
                self.briefs.follow(call, self._clock.now())
                self._see((call,))
                self.usher.enters(call)
            case port.QueueMoved(queue):
                self.usher.moved(queue)
            case port.SeatChanged(seat, ready):
                self._shift.see_ready(seat, ready)
                self._shift.settle()
            case port.LineChanged(problem):
                self._line_changed(problem)
            case _:
                self._happened(news)

    def remember(self, calls: Iterable[Call]) -> None:
        """Take calls up that a gateway before this one left; which of them are over, the exchange shows."""
        self._calls.see(calls)
        if not self._shift.line:
            self._spawn(self._compare())

    async def enter(self, console: Console) -> None:
        """Give a console its seat and tell it everything. Raises Refusal."""
        badge = console.badge
        seat = self._shift.at(badge.seat)
        if badge.stale and not self._goes_on(seat, badge):
            raise Refusal("ticket")
        await self._seating.make_room(seat, console, self._left)
        unheard = seat.enter(console, self._clock.now())
        console.send(
            Welcome(
                protocol=PROTOCOL,
                operator=badge.operator.id,
                seat=seat.number,
                now=self._clock.now(),
                line=self._shift.line,
                practice=self._exchange.practice,
            ),
            *unheard,
        )
        self._shift.settle()
        console.send(self._picture(seat))
        if badge.operator.leads:
            others = [one for one in self._seats.values() if one is not seat]
            console.send(*(DutyChanged(duty=one.duty) for one in others if one.duty.operator))
        for told in (self.alerts, self._seating, self.troubles):
            told.greet(console)

    def leave(self, console: Console, signed_off: bool = False) -> None:
        """A console is gone; its call goes on, its seat rings no more.

        Who comes back after a broken connection goes on as before, who signed off begins with a break.
        """
        if self._left(console, signed_off):
            self._seating.free(console.badge.seat)

    def _left(self, console: Console, signed_off: bool = False) -> bool:
        """Whether the console had the seat until now."""
        seat = self._seats[console.badge.seat]
        self._presence.forget(console)
        if seat.console is not console:
            return False
        seat.leave(signed_off, self._clock.now())
        self._shift.settle()
        return True

    def dismiss(self, revoked: Callable[[Badge], bool]) -> None:
        """Take the seats of those who were revoked, but let nobody be cut off in a conversation."""
        for seat in self._seats.values():
            console = seat.console
            if console and revoked(console.badge) and not seat.calls(self._calls.all.values()):
                self.leave(console, signed_off=True)
                console.expel("drain")

    async def obey(self, console: Console, command: Any) -> Done:
        """Do what the console at this seat may do, and say what became of it."""
        try:
            async with asyncio.timeout(self._seconds):
                if isinstance(command, CallOrder | TellColleague):
                    await self._order(console, command)
                else:
                    await self._serve(console, command)
        except port.ExchangeRefused as refused:
            return Done(id=command.id, ok=False, why=refused.why)
        except TimeoutError:
            _log.warning("the exchange did not take command %r in time", command.id)
            return Done(id=command.id, ok=False, why="line_lost")
        return Done(id=command.id, ok=True)

    async def _serve(self, console: Console, command: Any) -> None:
        """Do what is asked of no call in particular. Raises ExchangeRefused."""
        seat = self._seats[console.badge.seat]
        match command:
            case AskPicture():
                console.send(self._picture(seat))
            case AskColleagues():
                self._presence.ask(console, command.on)
                self._presence.look(self._seats.values())
            case RaiseAlert() | SeeAlert():
                self.alerts.obey(console, command)
            case SetDuty():
                await self._shift.set_duty(seat, command)
            case GiveSeat():
                self._seating.obey(console, command)
            case Lengthen():
                self._shift.lengthen(command, console.badge.operator.leads)

    async def _order(self, console: Console, command: Any) -> None:
        """Do something to a call, if this console may. Raises ExchangeRefused."""
        number = console.badge.seat
        if isinstance(command, DialOut):
            await self.outward.dial(command, console.badge)
            return
        if isinstance(command, Watch | TakeOver):
            await self.supervising.obey(command, console.badge)
            return
        orders.allow(command, number, self._calls, self._shift.is_free)
        if isinstance(command, Invite | Transfer):
            self.outward.permit(command, console.badge)
        if isinstance(command, TellColleague):
            self._tell_colleagues(command, console.badge)
        else:
            await orders.give(command, number, self._exchange, self._calls.all[command.call])

    def _happened(self, event: CallEvent) -> None:
        if isinstance(event, Placed):
            event = self.outward.named(event)
        if isinstance(event, HandedOver | Watched):
            event = replace(event, operator=self._operator_of(event))
        change = self._calls.hear(event, self._operator_of(event))
        if change:
            event, _, after = change
            self.briefs.hear(after)
            self._shift.hear(*change)
            for seat in self._seats.values():
                told = self.supervising.tell(seat, *change) or self.briefs.come_with(event, seat.number)
                if told and seat.console:
                    seat.console.send(self._picture(seat))
            self._shift.settle()
            self._record(self.supervising.written(Seen(after, self._clock.now(), event)))

    def _see(self, calls: Iterable[Call]) -> bool:
        """Whether more is known now than before."""
        changed = self._calls.see(calls)
        for call in changed:
            self._record(self.supervising.written(Seen(call, self._clock.now())))
        return bool(changed)

    def _operator_of(self, event: CallEvent) -> str:
        seat = self._seats.get(event.seat) if isinstance(event, Answered | HandedOver | Watched) else None
        return seat.attendance.operator if seat else ""

    def _line_changed(self, problem: str) -> None:
        self._shift.line = problem
        self._tell_all(LineChanged(line=problem))
        if problem:
            self.oriented.set()
            return
        self._shift.connected()
        self._spawn(self._compare())

    async def _compare(self, anew: bool = True) -> None:
        """Whatever was not heard, or heard wrongly, is right again; `anew`: consoles are told anyway."""
        asked = dict(self._calls.all)
        picture = await self._exchange.picture()
        if picture.problem:
            return
        unheard = list(self._calls.corrections(picture.calls, asked, self._clock.now()))
        for event in unheard:
            self._happened(event)
        changed = self._see(picture.calls) or bool(unheard)
        self.usher.orient(picture.queue)
        for number, there in picture.seats.items():
            self._shift.see_ready(number, there.ready)
        self._shift.orient()
        self._shift.settle()
        if anew or changed:
            for console in self._consoles():
                console.send(self._picture(self._seats[console.badge.seat]))
        self.oriented.set()

    def _goes_on(self, seat: Seat, badge: Badge) -> bool:
        own = seat.attendance.operator in ("", badge.operator.id)
        return own and any(call.answered_at and is_at(call, seat.number) for call in self._calls.all.values())

    def _tell_colleagues(self, told: TellColleague, badge: Badge) -> None:
        self.briefs.take(told, badge)
        for seat in self._seats.values():
            if seat.console and is_at(self._calls.all[told.call], seat.number):
                seat.console.send(self._picture(seat))

    def _picture(self, seat: Seat) -> Picture:
        calls = self.supervising.shown(seat, seat.calls(self._calls.all.values()))
        told, line = self.briefs.at(seat.number, self._calls.all), self._shift.line
        return Picture(calls=calls, queue=self.usher.queue, duty=seat.duty, line=line, briefs=told)

    def _consoles(self) -> list[Console]:
        return [seat.console for seat in self._seats.values() if seat.console]

    def _tell_all(self, news: Message) -> None:
        for console in self._consoles():
            console.send(news)

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        if self._tasks:
            self._tasks.create_task(work)
        else:
            work.close()
