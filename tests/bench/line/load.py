"""200 live calls at once, 10 new a second, through a real exchange: is each with the server afterwards?"""

import asyncio
import os
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from models.calls.call import Call, CallState
from tests.bench.line.clicks import exchange
from tests.support.callbook import Callbook, Gateway, callbook
from tests.support.exchange import Exchange
from tests.support.moments import passing
from tests.support.processes import free_port

A_SECOND, CALL_SECONDS, FULL_SECONDS = 10, 20, 30
_CALLERS = Path(__file__).with_name("callers.xml")
_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Loaded:
    """What became of the calls, and what the gateway took while all were there."""

    made: int
    lost: int
    megabytes: float
    percent: float


def measure() -> Iterator[tuple[str, float, str]]:
    """Beginnings and ends of calls that the server never got; the gateway's memory and share of one core."""
    loaded = asyncio.run(load(A_SECOND, CALL_SECONDS, FULL_SECONDS))
    yield "load_events_lost", loaded.lost, "events"
    yield "gateway_rss_mb", loaded.megabytes, "MB"
    yield "gateway_cpu_percent", loaded.percent, "%"


async def load(a_second: int, call_seconds: int, full_seconds: int) -> Loaded:
    """Callers wait in the queue for `call_seconds`; after that all are there, for `full_seconds`.

    Raises ExchangeUnavailable; RuntimeError where the callers themselves failed.
    """
    made = a_second * (call_seconds + full_seconds)
    with tempfile.TemporaryDirectory() as folder:
        async with exchange() as real:
            book = callbook(Path(folder) / "hotline")
            book.join(real)
            with book.running("server"), book.gateway() as gateway:
                calling = asyncio.create_task(_call(real, a_second, call_seconds, made))
                await passing(call_seconds)
                used, began = _seconds_used(gateway), perf_counter()
                await passing(full_seconds - 1)
                percent = (_seconds_used(gateway) - used) / (perf_counter() - began) * 100
                megabytes = _resident_megabytes(gateway)
                await calling
                return Loaded(made, made * 2 - await _with_the_server(book, made), megabytes, percent)


async def _call(real: Exchange, a_second: int, seconds: int, calls: int) -> None:
    plan = real.plan
    command = [
        *("sipp", "-sf", str(_CALLERS), "-s", "12356", "-nostdin", "-i", plan.address),
        *("-p", str(free_port(socket.SOCK_DGRAM)), "-r", str(a_second), "-m", str(calls)),
        *("-d", str(seconds * 1000), "-au", "trunk", "-ap", plan.passwords["TRUNK"]),
        f"{plan.address}:{plan.sip_port}",
    ]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"callers failed: {done.stdout[-2000:]}{done.stderr[-500:]}")


async def _with_the_server(book: Callbook, made: int) -> int:
    """How many beginnings and ends are there, once all are or nothing more comes."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await book.shows(lambda calls: _counted(calls) >= made * 2)
    return _counted(book.calls())


def _counted(calls: dict[str, Call]) -> int:
    ends = sum(call.state is CallState.ENDED for call in calls.values())
    return sum(call.entered_at is not None for call in calls.values()) + ends


def _seconds_used(gateway: Gateway) -> float:
    """Seconds of a core that the program has used so far."""
    fields = Path(f"/proc/{gateway.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident_megabytes(gateway: Gateway) -> float:
    pages = int(Path(f"/proc/{gateway.process.pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
