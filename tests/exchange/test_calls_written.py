"""A gateway is killed beside a real exchange: every call is with the real server afterwards, once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from models.calls.call import Call, CallState
from models.calls.events import CallEnd
from models.clock import ManualClock, SystemClock
from models.ids import new_id
from models.wire.commands import HangUp
from server.gateway.exchange.simulated import Simulated
from tests.server.gateway.consoles import Site
from tests.support.callbook import Callbook, Gateway, callbook
from tests.support.exchange import Exchange
from tests.support.parties import Party

pytestmark = [pytest.mark.exchange, pytest.mark.postgres]
GIVE_UP = 90
LINE = "12356"


@pytest.fixture
def book(tmp_path: Path, postgres_database: str, exchange: Exchange) -> Callbook:
    book = callbook(tmp_path / "hotline", postgres_database)
    book.join(exchange)
    return book


@asynccontextmanager
async def seats(book: Callbook, gateway: Gateway) -> AsyncIterator[Site]:
    """The seats of the hotline at this gateway."""
    clock = ManualClock(SystemClock().now())
    key = (book.folder / "tickets.key").read_bytes()
    yield Site(gateway.url, clock, Simulated(clock), key)


def over(calls: dict[str, Call]) -> bool:
    return [call.state for call in calls.values()] == [CallState.ENDED]


def waits(calls: dict[str, Call]) -> bool:
    return [call.state for call in calls.values()] == [CallState.WAITING]


def answered(calls: dict[str, Call]) -> bool:
    return [call.operator for call in calls.values()] == ["op-1001"]


def one(book: Callbook, fits: Callable[[dict[str, Call]], bool]) -> Call:
    """The one call that the server knows, once it fits."""

    async def shown() -> Call:
        async with asyncio.timeout(GIVE_UP):
            (call,) = (await book.shows(fits)).values()
            return call

    return asyncio.run(shown())


def assert_each_act_once(book: Callbook) -> None:
    acts = book.acts()
    assert {act.outcome for act in acts} == {"applied"}
    assert max(Counter(act.op for act in acts).values()) == 1
    assert len({act.call for act in acts}) == 1


def test_a_caller_whom_nobody_answered_is_with_the_server(book: Callbook, caller: Party) -> None:
    with book.running("server"), book.gateway():
        caller.dial(LINE)
        came = one(book, waits)
        caller.hang_up()
        gone = one(book, over)
    assert (gone.id, gone.number, gone.dialled) == (came.id, came.number, LINE)
    assert came.number
    assert (gone.answered_at, gone.end) == (None, CallEnd.CALLER_HUNG_UP)
    assert_each_act_once(book)


def test_a_caller_gives_up_while_the_gateway_is_dead(book: Callbook, caller: Party) -> None:
    with book.running("server"):
        with book.gateway() as gateway:
            caller.dial(LINE)
            came = one(book, waits)
            gateway.kill()
        caller.hang_up()
        with book.gateway():
            gone = one(book, over)
    assert replace(gone, ended_at=None, end=None) == came
    assert (gone.answered_at, gone.end) == (None, CallEnd.LINE_LOST)
    assert_each_act_once(book)


def test_a_gateway_that_is_killed_in_mid_call_writes_the_call_once(
    book: Callbook, caller: Party, operator_phone: Party
) -> None:
    async def take(gateway: Gateway) -> str:
        async with asyncio.timeout(GIVE_UP), seats(book, gateway) as site, site.at_work() as console:
            caller.dial(LINE)
            call = await console.answered()
            await book.shows(answered)
            gateway.kill()
            return call

    async def end(gateway: Gateway, call: str) -> None:
        async with asyncio.timeout(GIVE_UP), seats(book, gateway) as site, site.console() as console:
            assert [known.id for known in console.calls] == [call]
            assert (await console.do(HangUp(id=new_id(), call=call))).ok

    with book.running("server"):
        with book.gateway() as gateway:
            call = asyncio.run(take(gateway))
        before = one(book, answered)
        with book.gateway() as gateway:
            asyncio.run(end(gateway, call))
            after = one(book, over)
    assert (after.id, after.seat, after.operator) == (call, "1001", "op-1001")
    assert (after.entered_at, after.answered_at) == (before.entered_at, before.answered_at)
    assert after.end is CallEnd.OPERATOR_ENDED
    assert_each_act_once(book)
