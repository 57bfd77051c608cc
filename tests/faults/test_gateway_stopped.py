"""The gateway stands still (SIGSTOP, a host that pauses) and goes on: it takes nobody living for dead."""

import asyncio
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from models.clock import SystemClock
from models.wire.line import NEWS, Hello, Refused, Welcome
from tests.server.gateway.consoles import PUBLIC, ticket_of
from tests.support.moments import passing
from tests.support.processes import ended

_ROOT = Path(__file__).resolve().parents[2]
GIVE_UP = 120
STILL_SECONDS = 8.0
"""Longer than a gateway waits for a pong."""


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    key = tmp_path / "key.pem"
    key.write_text(PUBLIC)
    command = [sys.executable, "-m", "tests.faults.killing.reception", str(key)]
    with ended(subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGCONT)


async def sits_down(socket: ClientConnection) -> object:
    await socket.send(Hello(token=ticket_of(SystemClock()), seat="1001").model_dump_json())
    return NEWS.validate_json(await socket.recv())


async def pinged_and_hears_nothing(socket: ClientConnection) -> None:
    """Wait until a ping lies in the socket of somebody who does not read."""
    raw = socket.transport.get_extra_info("socket")
    ready, _, _ = await asyncio.to_thread(select.select, [raw.fileno()], [], [], GIVE_UP)
    assert ready


def test_who_answers_while_the_gateway_stands_still_keeps_the_seat(
    gateway: subprocess.Popen[str],
) -> None:
    async def story() -> None:
        assert gateway.stdout
        url = gateway.stdout.readline().strip()
        async with connect(url, ping_interval=None) as holder, connect(url, ping_interval=None) as other:
            assert isinstance(await sits_down(holder), Welcome)
            with suppress(TimeoutError):
                async with asyncio.timeout(0.2):
                    while True:
                        await holder.recv()
            holder.transport.pause_reading()
            wants = asyncio.create_task(sits_down(other))
            await pinged_and_hears_nothing(holder)
            gateway.send_signal(signal.SIGSTOP)
            holder.transport.resume_reading()
            await passing(STILL_SECONDS)
            gateway.send_signal(signal.SIGCONT)
            assert await wants == Refused(why="seat_taken")
            assert await answers_still(holder)

    asyncio.run(asyncio.wait_for(story(), GIVE_UP))


async def answers_still(socket: ClientConnection) -> bool:
    with suppress(ConnectionClosed):
        await (await socket.ping())
        return True
    return False
