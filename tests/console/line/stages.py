"""What surrounds a line in the contract: the script, or a real gateway over the simulated exchange."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import TypeVar

from console.line import port
from console.line.fake import Exchange, ScriptedLine
from console.line.gateway import GatewayLine
from console.line.port import Line, News
from console.session.endpoint import endpoint
from models.calls.advance import advance
from models.calls.call import Call
from models.clock import ManualClock
from server.gateway.app import running
from server.gateway.exchange.simulated import Pace, Simulated
from server.gateway.settings import Settings
from tests.server.gateway.consoles import PUBLIC, ticket_of

SEAT = "1001"
GIVE_UP = 20
T = TypeVar("T")


class Ears:
    """Keeps all news, and the calls they add up to."""

    def __init__(self) -> None:
        self.news: list[News] = []
        self.calls: dict[str, Call] = {}
        self._more = asyncio.Event()

    def hear(self, news: News) -> None:
        self.news.append(news)
        match news:
            case port.Picture(calls):
                self.calls = {call.id: call for call in calls}
            case port.Happened(event):
                known = self.calls.get(event.call, Call(event.call))
                self.calls[event.call] = advance(known, event)
        self._more.set()

    async def until(self, fits: Callable[[], T]) -> T:
        """What a look at the news gives, as soon as it gives anything."""
        async with asyncio.timeout(GIVE_UP):
            while not (found := fits()):
                self._more.clear()
                await self._more.wait()
            return found

    async def kind(self, kind: type[T], after: int = 0) -> T:
        """The first news of a kind after so many news."""
        found = await self.until(lambda: [one for one in self.news[after:] if isinstance(one, kind)])
        return found[0]


class Stage(ABC):
    """A line with its surroundings; `run` tells `ears`."""

    line: Line
    ticket: str
    bad_ticket: str

    def __init__(self) -> None:
        self.ears = Ears()

    @abstractmethod
    def ring(self, number: str) -> str:
        """A caller rings at the seat; the call's id."""

    @abstractmethod
    def caller_hangs_up(self, call: str) -> None:
        """The caller puts the telephone down."""

    @abstractmethod
    def party_answers(self, call: str, party: str) -> None:
        """The third party's telephone has rung and is picked up."""

    @abstractmethod
    async def cut(self) -> None:
        """The gateway is gone."""

    @abstractmethod
    async def mend(self) -> None:
        """It is back."""

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """The line runs."""
        run = asyncio.create_task(self.line.run(self.ticket, SEAT, self.ears.hear))
        await self.ears.kind(port.Picture)
        yield
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)


class ScriptedStage(Stage):
    """The shipped fake."""

    ticket = "op-1001"
    bad_ticket = ""

    def __init__(self) -> None:
        super().__init__()
        self.exchange = Exchange(ManualClock())
        self.line = ScriptedLine(self.exchange)

    def ring(self, number: str) -> str:
        return self.exchange.ring(SEAT, number)

    def caller_hangs_up(self, call: str) -> None:
        self.exchange.end(call)

    def party_answers(self, call: str, party: str) -> None:
        self.exchange.party_rings(call, party)
        self.exchange.party_joins(call, party)

    async def cut(self) -> None:
        self.exchange.cut()

    async def mend(self) -> None:
        self.exchange.mend()


class GatewayStage(Stage):
    """The real client, a real gateway on loopback, callers of the simulated exchange."""

    bad_ticket = "nonsense"

    def __init__(self) -> None:
        super().__init__()
        self.clock = ManualClock()
        self.exchange = Simulated(self.clock, Pace(party_rings=None))
        self.ticket = ticket_of(self.clock, SEAT)
        self.settings = Settings("jinzhong", PUBLIC)
        self.mended = asyncio.Event()

    async def start(self) -> None:
        self._gateway = AsyncExitStack()
        gateway = await self._gateway.enter_async_context(running(self.settings, self.clock, self.exchange))
        self.url = gateway.url
        address = int(gateway.url.split(":")[2].split("/")[0])
        self.settings = replace(self.settings, port=address)
        self.mended.set()
        if not hasattr(self, "line"):
            self.line = self.another_line()

    def another_line(self) -> GatewayLine:
        return GatewayLine(endpoint(self.url), self.clock, self.wait)

    async def wait(self, _event: asyncio.Event, _seconds: float) -> bool:
        """A pause that is over when there is something to connect to."""
        await self.mended.wait()
        return False

    def ring(self, number: str) -> str:
        return self.exchange.scene.ring(number, "12356")

    def caller_hangs_up(self, call: str) -> None:
        self.exchange.scene.caller_hangs_up(call)

    def party_answers(self, call: str, party: str) -> None:
        self.exchange.scene.party_rings(call, party)
        self.exchange.scene.party_answers(call, party)

    async def cut(self) -> None:
        self.mended.clear()
        await self._gateway.aclose()

    async def mend(self) -> None:
        await self.start()


@asynccontextmanager
async def stage(kind: str) -> AsyncIterator[Stage]:
    """One of the stages, set up."""
    if kind == "scripted":
        yield ScriptedStage()
        return
    real = GatewayStage()
    await real.start()
    try:
        yield real
    finally:
        await real.cut()
