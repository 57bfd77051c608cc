"""A line between a gateway and its exchange that this process carries, one connection like the other."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar


class Line(ABC):
    """Carries every connection to the exchange at `port` of this machine."""

    def __init__(self, host: str, port: int) -> None:
        self._exchange = (host, port)
        self._flows: set[asyncio.Task[None]] = set()
        self.port = 0

    @abstractmethod
    async def up(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Carry what the gateway says, to the end; then close the sink."""

    @abstractmethod
    async def down(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Carry what the exchange says, to the end; then close the sink."""

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a gateway."""
        try:
            there, back = await asyncio.open_connection(*self._exchange)
        except OSError:
            # No exchange: the gateway's connection ends as it would without this line.
            writer.close()
            return
        for flow in (self.up(reader, back), self.down(there, writer)):
            task = asyncio.create_task(flow)
            self._flows.add(task)
            task.add_done_callback(self._flows.discard)

    async def close(self) -> None:
        """Let go of all connections."""
        for flow in list(self._flows):
            flow.cancel()
        await asyncio.gather(*self._flows, return_exceptions=True)


Kind = TypeVar("Kind", bound=Line)


@asynccontextmanager
async def listening(line: Kind) -> AsyncIterator[Kind]:
    """The line, listening; the gateway is told its port."""
    async with await asyncio.start_server(line.carry, "127.0.0.1", 0) as server:
        line.port = server.sockets[0].getsockname()[1]
        try:
            yield line
        finally:
            await line.close()
