"""A gateway over a wire to a real exchange, and the people with telephones around it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass

from models.clock import ManualClock, SystemClock
from server.gateway.app import running
from server.gateway.exchange.simulated import Simulated
from tests.exchange.asterisk_stage import settings
from tests.exchange.wire import Wire, wire
from tests.server.gateway.consoles import Site, settings_of
from tests.support.exchange import Exchange
from tests.support.parties import Party, caller_line, party, police_line, seat_line

LINE = "12356"


@dataclass
class Place:
    """A gateway over a wire to a real exchange, and people with telephones."""

    real: Exchange
    wire: Wire
    site: Site
    people: ExitStack

    async def telephone(self) -> Party:
        """The telephone of seat 1001."""
        return await asyncio.to_thread(self.people.enter_context, party(self.real, seat_line(self.real)))

    async def police(self) -> Party:
        return await asyncio.to_thread(self.people.enter_context, party(self.real, police_line(self.real)))

    async def caller(self) -> Party:
        """Somebody who calls the hotline now."""
        line = caller_line(self.real)
        one = await asyncio.to_thread(self.people.enter_context, party(self.real, line))
        one.dial(LINE)
        return one


async def hear(who: Party, *tones: int) -> None:
    await asyncio.to_thread(who.wait_hears, *tones)


@asynccontextmanager
async def place(real: Exchange) -> AsyncIterator[Place]:
    async with wire(real.plan.address, real.plan.ami_port) as line:
        # The gateway's own clock is that of consoles' tickets; the exchange keeps its own.
        clock = ManualClock(SystemClock().now())
        told = settings_of(exchange=settings(real, line.port))
        async with running(told, SystemClock()) as gateway:
            with ExitStack() as people:
                yield Place(real, line, Site(gateway.url, clock, Simulated(clock)), people)
                # Leaving a telephone waits for its process.
                await asyncio.to_thread(people.close)
