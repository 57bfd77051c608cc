"""The line from a gateway to its exchange: slow, or half open, when nothing comes and nothing is closed."""

import asyncio
from contextlib import AbstractAsyncContextManager, suppress

from tests.exchange.carrying import Line, listening
from tests.support.moments import passing

_CHUNK = 4096
_BEGUN = b"not yet ended"


class Wire(Line):
    """Carries every connection to the exchange, `delay` seconds late in each direction, unless frozen."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port)
        self._thawed = asyncio.Event()
        self._thawed.set()
        self.delay = 0.0

    def freeze(self) -> None:
        """Take connections and bytes, and let nothing through."""
        self._thawed.clear()

    def thaw(self) -> None:
        """Let everything through that came meanwhile, and what comes."""
        self._thawed.set()

    async def up(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Late, or not at all while it is frozen."""
        await self._pour(source, sink)

    async def down(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Late, or not at all while it is frozen."""
        await self._pour(source, sink)

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


def wire(host: str, port: int) -> AbstractAsyncContextManager[Wire]:
    """A wire to this exchange; the gateway is told its port."""
    return listening(Wire(host, port))
