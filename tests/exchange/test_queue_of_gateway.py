"""A whole gateway on a real exchange: who rings next at the seat, whatever else waits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

import pytest

from models.calls.call import CallState
from models.calls.queueing import Rank
from models.clock import ManualClock, SystemClock
from models.ids import new_id
from models.wire.commands import HangUp
from models.wire.line import QueueMoved
from server.gateway.app import running
from server.gateway.exchange.asterisk import Asterisk
from server.gateway.exchange.simulated import Simulated
from tests.exchange.asterisk_stage import settings
from tests.server.gateway.consoles import PRIVATE, Console, Site, settings_of
from tests.support.exchange import Exchange
from tests.support.parties import Party, caller_line, party, seat_line

pytestmark = pytest.mark.exchange
GIVE_UP = 90
FLOOD, SECOND = "13900000009", "13800000002"


@asynccontextmanager
async def at_work(real: Exchange) -> AsyncIterator[Console]:
    """A gateway, and a console at seat 1001 whose operator takes calls."""
    clock = ManualClock(SystemClock().now())
    exchange = Asterisk(settings(real), SystemClock())
    async with running(settings_of(), SystemClock(), exchange) as gateway:
        site = Site(gateway.url, clock, Simulated(clock), PRIVATE)
        async with site.at_work() as console:
            yield console


async def waiting(console: Console, n: int) -> None:
    await console.until(QueueMoved, lambda one: one.queue.waiting == n)


async def next_number(console: Console) -> str:
    """End the conversation and take the next call; whose it is."""
    (now,) = console.calls
    assert (await console.do(HangUp(id=new_id(), call=now.id))).ok
    await console.shows()
    await console.ready()
    (ringing,) = await console.shows(CallState.RINGING)
    await console.answered()
    return ringing.number


def test_neither_the_police_nor_a_second_caller_waits_behind_a_flood(exchange: Exchange) -> None:
    async def story() -> None:
        with ExitStack() as telephones:

            async def calls(number: str) -> Party:
                line = caller_line(exchange, number)
                telephone = await asyncio.to_thread(telephones.enter_context, party(exchange, line))
                telephone.dial("12356")
                return telephone

            await asyncio.to_thread(telephones.enter_context, party(exchange, seat_line(exchange)))
            async with at_work(exchange) as console:
                await calls("13700000000")
                await console.answered()
                for _ in range(7):
                    await calls(FLOOD)
                await waiting(console, 7)
                await calls(SECOND)
                await calls("110")
                await waiting(console, 9)
                assert await next_number(console) == "110"
                police = next(one for one in console.board.values() if one.number == "110")
                assert police.ranking
                assert police.ranking.rank is Rank.EMERGENCY
                # Five rings of the flood came before the second caller, and two of them are behind.
                order = [await next_number(console) for _ in range(7)]
                assert order == [FLOOD] * 5 + [SECOND, FLOOD]

    async def evening() -> None:
        async with asyncio.timeout(GIVE_UP):
            await story()

    asyncio.run(evening())
