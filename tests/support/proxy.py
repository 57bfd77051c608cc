"""A proxy between a client and a program on loopback that cuts connections where a test wants it."""

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

_CHUNK = 65536
_START_SECONDS = 60.0
_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Fate:
    """What becomes of a connection: after so many bytes of a direction both ends are cut.

    `answer` 0 cuts when the answer begins, so that the server has done all it was asked. With a `page`
    nobody behind the proxy hears of the request: the proxy answers by itself.
    """

    request: int | None = None
    answer: int | None = None
    page: bytes = b""


class Proxy:
    """Each connection meets the next fate; when there is none left, it is carried as it is."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._fates: deque[Fate] = deque()
        self._runner = asyncio.Runner()
        self._url = ""
        self._ready = threading.Event()
        self._over = asyncio.Event()
        self._open: set[asyncio.StreamWriter] = set()
        self._thread = threading.Thread(target=self._run, name="proxy")
        # Connections that were cut, or answered by the proxy.
        self.spoilt = 0

    @property
    def url(self) -> str:
        assert self._url
        return self._url

    def next(self, *fates: Fate) -> None:
        """Let the next connections meet these fates."""
        self._fates.extend(fates)

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(_START_SECONDS)

    def stop(self) -> None:
        """Cut all that is open, and wait until it is."""
        self._runner.get_loop().call_soon_threadsafe(self._over.set)
        self._thread.join()

    def cut(self) -> None:
        """Cut every connection that is open now."""
        asyncio.run_coroutine_threadsafe(self._cut(), self._runner.get_loop()).result(_START_SECONDS)

    def _run(self) -> None:
        with self._runner:
            self._runner.run(self._serve())

    async def _serve(self) -> None:
        async with await asyncio.start_server(self._carry, "127.0.0.1", 0) as listening:
            self._url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
            self._ready.set()
            await self._over.wait()
        while carried := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(carried)

    async def _cut(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fate = self._fates.popleft() if self._fates else Fate()
        self.spoilt += fate != Fate()
        async with _cut_at_the_end(writer):
            if fate.page:
                await self._first(_answer(reader, writer, fate.page))
                return
            try:
                there, onward = await asyncio.open_connection("127.0.0.1", self._port)
            except OSError:
                return
            self._open.add(writer)
            async with _cut_at_the_end(onward):
                await self._first(_pass(reader, onward, fate.request), _pass(there, writer, fate.answer))
            self._open.discard(writer)

    async def _first(self, *ways: Coroutine[Any, Any, None]) -> None:
        """Until one of the ways is at its end, or all is over."""
        tasks = [asyncio.ensure_future(way) for way in (*ways, self._over.wait())]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        # A way also ends where somebody cuts it.
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def _cut_at_the_end(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    """Leave no socket behind: what was not handed to the system by then is lost."""
    try:
        yield
    finally:
        writer.transport.abort()
        with suppress(OSError):
            await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, page: bytes) -> None:
    await reader.readuntil(_END)
    writer.write(page)
    await writer.drain()
    writer.write_eof()
    # Until the other end has read it all and hangs up.
    while await reader.read(_CHUNK):
        pass


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most: int | None) -> None:
    """Carry bytes in one direction until its end, or until so many have passed."""
    passed = 0
    while data := await reader.read(_CHUNK):
        part = data if most is None else data[: most - passed]
        writer.write(part)
        await writer.drain()
        passed += len(data)
        if most is not None and passed >= most:
            return


@contextmanager
def proxied(port: int) -> Iterator[Proxy]:
    """A proxy before a port of this machine for a block."""
    proxy = Proxy(port)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
