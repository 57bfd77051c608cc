"""Events of a real exchange that never arrive: no call is missed for long, none is shown in vain for long."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from models.calls.call import CallState
from models.calls.events import CallEnd, Ended
from models.clock import ManualClock, SystemClock
from models.wire.line import Happened
from server.gateway.app import running
from server.gateway.exchange.asterisk_looks import LOOK_SECONDS
from server.gateway.exchange.simulated import Simulated
from tests.exchange.asterisk_stage import settings
from tests.exchange.sieve import Sieve, sieve
from tests.server.gateway.consoles import Site, settings_of
from tests.support.exchange import Exchange
from tests.support.parties import Party, caller_line, party, seat_line
from tests.support.tones import CALLER, OPERATOR

pytestmark = pytest.mark.exchange

GIVE_UP = 120  # seconds; only a story that hangs needs them, however busy the machine is
QUEUE = frozenset({"QueueCallerJoin", "AgentCalled", "DialBegin", "QueueCallerLeave", "AgentConnect"})
# Nobody is missed for longer, as far as the program itself waits; a busy machine adds its own.
LONGEST_SECONDS = 10.0
CHANNELS = frozenset({"Newchannel", "Newstate", "Hangup", "HangupRequest", "QueueMemberStatus"})


def test_the_two_looks_that_find_what_was_missed_come_within_ten_seconds() -> None:
    assert 2 * LOOK_SECONDS < LONGEST_SECONDS


@dataclass
class Place:
    """A gateway that hears less than it should, and people with telephones."""

    real: Exchange
    sieve: Sieve
    site: Site
    people: ExitStack

    async def telephone(self) -> Party:
        return await asyncio.to_thread(self.people.enter_context, party(self.real, seat_line(self.real)))

    async def caller(self) -> Party:
        """Somebody who can call the hotline."""
        line = caller_line(self.real)
        return await asyncio.to_thread(self.people.enter_context, party(self.real, line))


def play(real: Exchange, story: Callable[[Place], Awaitable[None]]) -> None:
    async def evening() -> None:
        clock = ManualClock(SystemClock().now())
        async with asyncio.timeout(GIVE_UP), sieve(real.plan.address, real.plan.ami_port) as line:
            told = settings_of(exchange=settings(real, line.port))
            async with running(told, SystemClock()) as gateway:
                with ExitStack() as people:
                    await story(Place(real, line, Site(gateway.url, clock, Simulated(clock)), people))
                    await asyncio.to_thread(people.close)

    asyncio.run(evening())


def test_a_caller_whose_coming_was_not_heard_rings_in_time(exchange: Exchange) -> None:
    async def story(there: Place) -> None:
        telephone = await there.telephone()
        caller = await there.caller()
        async with there.site.at_work() as console:
            there.sieve.lost = QUEUE | CHANNELS
            caller.dial("12356")
            await console.shows(CallState.RINGING)
            assert there.sieve.caught
            there.sieve.lost = frozenset()
            await console.answered()
            await asyncio.to_thread(caller.wait_hears, OPERATOR)
            await asyncio.to_thread(telephone.wait_hears, CALLER)

    play(exchange, story)


def test_an_end_that_was_not_heard_is_told_in_time(exchange: Exchange) -> None:
    async def story(there: Place) -> None:
        telephone = await there.telephone()
        caller = await there.caller()
        async with there.site.at_work() as console:
            caller.dial("12356")
            call = await console.answered()
            await asyncio.to_thread(telephone.wait_hears, CALLER)
            there.sieve.lost = QUEUE | CHANNELS
            caller.hang_up()
            ended = await console.until(Happened, lambda news: isinstance(news.event, Ended))
            assert isinstance(ended.event, Ended)
            assert (ended.event.call, ended.event.end) == (call, CallEnd.LINE_LOST)
            assert console.calls == []

    play(exchange, story)


def test_a_seat_that_somebody_paused_by_hand_is_ready_again_in_time(exchange: Exchange) -> None:
    async def story(there: Place) -> None:
        await there.telephone()
        caller = await there.caller()
        async with there.site.at_work() as console:
            there.sieve.lost = frozenset({"QueueMemberPause"})
            member = "Local/1001@xinqiao-seat/n"
            await asyncio.to_thread(exchange.ask, f"queue pause member {member} queue hotline")
            caller.dial("12356")
            await console.shows(CallState.RINGING)
            caller.hang_up()
            await console.shows()

    play(exchange, story)
