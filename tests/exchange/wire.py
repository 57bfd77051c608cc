"""The line from a gateway to its exchange: slow, or half open, when nothing comes and nothing is closed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from tests.support.moments import passing

_CHUNK = 4096


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
        try:
            with suppress(OSError):
                while some := await source.read(_CHUNK):
                    await self._late()
                    await self._thawed.wait()
                    sink.write(some)
                    await sink.drain()
        finally:
            sink.close()

    async def _late(self) -> None:
        if self.delay:
            await passing(self.delay)


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
