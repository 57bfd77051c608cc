"""The line from a gateway to its exchange: slow, or half open, when nothing comes and nothing is closed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from tests.support.moments import passing

_CHUNK = 4096
_BEGUN = b"not yet ended"


class Wire:
    """Carries every connection to the exchange, `delay` seconds late in each direction, unless frozen."""

    def __init__(self, host: str, port: int) -> None:
        self._exchange = (host, port)
        self._thawed = asyncio.Event()
        self._thawed.set()
        self._flows: set[asyncio.Task[None]] = set()
        self.delay = 0.0
        self.port = 0

    def freeze(self) -> None:
        """Take connections and bytes, and let nothing through."""
        self._thawed.clear()

    def thaw(self) -> None:
        """Let everything through that came meanwhile, and what comes."""
        self._thawed.set()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a gateway."""
        try:
            there, back = await asyncio.open_connection(*self._exchange)
        except OSError:
            # No exchange: the gateway's connection ends as it would without this wire.
            writer.close()
            return
        for source, sink in ((reader, back), (there, writer)):
            flow = asyncio.create_task(self._pour(source, sink))
            self._flows.add(flow)
            flow.add_done_callback(self._flows.discard)

    async def close(self) -> None:
        """Let go of all connections."""
        for flow in list(self._flows):
            flow.cancel()
        await asyncio.gather(*self._flows, return_exceptions=True)

    async def _pour(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        # Late, not narrow: what comes meanwhile is on its way too. A wire that took one piece after the other
        # carried ten thousand bytes a second, and an exchange that tells much was late by any number of them.
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        taking = asyncio.create_task(self._take(source, on_the_way))
        try:
            with suppress(OSError):
                while (piece := await on_the_way.get())[1]:
                    due, some = piece
                    await passing(due - asyncio.get_running_loop().time())
                    await self._thawed.wait()
                    sink.write(some)
                    await sink.drain()
        finally:
            taking.cancel()
            sink.close()

    async def _take(
        self, source: asyncio.StreamReader, on_the_way: asyncio.Queue[tuple[float, bytes]]
    ) -> None:
        some = _BEGUN
        while some:
            try:
                some = await source.read(_CHUNK)
            except OSError:
                some = b""
            on_the_way.put_nowait((asyncio.get_running_loop().time() + self.delay, some))


@asynccontextmanager
async def wire(host: str, port: int) -> AsyncIterator[Wire]:
    """A wire to this exchange; the gateway is told its port."""
    one = Wire(host, port)
    async with await asyncio.start_server(one.carry, "127.0.0.1", 0) as listening:
        one.port = listening.sockets[0].getsockname()[1]
        try:
            yield one
        finally:
            await one.close()
