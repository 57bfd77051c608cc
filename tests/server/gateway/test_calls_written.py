"""Every call that the exchange shows is with the server afterwards, once, whatever restarts meanwhile."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from models.calls.call import Call, CallState
from models.calls.events import CallEnd, Origin
from models.clock import ManualClock
from models.ids import new_id
from models.wire.commands import HangUp, Hold, Resume
from server.gateway.app import running
from server.gateway.exchange.simulated import Simulated
from tests.server.gateway.consoles import GIVE_UP, Site
from tests.support.callbook import Callbook, callbook
from tests.support.moments import until

CALLER = "13800000001"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Callbook:
    database = "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_database"))
    return callbook(tmp_path / "hotline", database)


@dataclass
class Shift:
    """One exchange over several lives of a gateway."""

    book: Callbook
    clock: ManualClock = field(default_factory=ManualClock)
    exchange: Simulated = field(init=False)

    def __post_init__(self) -> None:
        self.exchange = Simulated(self.clock)

    @asynccontextmanager
    async def gateway(self) -> AsyncIterator[Site]:
        settings = replace(self.book.settings(), port=0)
        async with running(settings, self.clock, self.exchange) as gateway:
            key = (self.book.folder / "tickets.key").read_bytes()
            yield Site(gateway.url, self.clock, self.exchange, key)


def play(book: Callbook, story: Callable[[Shift], Awaitable[None]]) -> None:
    async def evening() -> None:
        async with asyncio.timeout(GIVE_UP):
            await story(Shift(book))

    asyncio.run(evening())


def test_a_caller_whom_nobody_answered_is_with_the_server(book: Callbook) -> None:
    async def story(shift: Shift) -> None:
        async with shift.gateway() as site:
            call = site.scene.ring(CALLER, "12356")
            site.scene.caller_hangs_up(call)
            (told,) = (await book.shows(lambda calls: _over(calls, 1))).values()
        assert (told.id, told.site, told.number, told.dialled) == (call, "jinzhong", CALLER, "12356")
        assert (told.origin, told.end, told.answered_at) == (Origin.LINE, CallEnd.CALLER_HUNG_UP, None)
        assert told.entered_at
        assert told.ended_at
        assert told.entered_at < told.ended_at
        assert Counter(act.type for act in book.acts()) == {"call.add": 1, "call.event": 1}

    with book.running("server"):
        play(book, story)


def test_a_conversation_is_told_with_operator_seat_and_what_happened(book: Callbook) -> None:
    async def story(shift: Shift) -> None:
        async with shift.gateway() as site, site.at_work() as console:
            site.scene.ring(CALLER, "12356")
            call = await console.answered()
            assert (await console.do(Hold(id=new_id(), call=call))).ok
            assert (await console.do(Resume(id=new_id(), call=call))).ok
            assert (await console.do(HangUp(id=new_id(), call=call))).ok
            told = (await book.shows(lambda calls: _over(calls, 1)))[call]
        assert (told.seat, told.operator, told.end) == ("1001", "op-1001", CallEnd.OPERATOR_ENDED)
        assert told.held
        assert not told.held.on
        assert told.offers["1001"].rang_at
        acts = [act for act in book.acts() if act.type == "call.event"]
        assert len({act.op for act in acts}) == len(acts) == 5
        assert {act.outcome for act in book.acts()} == {"applied"}

    with book.running("server"):
        play(book, story)


def test_a_gateway_that_restarts_in_mid_call_writes_the_call_once(book: Callbook) -> None:
    async def story(shift: Shift) -> None:
        async with shift.gateway() as site, site.at_work() as console:
            site.scene.ring(CALLER, "12356")
            call = await console.answered()
            before = (await book.shows(_answered))[call]
        async with shift.gateway() as site, site.console() as back:
            assert [one.id for one in back.calls] == [call]
            assert (await back.do(HangUp(id=new_id(), call=call))).ok
            after = await book.shows(lambda calls: _over(calls, 1))
        assert list(after) == [call]
        assert replace(after[call], ended_at=None, end=None) == before
        assert Counter(act.type for act in book.acts())["call.add"] == 2

    with book.running("server"):
        play(book, story)


def test_a_call_that_ended_while_no_gateway_was_there_is_ended(book: Callbook) -> None:
    async def story(shift: Shift) -> None:
        async with shift.gateway() as site, site.at_work() as console:
            site.scene.ring(CALLER, "12356")
            call = await console.answered()
        site.scene.caller_hangs_up(call)
        async with shift.gateway():
            told = (await book.shows(lambda calls: _over(calls, 1)))[call]
        assert (told.end, told.number) == (CallEnd.LINE_LOST, CALLER)

    with book.running("server"):
        play(book, story)


@pytest.mark.expects_log("calls cannot be handed to the server")
@pytest.mark.expects_log("the server does not say who was revoked")
def test_the_server_may_be_away_for_long(book: Callbook, caplog: pytest.LogCaptureFixture) -> None:
    def tried() -> bool:
        return any("calls cannot be handed" in record.getMessage() for record in caplog.records)

    async def story(shift: Shift) -> None:
        async with shift.gateway() as site:
            for _ in range(3):
                site.scene.caller_hangs_up(site.scene.ring(CALLER, "12356"))
            await until(tried)
        async with shift.gateway() as site:
            site.scene.caller_hangs_up(site.scene.ring("", "12355"))
            with book.running("server"):
                calls = await book.shows(lambda calls: _over(calls, 4))
        assert Counter(call.number for call in calls.values()) == {CALLER: 3, "": 1}

    play(book, story)


@pytest.mark.expects_log("the server")
def test_what_waits_cannot_be_read_without_the_key(book: Callbook, caplog: pytest.LogCaptureFixture) -> None:
    async def story(shift: Shift) -> None:
        async with shift.gateway() as site:
            site.scene.caller_hangs_up(site.scene.ring(CALLER, "12356"))
            await until(lambda: any("calls cannot be handed" in one.getMessage() for one in caplog.records))

    play(book, story)
    files = list(book.folder.glob("outbox.db*"))
    assert files
    assert not any(CALLER.encode() in path.read_bytes() for path in files)
    assert (book.folder / "outbox.key").stat().st_mode & 0o077 == 0


def _answered(calls: dict[str, Call]) -> bool:
    return any(call.operator for call in calls.values())


def _over(calls: dict[str, Call], count: int) -> bool:
    return [call.state for call in calls.values()] == [CallState.ENDED] * count
