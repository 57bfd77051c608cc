"""A gateway and its consoles while the line to a real exchange is missing, half open or slow."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from models.calls.call import CallState
from models.calls.events import CallEnd, Ended, Joined
from models.ids import new_id
from models.shifts.duty import DutyState
from models.wire.commands import HangUp, Hold, Invite, Resume
from models.wire.line import DutyChanged, Happened, LineChanged, Picture
from tests.exchange.place import Place, hear, place
from tests.server.gateway.consoles import Console
from tests.support.exchange import Exchange, Plan
from tests.support.tones import CALLER, HOLD, OPERATOR, POLICE

pytestmark = pytest.mark.exchange

GIVE_UP = 120  # seconds; only a story that hangs needs them, however busy the machine is


def play(real: Exchange, story: Callable[[Place], Awaitable[None]]) -> None:
    async def evening() -> None:
        async with asyncio.timeout(GIVE_UP), place(real) as there:
            await story(there)

    asyncio.run(evening())


async def line_is(console: Console, problem: str) -> None:
    await console.until(LineChanged, lambda news: news.line == problem)


def test_a_gateway_waits_for_an_exchange_that_is_not_there_yet() -> None:
    real = Exchange(Plan.on_free_ports())

    async def story(there: Place) -> None:
        async with there.site.console() as console:
            (picture,) = [news for news in console.heard if isinstance(news, Picture)]
            assert picture.line == "line_lost"
            await asyncio.to_thread(real.start)
            await line_is(console, "")
            telephone = await there.telephone()
            await console.ready()
            caller = await there.caller()
            await console.answered()
            await hear(caller, OPERATOR)
            await hear(telephone, CALLER)

    try:
        play(real, story)
    finally:
        real.stop()


def test_an_exchange_that_is_restarted_ends_calls_and_gives_the_seats_back() -> None:
    real = Exchange(Plan.on_free_ports())

    async def story(there: Place) -> None:
        telephone = await there.telephone()
        async with there.site.at_work() as console:
            await there.caller()
            call = await console.answered()
            await hear(telephone, CALLER)
            await asyncio.to_thread(real.kill)
            await line_is(console, "line_lost")
            # What was last known stays on the board, with that mark.
            assert [(one.id, one.state) for one in console.calls] == [(call, CallState.TALKING)]
            await asyncio.to_thread(real.start)
            ended = await console.until(Happened, lambda news: isinstance(news.event, Ended))
            assert isinstance(ended.event, Ended)
            assert (ended.event.call, ended.event.end) == (call, CallEnd.LINE_LOST)
            await console.until(DutyChanged, lambda news: news.duty.state is DutyState.WRAP_UP)
            assert console.calls == []
            telephone.hang_up()
            await console.ready()
            again = await there.caller()
            await console.answered()
            await hear(again, OPERATOR)

    try:
        real.start()
        play(real, story)
    finally:
        real.stop()


def test_a_half_open_line_is_noticed_and_the_conversation_goes_on(exchange: Exchange) -> None:
    async def story(there: Place) -> None:
        telephone = await there.telephone()
        async with there.site.at_work() as console:
            caller = await there.caller()
            call = await console.answered()
            await hear(caller, OPERATOR)
            there.wire.freeze()
            await line_is(console, "line_lost")
            assert (await console.do(Hold(id=new_id(), call=call))).why == "line_lost"
            await hear(caller, OPERATOR)
            await hear(telephone, CALLER)
            there.wire.thaw()
            await line_is(console, "")
            await console.shows(CallState.TALKING)
            assert (await console.do(Hold(id=new_id(), call=call))).ok
            await hear(caller, HOLD)

    play(exchange, story)


def test_who_hung_up_behind_a_half_open_line_is_not_shown_any_more(exchange: Exchange) -> None:
    async def story(there: Place) -> None:
        await there.telephone()
        async with there.site.at_work() as console:
            caller = await there.caller()
            call = await console.answered()
            there.wire.freeze()
            caller.hang_up()
            await asyncio.to_thread(caller.wait_for, "closed")
            await line_is(console, "line_lost")
            there.wire.thaw()
            ended = await console.until(Happened, lambda news: isinstance(news.event, Ended))
            assert ended.event.call == call
            assert console.calls == []

    play(exchange, story)


def test_a_slow_line_does_everything_late(exchange: Exchange) -> None:
    async def story(there: Place) -> None:
        telephone, police = await there.telephone(), await there.police()
        there.wire.delay = 0.4
        async with there.site.at_work() as console:
            caller = await there.caller()
            call = await console.answered()
            await hear(telephone, CALLER)
            assert (await console.do(Hold(id=new_id(), call=call))).ok
            await hear(caller, HOLD)
            await console.shows(CallState.HELD)
            assert (await console.do(Resume(id=new_id(), call=call))).ok
            await hear(caller, OPERATOR)
            wish = Invite(id=new_id(), call=call, party=new_id(), dial="110", label="110")
            assert (await console.do(wish)).ok
            await asyncio.to_thread(police.answer)
            await console.until(Happened, lambda news: isinstance(news.event, Joined))
            await hear(caller, OPERATOR, POLICE)
            assert (await console.do(HangUp(id=new_id(), call=call))).ok
            await asyncio.to_thread(caller.wait_for, "closed")
            assert console.calls == []
            assert not [news for news in console.heard if isinstance(news, LineChanged)]

    play(exchange, story)
