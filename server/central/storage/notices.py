"""Word from one process of a server to the others, over a connection to PostgreSQL of its own.

Word that is lost costs a second: every process looks into the database as often.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import psycopg
from sqlalchemy import Engine

NAME = "xinqiao-news"
"""How the connection is called in the list of those that PostgreSQL has."""
_CHANNEL = "xinqiao_news"
# PostgreSQL takes less than 8,000 bytes.
_MOST_BYTES = 7_000
_FIRST_PAUSE_SECONDS = 0.25
_MOST_PAUSE_SECONDS = 15.0
_LOG = logging.getLogger(__name__)

Hear = Callable[[Mapping[str, int]], None]


class Notices:
    """Says and hears how far which feeds have come. Of one event loop."""

    def __init__(self, engine: Engine, hear: Hear) -> None:
        self._address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._hear = hear
        self._unsaid: dict[str, int] = {}
        self._wake = asyncio.Event()
        self.is_connected = False

    def say(self, heads: Mapping[str, int]) -> None:
        """Tell the other processes; while there is no connection, nobody."""
        if self.is_connected:
            self._unsaid.update(heads)
            self._wake.set()

    async def keep(self, stop: asyncio.Event) -> None:
        """Stay connected, with growing pauses, until told to stop."""
        pause = _FIRST_PAUSE_SECONDS
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                try:
                    await self._talk(stopping)
                except psycopg.Error as error:
                    _LOG.warning("no word from other processes: %s", type(error).__name__)
                pause = _FIRST_PAUSE_SECONDS if self.is_connected else min(2 * pause, _MOST_PAUSE_SECONDS)
                self.is_connected = False
                await asyncio.wait([stopping], timeout=pause)
        finally:
            stopping.cancel()

    async def _talk(self, stopping: asyncio.Task[Any]) -> None:
        connect = psycopg.AsyncConnection.connect
        connection = await connect(self._address, autocommit=True, application_name=NAME)
        async with connection:
            connection.add_notify_handler(self._heard)
            await connection.execute(f"LISTEN {_CHANNEL}")
            self._unsaid.clear()
            self.is_connected = True
            while await self._something(connection, stopping):
                unsaid, self._unsaid = self._unsaid, {}
                for notice in _notices(unsaid):
                    await connection.execute("SELECT pg_notify(%s, %s)", (_CHANNEL, notice))
                # Whatever has come is read with an answer, and a connection that was cut is noticed.
                await connection.execute("")

    async def _something(self, connection: psycopg.AsyncConnection, stopping: asyncio.Task[Any]) -> bool:
        """Wait until there is something to say or to read; False at the end."""
        loop = asyncio.get_running_loop()
        loop.add_reader(connection.fileno(), self._wake.set)
        try:
            waking = asyncio.ensure_future(self._wake.wait())
            done, _ = await asyncio.wait([waking, stopping], return_when=asyncio.FIRST_COMPLETED)
            waking.cancel()
        finally:
            loop.remove_reader(connection.fileno())
        self._wake.clear()
        return stopping not in done

    def _heard(self, notice: psycopg.Notify) -> None:
        self._hear(json.loads(notice.payload))


def notices_over(engine: Engine, hear: Hear) -> Notices | None:
    """Word between the processes over a database; None where it carries none (SQLite)."""
    return Notices(engine, hear) if engine.dialect.name == "postgresql" else None


def _notices(heads: Mapping[str, int]) -> Iterator[str]:
    """The feeds in as few notices as hold them."""
    some: dict[str, int] = {}
    size = 0
    for feed, head in heads.items():
        size += len(json.dumps({feed: head}))
        if some and size > _MOST_BYTES:
            yield json.dumps(some)
            some, size = {}, len(json.dumps({feed: head}))
        some[feed] = head
    if some:
        yield json.dumps(some)
