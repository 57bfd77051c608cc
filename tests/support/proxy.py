"""A proxy between a client and a program on loopback that cuts connections where a test wants it."""

import asyncio
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_CHUNK = 65536
_START_SECONDS = 10.0
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
        self._loop = asyncio.new_event_loop()
        self._listening: asyncio.Server | None = None
        self._ready = threading.Event()
        self._over = asyncio.Event()
        self._open: set[asyncio.StreamWriter] = set()
        self._thread = threading.Thread(target=self._run, name="proxy")
        # Connections that were cut, or answered by the proxy.
        self.spoilt = 0

    @property
    def url(self) -> str:
        assert self._listening
        return f"http://127.0.0.1:{self._listening.sockets[0].getsockname()[1]}"

    def next(self, *fates: Fate) -> None:
        """Let the next connections meet these fates."""
        self._fates.extend(fates)

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(_START_SECONDS)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()
        self._loop.close()

    def cut(self) -> None:
        """Cut every connection that is open now."""
        asyncio.run_coroutine_threadsafe(self._cut(), self._loop).result(_START_SECONDS)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        serving = asyncio.start_server(self._carry, "127.0.0.1", 0)
        self._listening = self._loop.run_until_complete(serving)
        self._ready.set()
        self._loop.run_until_complete(self._over.wait())
        self._listening.close()
        self._loop.run_until_complete(asyncio.gather(*asyncio.all_tasks(self._loop)))

    async def _cut(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fate = self._fates.popleft() if self._fates else Fate()
        self.spoilt += fate != Fate()
        if fate.page:
            await reader.readuntil(_END)
            writer.write(fate.page)
            await writer.drain()
            writer.close()
            return
        try:
            there, onward = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            writer.transport.abort()
            return
        ways = (_pass(reader, onward, fate.request), _pass(there, writer, fate.answer), self._over.wait())
        tasks = [asyncio.ensure_future(way) for way in ways]
        self._open.add(writer)
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        self._open.discard(writer)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for end in (writer, onward):
            end.transport.abort()


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
