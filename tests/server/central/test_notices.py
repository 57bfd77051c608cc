"""Word from process to process over PostgreSQL, with nobody looking into the database."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from server.central.storage.engine import open_engine
from server.central.storage.notices import NAME, Notices, notices_over

pytestmark = pytest.mark.postgres


class _Process:
    """One end, with all that it heard."""

    def __init__(self, engine: Engine) -> None:
        self.heard: dict[str, int] = {}
        self._news = asyncio.Event()
        self.notices = Notices(engine, self._hear)

    def _hear(self, heads: Mapping[str, int]) -> None:
        self.heard.update(heads)
        self._news.set()

    async def until(self, feed: str, head: int) -> None:
        while self.heard.get(feed) != head:
            await self._news.wait()
            self._news.clear()


def _between(address: str, story: Callable[[_Process, _Process], Awaitable[None]]) -> None:
    engine = open_engine(address.replace("+psycopg", ""))

    async def whole() -> None:
        stop = asyncio.Event()
        one, other = _Process(engine), _Process(engine)
        keeping = [asyncio.create_task(end.notices.keep(stop)) for end in (one, other)]
        async with asyncio.timeout(60):
            await _joined(one, other)
            await story(one, other)
            stop.set()
            await asyncio.gather(*keeping)

    asyncio.run(whole())
    engine.dispose()


async def _joined(one: _Process, other: _Process) -> None:
    """Until each hears the other."""
    for speaker, listener in ((one, other), (other, one)):
        listener.heard.pop("hello", None)
        while "hello" not in listener.heard:
            speaker.notices.say({"hello": 1})
            waiting = asyncio.create_task(listener.until("hello", 1))
            await asyncio.wait([waiting], timeout=0.05)
            waiting.cancel()


def test_what_one_says_the_other_hears_however_much_it_is(postgres_database: str) -> None:
    async def story(one: _Process, other: _Process) -> None:
        many = {f"op:{'x' * 40}{n}": n for n in range(2000)}
        one.notices.say(many)
        for feed, head in many.items():
            await other.until(feed, head)
        other.notices.say({"line:太原": 7})
        await one.until("line:太原", 7)

    _between(postgres_database, story)


@pytest.mark.expects_log("no word from other processes")
def test_a_lost_connection_comes_back_by_itself(postgres_database: str) -> None:
    async def story(one: _Process, other: _Process) -> None:
        address = postgres_database.replace("+psycopg", "")
        async with await psycopg.AsyncConnection.connect(address, autocommit=True) as database:
            kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
            ended = await database.execute(kill, (NAME,))
            assert ended.rowcount == 2
        await _joined(one, other)
        one.notices.say({"line:jinzhong": 8})
        await other.until("line:jinzhong", 8)

    _between(postgres_database, story)


def test_sqlite_carries_no_word(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/central.sqlite3")
    assert notices_over(engine, lambda _: None) is None
    engine.dispose()
