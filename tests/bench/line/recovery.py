"""From the death of a gateway in mid-call until a console of the next one shows the call as it is."""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from models.calls.call import CallState
from models.clock import ManualClock, SystemClock
from server.gateway.exchange.simulated import Simulated
from tests.bench.line.clicks import exchange
from tests.exchange.place import LINE
from tests.server.gateway.consoles import Site
from tests.support.callbook import Callbook, Gateway, callbook
from tests.support.exchange import Exchange
from tests.support.parties import caller_line, party, seat_line

ROUNDS = 5


def measure() -> Iterator[tuple[str, float, str]]:
    """The slowest of five: the new program's start is in it, how soon somebody starts it is not."""
    yield "gateway_recovery_s", max(asyncio.run(_all(ROUNDS))), "s"


async def _all(rounds: int) -> list[float]:
    async with exchange() as real:
        return [await asyncio.to_thread(_one, real) for _ in range(rounds)]


def _one(real: Exchange) -> float:
    with (
        tempfile.TemporaryDirectory() as folder,
        party(real, seat_line(real)),
        party(real, caller_line(real)) as caller,
    ):
        book = callbook(Path(folder) / "hotline")
        book.join(real)
        with book.gateway() as gateway:
            call = asyncio.run(_talk(book, gateway, lambda: caller.dial(LINE)))
            gateway.kill()
        died = perf_counter()
        with book.gateway() as gateway:
            asyncio.run(_shown(book, gateway, call))
            taken = perf_counter() - died
            caller.hang_up()
            caller.wait_for("closed")
    return taken


def _site(book: Callbook, gateway: Gateway) -> Site:
    clock = ManualClock(SystemClock().now())
    return Site(gateway.url, clock, Simulated(clock), (book.folder / "tickets.key").read_bytes())


async def _talk(book: Callbook, gateway: Gateway, dial: Callable[[], None]) -> str:
    async with _site(book, gateway).at_work() as console:
        dial()
        return await console.answered()


async def _shown(book: Callbook, gateway: Gateway, call: str) -> None:
    async with _site(book, gateway).console() as console:
        shown = [(one.id, one.state) for one in console.calls]
    if shown != [(call, CallState.TALKING)]:
        raise RuntimeError(f"the new gateway shows {shown}")
