"""A gateway in a process of its own, and many consoles at it that speak the line protocol."""

import asyncio
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from models.clock import ManualClock, SystemClock
from server.gateway.exchange.simulated import Simulated
from tests.bench.running import process, ready
from tests.server.gateway.consoles import PRIVATE, PUBLIC, Site


class House:
    """`site` is for consoles; orders go to the gateway's own simulated exchange."""

    def __init__(self, site: Site, gateway: "subprocess.Popen[str]", stack: AsyncExitStack) -> None:
        self.site = site
        self.stack = stack
        self._gateway = gateway

    def order(self, *words: str) -> None:
        """Let something happen at the exchange: `ring NUMBER`, `end` of the latest."""
        if self._gateway.stdin:
            self._gateway.stdin.write(" ".join(words) + "\n")
            self._gateway.stdin.flush()


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    """Everything of it is gone when the block is left."""
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder) / "tickets.pub"
        key.write_text(PUBLIC, encoding="utf-8")
        with process("-m", "tests.bench.line.gateway_process", str(key)) as gateway:
            url = await asyncio.to_thread(ready, gateway)
            clock = ManualClock(SystemClock().now())
            async with AsyncExitStack() as stack:
                yield House(Site(url, clock, Simulated(clock), PRIVATE), gateway, stack)
