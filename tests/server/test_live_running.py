"""Hints over HTTP from real processes: quick over several of them, and late but never lost without word."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any

import httpx2
import psycopg
import pytest

from console.session.endpoint import endpoint
from console.sync.api import ServerApi
from models.clock import SystemClock
from models.ids import new_id
from models.operation import Operation
from models.people.operator import Role
from models.wire.sync import Push, PushedOperation
from server.central.serving import bind, central_server
from server.central.storage.notices import NAME
from tests.faults.founded import Founded
from tests.support.hotline import SITE, found_hotline
from tests.support.programs import program, run

CLOCK = SystemClock()
QUICK_SECONDS = 0.3


class Ear:
    """One stream of hints."""

    def __init__(self, answer: httpx2.Response) -> None:
        self._lines = answer.aiter_lines()

    async def opened(self) -> "Ear":
        assert await anext(self._lines) == ": open"
        return self

    async def hint(self) -> set[str]:
        async for line in self._lines:
            if line.startswith("data:"):
                return set(json.loads(line[5:])["feeds"])
        raise EOFError

    async def end(self) -> None:
        """Until the server ends it."""
        async for _ in self._lines:
            pass


@asynccontextmanager
async def listening(url: str, token: str) -> AsyncIterator[Ear]:
    async with httpx2.AsyncClient(base_url=url, trust_env=False, timeout=30) as web:
        headers = {"Authorization": f"Bearer {token}"}
        async with web.stream("GET", "/sync/v1/live", headers=headers) as answer:
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/event-stream")
            yield await Ear(answer).opened()


class Author:
    """Somebody who adds a call at a server, again and again."""

    def __init__(self, url: str, token: str, who: str = "zhang") -> None:
        self._where = (url, token, who)
        self._epoch, self._seq = new_id(), 0

    async def write(self) -> None:
        url, token, who = self._where
        self._seq += 1
        body = {"site": SITE, "number": "13800138000", "entered_at": CLOCK.now().isoformat()}
        add = Operation(new_id(), "call.add", new_id(), who, CLOCK.now(), body)
        push = Push(app="test", epoch=self._epoch, ops=(PushedOperation.of(self._seq, add),))
        async with httpx2.AsyncClient(base_url=url, trust_env=False, timeout=30) as web:
            headers = {"Authorization": f"Bearer {token}"}
            answer = await web.post("/sync/v1/push", json=push.model_dump(mode="json"), headers=headers)
            assert answer.status_code == 200, answer.text


def telling(story: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with asyncio.timeout(120):
            await story()

    asyncio.run(whole())


async def delays(ear: Ear, author: Author, times: int) -> list[float]:
    """Seconds from the answer to each push until its hint."""
    taken = []
    for _ in range(times):
        await author.write()
        began = CLOCK.monotonic()
        assert await ear.hint()
        taken.append(CLOCK.monotonic() - began)
    return taken


@pytest.mark.postgres
@pytest.mark.expects_log("no word from other processes: AdminShutdown")
def test_a_push_at_one_process_is_hinted_at_by_the_other_also_after_its_connection_was_lost(
    tmp_path: Path, postgres_database: str
) -> None:
    found_hotline(tmp_path, postgres_database)
    token = Founded(tmp_path).token("zhang")
    direct = postgres_database.replace("+psycopg", "")

    async def story(first: str, second: str) -> None:
        author = Author(first, token)
        async with listening(second, token) as ear:
            assert median(await delays(ear, author, 7)) < QUICK_SECONDS
            async with await psycopg.AsyncConnection.connect(direct, autocommit=True) as database:
                before = await _connected(database)
                assert len(before) == 2
                for pid in before:
                    await database.execute("SELECT pg_terminate_backend(%s)", (pid,))
                # No word goes round now; a look into the database finds it all the same.
                assert max(await delays(ear, author, 1)) < 5
                while len(now := await _connected(database)) < 2 or now & before:
                    await asyncio.wait([asyncio.create_task(database.execute("SELECT 1"))])
            await author.write()
            await ear.hint()
            assert median(await delays(ear, author, 7)) < QUICK_SECONDS

    with program("server", "--folder", tmp_path) as one, program("server", "--folder", tmp_path) as other:
        telling(lambda: story(one.url, other.url))


async def _connected(database: "psycopg.AsyncConnection[Any]") -> set[int]:
    found = await database.execute("SELECT pid FROM pg_stat_activity WHERE application_name = %s", (NAME,))
    return {row[0] for row in await found.fetchall()}


def test_over_sqlite_a_look_each_second_finds_what_another_process_wrote(tmp_path: Path) -> None:
    found_hotline(tmp_path)
    token = Founded(tmp_path).token("zhang")

    async def story(first: str, second: str) -> None:
        async with listening(second, token) as ear:
            assert max(await delays(ear, Author(first, token), 3)) < 5

    with program("server", "--folder", tmp_path) as one, program("server", "--folder", tmp_path) as other:
        telling(lambda: story(one.url, other.url))


def test_the_console_hears_the_server_and_only_what_it_may_read(tmp_path: Path) -> None:
    found_hotline(tmp_path)
    founded = Founded(tmp_path)
    zhang, li, lead = founded.token("zhang"), founded.token("li"), founded.token("wang", Role.LEAD)

    async def story(url: str) -> None:
        console = ServerApi(endpoint(url), "test")
        opened = asyncio.Event()
        heard: Any = console.live(li, opened.set)
        hint = asyncio.ensure_future(anext(heard))
        await opened.wait()
        async with listening(url, lead) as ear:
            await Author(url, zhang).write()
            assert f"shift:{SITE}" not in set(await hint)
            assert await hint == (f"line:{SITE}",)
            assert "op:zhang" not in await ear.hint()
        await heard.aclose()
        await console.close()

    with program("server", "--folder", tmp_path) as one:
        telling(lambda: story(one.url))


def test_a_stream_ends_when_its_operator_is_revoked_and_when_the_server_stops(tmp_path: Path) -> None:
    found_hotline(tmp_path)
    run("operator", "add", "--folder", tmp_path, "zhang", "--password-stdin", said="correct horse\n")
    founded = Founded(tmp_path)

    with program("server", "--folder", tmp_path) as one:

        async def story() -> None:
            async with listening(one.url, founded.token("zhang")) as ear, AsyncExitStack() as later:
                staying = await later.enter_async_context(listening(one.url, founded.token("li")))
                await asyncio.to_thread(run, "operator", "revoke", "--folder", tmp_path, "zhang")
                await ear.end()
                assert await asyncio.to_thread(one.stop) == 0
                await staying.end()

        telling(story)


def test_a_thousand_listeners_hear_one_push(tmp_path: Path) -> None:
    found_hotline(tmp_path)
    token = Founded(tmp_path).token("zhang")

    async def story(url: str) -> None:
        lines = [await _raw(url, token) for _ in range(1000)]
        author = Author(url, token)
        for _ in range(2):
            await author.write()
            await asyncio.gather(*(line[0].readuntil(b"event: hint\n") for line in lines))
        for _, writer in lines:
            writer.close()

    with program("server", "--folder", tmp_path) as one:
        telling(lambda: story(one.url))
        assert one.stop() == 0


def test_who_takes_nothing_of_what_is_sent_is_cut_off(tmp_path: Path) -> None:
    found_hotline(tmp_path)
    founded = Founded(tmp_path)
    config = founded.config

    async def story() -> None:
        with founded.database() as engine, bind(config) as listening_socket:
            listening_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 500)
            server = central_server(config, engine, CLOCK, listening_socket)
            serving = asyncio.create_task(server.serve(sockets=[listening_socket]))
            app: Any = server.config.app
            news = app.state.desks.news
            url = f"http://127.0.0.1:{listening_socket.getsockname()[1]}"
            deaf = socket.socket()
            # So little room that some hundred hints fill it.
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
            deaf.setblocking(False)
            await asyncio.get_running_loop().sock_connect(deaf, listening_socket.getsockname())
            _, writer = await _raw(url, founded.token("zhang"), deaf)
            transport: Any = writer.transport
            transport.pause_reading()
            assert news.listeners == 1
            n = 0
            while news.listeners:
                n += 1
                news.hear({f"line:{SITE}": n})
                await asyncio.wait([serving], timeout=0.001)
            writer.close()
            server.should_exit = True
            await serving

    telling(story)


async def _raw(
    url: str, token: str, sock: socket.socket | None = None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    where: dict[str, Any] = (
        {"sock": sock} if sock else {"host": "127.0.0.1", "port": int(url.rsplit(":", 1)[1])}
    )
    reader, writer = await asyncio.open_connection(**where)
    writer.write(f"GET /sync/v1/live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
    await reader.readuntil(b": open\n")
    return reader, writer
