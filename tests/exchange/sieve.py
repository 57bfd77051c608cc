"""A line from the exchange on which chosen events are lost: nothing else of the stream is touched."""

import asyncio
from contextlib import AbstractAsyncContextManager, suppress

from tests.exchange.carrying import Line, listening

_END = b"\r\n\r\n"


class Sieve(Line):
    """Carries every connection to the exchange; events whose names are in `lost` never arrive."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port)
        self.lost: frozenset[str] = frozenset()
        self.caught = 0

    async def up(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Carry everything."""
        try:
            with suppress(OSError):
                while some := await source.read(4096):
                    sink.write(some)
        finally:
            sink.close()

    async def down(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Carry all but the events that are lost."""
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


def sieve(host: str, port: int) -> AbstractAsyncContextManager[Sieve]:
    """A line to this exchange; the gateway is told its port."""
    return listening(Sieve(host, port))
