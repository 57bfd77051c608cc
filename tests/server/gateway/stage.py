"""The stage on which the contract of the exchange port is played: one caller, one seat, one third party."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from models.calls.call import Call
from models.calls.events import Answered, CallEvent, Invited, Joined, Offered, PartyRang
from models.calls.queueing import Rank
from models.ids import new_id
from server.gateway.exchange.port import Entered, Exchange, ExchangePicture, News
from tests.support.moments import passing

T = TypeVar("T", bound=News)


class Ears:
    """Keeps all news and lets a story wait until it heard something."""

    def __init__(self) -> None:
        self.news: list[News] = []
        self._more = asyncio.Event()

    def hear(self, news: News) -> None:
        self.news.append(news)
        self._more.set()

    def all(self, kind: type[T]) -> list[T]:
        return [one for one in self.news if isinstance(one, kind)]

    async def until(self, kind: type[T], fits: Callable[[T], bool] = lambda _: True) -> T:
        """The first news of this kind that fits, from the beginning on."""
        while True:
            for one in self.all(kind):
                if fits(one):
                    return one
            self._more.clear()
            await self._more.wait()

    def parties(self) -> list[str]:
        """The third parties so far, in the order of their invitations."""
        return [one.party for one in self.all(Invited)]

    def told(self, call: str) -> list[CallEvent]:
        return [one for one in self.news if isinstance(one, CallEvent) and one.call == call]


class People(ABC):
    """What people at telephones do, and the cable between gateway and exchange."""

    @abstractmethod
    async def staffed(self, seat: str) -> None:
        """Somebody sits at the colleague's or the lead's seat too; no caller of the queue rings there."""

    @abstractmethod
    async def records(self) -> None:
        """The exchange records conversations from now on."""

    @abstractmethod
    async def ring(self, number: str) -> None:
        """The caller calls the hotline with this number."""

    @abstractmethod
    async def caller_hangs_up(self) -> None:
        """The caller puts the telephone down."""

    @abstractmethod
    async def party_answers(self) -> None:
        """The third party, whose telephone rings, picks up."""

    @abstractmethod
    async def party_refuses(self) -> None:
        """The third party, whose telephone rings, is busy."""

    @abstractmethod
    async def party_leaves(self) -> None:
        """The third party, who talks, puts the telephone down."""

    @abstractmethod
    async def callee_answers(self, call: str) -> None:
        """Who is called from here, and whose telephone rings, picks up."""

    @abstractmethod
    async def callee_refuses(self, call: str) -> None:
        """Who is called from here, and whose telephone rings, is busy."""

    @abstractmethod
    async def callee_leaves(self, call: str) -> None:
        """Who was called from here puts the telephone down."""

    @abstractmethod
    async def party_heard(self, keys: str) -> None:
        """Wait until the third party heard these keypad tones."""

    @abstractmethod
    async def telephone_dies(self) -> None:
        """The telephone of the seat has no power any more; returns when the exchange knows it."""

    @abstractmethod
    async def line_breaks(self) -> None:
        """The gateway's connection to the exchange is lost; calls go on."""

    @abstractmethod
    async def line_returns(self) -> None:
        """The exchange can be reached again."""


class CallerLine(Protocol):
    """What is heard of the caller besides the voice."""

    async def presses(self, keys: str) -> None:
        """The caller, who talks, presses keys."""

    async def breaks_up(self) -> None:
        """From now on the caller's voice comes in pieces."""


class Outside(Protocol):
    """Callers whom nobody takes here: outside the hours, and at another hotline."""

    async def caller_wishes(self) -> None:
        """The caller, who hears that nobody is here, presses 1."""

    async def other_hotline_answers(self) -> None:
        """The hotline where a caller was sent picks up, once it rings."""

    async def other_hotline_is_busy(self) -> None:
        """The hotline where a caller was sent does not take the call."""

    def now(self) -> datetime:
        """The time by the exchange's clock."""


class Stage(People):
    """One exchange, one seat, one caller, one third party; `exchange.run` is running.

    The seat's telephone picks up by itself once `answer` brings the call to it.
    """

    exchange: Exchange
    ears: Ears
    outside: Outside
    seat: str
    caller_line: CallerLine
    dialled: str
    """The line the caller dials, as the exchange tells it."""
    colleague = "1002"
    lead = "1009"
    party: str = "110"
    """The digits that reach the third party."""
    withheld: str = ""
    """What a caller calls with who hides the number."""

    async def offered(self, number: str = "13800000001") -> str:
        """A call that rings at the seat; its id."""
        await self.exchange.set_ready(self.seat, True, "")
        await self.ring(number)
        return (await self.ears.until(Offered)).call

    async def waits(self, number: str, rank: Rank, seat: str = "") -> str:
        """A caller who comes in and is given this rank; the id of the call."""
        await self.ring(number)
        entered = await self.ears.until(Entered, lambda one: one.call.number == number)
        await self.exchange.queueing.rank(entered.call.id, rank, seat)
        return entered.call.id

    async def talking(self, number: str = "13800000001") -> str:
        """A call that is answered at the seat; its id."""
        call = await self.offered(number)
        await self.exchange.answer(call, self.seat)
        await self.ears.until(Answered)
        return call

    async def inviting(self, call: str) -> str:
        """A third party whose telephone rings; its id."""
        party = new_id()
        await self.exchange.invite(call, party, self.party, "110")
        await self.ears.until(PartyRang, lambda one: one.party == party)
        return party

    async def joined(self, call: str) -> str:
        """A third party who talks; its id."""
        party = await self.inviting(call)
        await self.party_answers()
        await self.ears.until(Joined, lambda one: one.party == party)
        return party

    async def call(self, call: str) -> Call | None:
        """The call in the exchange's picture."""
        return next((one for one in (await self.exchange.picture()).calls if one.id == call), None)

    async def picture_shows(self, fits: Callable[[ExchangePicture], bool]) -> ExchangePicture:
        """The first picture that fits; the events may run ahead of what the exchange lists."""
        while True:
            picture = await self.exchange.picture()
            if fits(picture):
                return picture
            await passing(0.01)
