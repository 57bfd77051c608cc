"""Who may take a seat from another console: a lead's word decides."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from enum import Enum, auto
from typing import Any

from models.clock import Clock
from models.ids import new_id
from models.shifts.wish import SeatWish
from models.wire.base import Message
from models.wire.seats import Asked, GiveSeat, SeatSettled, SeatWanted
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.rights import Refusal
from server.gateway.seat import Console, Seat

_log = logging.getLogger(__name__)


class Word(Enum):
    """What becomes of a wish."""

    YES = auto()
    NO = auto()
    FREE = auto()
    """The seat was left: no word is needed."""


class Seating:
    """Asks the leads who are there (`consoles`), and lets a new console wait for their word."""

    def __init__(self, clock: Clock, consoles: Callable[[], Iterable[Console]]) -> None:
        self._clock = clock
        self._consoles = consoles
        self._open: dict[str, tuple[SeatWish, asyncio.Future[Word]]] = {}

    async def make_room(self, seat: Seat, console: Console, put_out: Callable[[Console], object]) -> None:
        """Only one console holds a seat: one that answers keeps it, unless a lead gives it to the new one.

        `put_out` takes the seat from a console. Raises Refusal.
        """
        while seat.console:
            there = seat.console
            if not (await there.is_alive() or seat.console not in (there, None)):
                put_out(there)
                there.close()
                self.free(seat.number)
            elif not console.badge.takes_over:
                raise Refusal("seat_taken")
            elif await self._given(console, seat) and seat.console:
                seat.console.expel("taken_over")
                put_out(seat.console)

    async def _given(self, console: Console, seat: Seat) -> bool:
        """True once a lead gave the seat to the console, false where it was left meanwhile.

        A lead's own ticket is a lead's word. Raises Refusal: no_lead, seat_denied.
        """
        who = console.badge.operator
        if who.leads:
            _log.info("seat %s: %s takes it over as a lead", seat.number, who.id)
            return True
        if not list(self._leads(seat.number)):
            raise Refusal("no_lead")
        holder = seat.attendance
        wish = SeatWish(
            new_id(), seat.number, who.id, who.name, holder.operator, holder.name, self._clock.now()
        )
        answer: asyncio.Future[Word] = asyncio.get_running_loop().create_future()
        self._open[wish.id] = (wish, answer)
        console.send(Asked(seat=seat.number))
        self._tell(seat.number, SeatWanted(wish=wish))
        _log.info("seat %s: %s asks for it", seat.number, who.id)
        gone = asyncio.ensure_future(console.gone())
        either: set[asyncio.Future[Any]] = {answer, gone}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            del self._open[wish.id]
            self._tell(seat.number, SeatSettled(id=wish.id))
        if not answer.done() or answer.result() is Word.NO:
            raise Refusal("seat_denied")
        return answer.result() is Word.YES

    def obey(self, console: Console, command: GiveSeat) -> None:
        """A lead at another seat decides. Raises ExchangeRefused."""
        wish, answer = self._open.get(command.wish, (None, None))
        if not console.badge.operator.leads or (wish and wish.seat == console.badge.seat):
            raise ExchangeRefused("not_yours")
        if wish is None or answer is None or answer.done():
            raise ExchangeRefused("not_now")
        answer.set_result(Word.YES if command.on else Word.NO)
        word = "gives it to" if command.on else "does not give it to"
        _log.info("seat %s: %s %s %s", wish.seat, console.badge.operator.id, word, wish.operator)

    def free(self, seat: str) -> None:
        """Nobody holds the seat any more: of those who wait for it the first may have it."""
        for wish, answer in self._open.values():
            if wish.seat == seat and not answer.done():
                answer.set_result(Word.FREE)

    def greet(self, console: Console) -> None:
        """Tell a lead who has just come what waits for a word."""
        if console.badge.operator.leads:
            waiting = [wish for wish, _ in self._open.values() if wish.seat != console.badge.seat]
            console.send(*(SeatWanted(wish=wish) for wish in waiting))

    def _leads(self, seat: str) -> Iterable[Console]:
        return (one for one in self._consoles() if one.badge.operator.leads and one.badge.seat != seat)

    def _tell(self, seat: str, news: Message) -> None:
        for console in self._leads(seat):
            console.send(news)
