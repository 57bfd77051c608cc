"""Seats of a real exchange: who comes begins with a break, and who answers nothing gets nothing more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import pytest

from models.clock import ManualClock, SystemClock
from models.people.operator import Role
from models.shifts.duty import DutyState
from models.wire.line import DutyChanged, Picture
from server.gateway.app import running
from server.gateway.exchange.simulated import Simulated
from tests.exchange.asterisk_stage import settings
from tests.server.gateway.consoles import Console, Site, settings_of
from tests.support.exchange import Exchange, Plan
from tests.support.parties import caller_line, party, seat_line

pytestmark = pytest.mark.exchange

GIVE_UP = 90  # seconds; only a story that hangs needs them


@asynccontextmanager
async def hotline(real: Exchange, roster: Path | None = None) -> AsyncIterator[Site]:
    clock = ManualClock(SystemClock().now())
    told = settings_of(exchange=settings(real), roster=roster)
    async with running(told, SystemClock()) as gateway:
        yield Site(gateway.url, clock, Simulated(clock))


def first(console: Console) -> DutyState:
    return next(news.duty.state for news in console.heard if isinstance(news, Picture))


async def is_paused(real: Exchange) -> bool:
    members = (await asyncio.to_thread(real.ask, "queue show hotline")).splitlines()
    return any("Local/1001@" in line and "paused" in line for line in members)


def test_a_first_sign_in_begins_with_a_break_though_the_queue_would_ring(exchange: Exchange) -> None:
    async def story() -> None:
        async with asyncio.timeout(GIVE_UP), hotline(exchange) as site, site.console() as console:
            assert first(console) is DutyState.BREAK
            while not await is_paused(exchange):
                pass

    asyncio.run(story())


def test_a_seat_is_ready_again_after_the_gateway_was_gone_and_rings_nobody_meanwhile(
    exchange: Exchange, tmp_path: Path
) -> None:
    async def story() -> None:
        kept = tmp_path / "shift.json"
        async with asyncio.timeout(GIVE_UP):
            async with hotline(exchange, kept) as site, site.at_work() as console:
                while await is_paused(exchange):
                    pass
                console.socket.transport.abort()
                await console.socket.wait_closed()
            async with hotline(exchange, kept) as site:
                while not await is_paused(exchange):
                    pass
                async with site.console() as console:
                    assert first(console) is DutyState.READY
                    while await is_paused(exchange):
                        pass

    asyncio.run(story())


@pytest.fixture
def hasty() -> Exchange:
    """An exchange whose seats ring for two seconds."""
    real = Exchange(Plan.on_free_ports())
    queues = real.folder / "etc/queues.conf"
    queues.write_text(queues.read_text().replace("timeout = 25", "timeout = 2"))
    return real


def test_two_rings_that_nobody_answers_end_being_ready_and_the_next_seat_rings(hasty: Exchange) -> None:
    async def story() -> None:
        with ExitStack() as people:
            await asyncio.to_thread(people.enter_context, party(hasty, seat_line(hasty)))
            caller = await asyncio.to_thread(people.enter_context, party(hasty, caller_line(hasty)))
            async with (
                asyncio.timeout(GIVE_UP),
                hotline(hasty) as site,
                site.console("1009", roles=(Role.LEAD,)) as lead,
                site.at_work() as console,
            ):
                caller.dial("12356")
                for told in (console, lead):
                    news = await told.until(DutyChanged, lambda one: one.duty.state is DutyState.BREAK)
                    while news.duty.unanswered != 2:
                        news = await told.until(DutyChanged)
                    assert news.duty.seat == "1001"
                line = seat_line(hasty, "1002")
                await asyncio.to_thread(people.enter_context, party(hasty, line))
                async with site.at_work("1002") as colleague:
                    await colleague.answered()
            await asyncio.to_thread(people.close)

    try:
        hasty.start()
        asyncio.run(story())
    finally:
        hasty.stop()
