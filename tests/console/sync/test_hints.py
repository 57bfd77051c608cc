"""Hints of the server: each leads to a round at once; without them the long poll does the same work."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from console.sync.api import NoHints
from console.sync.live import hints
from models.people.operator import Role
from tests.console.sync.test_pump import Desk
from tests.server.central.hotline import Hotline
from tests.support.sealed import open_sealed

STREAM = b': open\n\nevent: hint\ndata: {"feeds": ["op:zhang"]}\n\n'


class Hinting(httpx2.AsyncBaseTransport):
    """A server with hints before the real one: says what it is told to, until it is cut."""

    def __init__(self, server: httpx2.AsyncBaseTransport, status: int = 200) -> None:
        self._server = server
        self._status = status
        self.said: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.asked: list[httpx2.Request] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path != "/sync/v1/live":
            return await self._server.handle_async_request(request)
        self.asked.append(request)
        return httpx2.Response(self._status, content=self._stream(), request=request)

    async def _stream(self) -> AsyncIterator[bytes]:
        while (said := await self.said.get()) is not None:
            yield said


async def _lines(*lines: str) -> AsyncIterator[str]:
    for line in lines:
        yield line


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    engine = open_sealed(f"sqlite:///{tmp_path / 'central.db'}")
    hotline = Hotline(engine)
    desk = Desk(hotline, hotline.ticket(Role.OPERATOR, name="zhang"), tmp_path / "zhang.db")
    yield desk
    desk.device.storage.close()
    engine.dispose()


def living(desk: Desk, story: Callable[[Hinting], Awaitable[None]], status: int = 200) -> None:
    """The pump runs while the story is told."""

    async def whole() -> None:
        hinting = Hinting(desk.network, status)
        desk.api._transport = hinting
        work = asyncio.create_task(desk.pump.run())
        async with asyncio.timeout(20):
            await story(hinting)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await desk.api.close()

    asyncio.run(whole())


async def pulls(desk: Desk, count: int) -> None:
    """Until so many pulls were made."""
    there = asyncio.Event()

    def look() -> None:
        if sum(one.method == "GET" for one in desk.network.requests) >= count:
            there.set()

    desk.network.heard = look
    look()
    await there.wait()


def test_each_hint_leads_to_a_round_and_nothing_polls_meanwhile(desk: Desk) -> None:
    async def story(hinting: Hinting) -> None:
        hinting.said.put_nowait(b": open\n\n")
        await pulls(desk, 2)
        before = sum(one.method == "GET" for one in desk.network.requests)
        hinting.said.put_nowait(STREAM)
        await pulls(desk, before + 1)
        assert desk.pump._ear.on

    living(desk, story)
    request = desk.network.requests[-1]
    assert request.url.params.get("wait") in ("0", None)


def test_where_the_stream_breaks_a_round_finds_what_was_missed(desk: Desk) -> None:
    async def story(hinting: Hinting) -> None:
        await pulls(desk, 2)
        before = sum(one.method == "GET" for one in desk.network.requests)
        hinting.said.put_nowait(None)
        await pulls(desk, before + 1)

    living(desk, story)


@pytest.mark.parametrize("status", [404, 405])
def test_a_server_without_hints_is_asked_once_and_polled(desk: Desk, status: int) -> None:
    async def story(hinting: Hinting) -> None:
        hinting.said.put_nowait(None)
        await pulls(desk, 2)
        assert len(hinting.asked) == 1
        assert desk.network.requests[-1].url.params["wait"] != "0"

    living(desk, story, status)


def test_hints_name_feeds_and_garbage_names_none() -> None:
    async def heard() -> list[tuple[str, ...]]:
        lines = (
            ": open",
            "",
            "event: hint",
            'data: {"feeds": ["a", "b"]}',
            "",
            "event: other",
            "data: {}",
            "",
            "data: nonsense",
            "",
            ": still there",
            "",
        )
        return [feeds async for feeds in hints(_lines(*lines))]

    assert asyncio.run(heard()) == [("a", "b"), ()]


def test_a_refused_stream_is_no_hint(desk: Desk) -> None:
    async def story() -> None:
        desk.api._transport = Hinting(desk.network, 404)
        with pytest.raises(NoHints):
            await anext(desk.api.live("nonsense", lambda: None))
        await desk.api.close()

    asyncio.run(story())
