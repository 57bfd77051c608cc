"""A line from the exchange on which chosen events are lost: nothing else of the stream is touched."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

_END = b"\r\n\r\n"


class Sieve:
    """Carries every connection to the exchange; events whose names are in `lost` never arrive."""

    def __init__(self, host: str, port: int) -> None:
        self._exchange = (host, port)
        self._flows: set[asyncio.Task[None]] = set()
        self.lost: frozenset[str] = frozenset()
        self.caught = 0
        self.port = 0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a gateway."""
        there, back = await asyncio.open_connection(*self._exchange)
        for flow in (self._up(reader, back), self._down(there, writer)):
            task = asyncio.create_task(flow)
            self._flows.add(task)
            task.add_done_callback(self._flows.discard)

    async def close(self) -> None:
        """Let go of all connections."""
        for flow in list(self._flows):
            flow.cancel()
        await asyncio.gather(*self._flows, return_exceptions=True)

    async def _up(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError):
                while some := await source.read(4096):
                    sink.write(some)
        finally:
            sink.close()

    async def _down(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                sink.write(await source.readuntil(b"\r\n"))
                while True:
                    packet = await source.readuntil(_END)
                    name = packet.partition(b"\r\n")[0].removeprefix(b"Event: ").decode(errors="replace")
                    if name in self.lost:
                        self.caught += 1
                    else:
                        sink.write(packet)
        finally:
            sink.close()


@asynccontextmanager
async def sieve(host: str, port: int) -> AsyncIterator[Sieve]:
    """A line to this exchange; the gateway is told its port."""
    one = Sieve(host, port)
    async with await asyncio.start_server(one.carry, "127.0.0.1", 0) as listening:
        one.port = listening.sockets[0].getsockname()[1]
        try:
            yield one
        finally:
            await one.close()
