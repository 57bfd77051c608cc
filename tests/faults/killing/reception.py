"""A gateway over the simulated exchange that lets consoles in, for tests that stop it; tells its address."""

import asyncio
import sys
from pathlib import Path

from models.clock import SystemClock
from server.gateway.app import running
from server.gateway.exchange.simulated import Simulated
from server.gateway.settings import Settings


async def _live(public_key: str) -> None:
    clock = SystemClock()
    async with running(Settings("jinzhong", public_key), clock, Simulated(clock)) as gateway:
        sys.stdout.write(f"{gateway.url}\n")
        sys.stdout.flush()
        await gateway.listening


if __name__ == "__main__":
    asyncio.run(_live(Path(sys.argv[1]).read_text()))
