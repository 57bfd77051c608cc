"""One event to 300 consoles and 50 leads, and in the same run a screen that asks once a second."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import suppress
from random import Random

from models.clock import SystemClock
from models.ids import new_id
from models.people.operator import Role
from models.wire.commands import AskPicture
from models.wire.line import Picture, QueueMoved
from tests.bench.figures import percentile
from tests.bench.line.house import House, house
from tests.server.gateway.consoles import Console
from tests.support.moments import passing

CONSOLES, LEADS = 300, 50
ROUNDS = 60
ASKS_EVERY_SECONDS = 1.0


def measure() -> Iterator[tuple[str, float, str]]:
    """The last of all in the 99th of a hundred events; the mean of the screen that asks."""
    last, asked = asyncio.run(_all(CONSOLES, LEADS, ROUNDS))
    yield "fanout_350_ms_p99", percentile(last, 99), "ms"
    yield "polled_screen_ms_mean", sum(asked) / len(asked), "ms"


async def _all(consoles: int, leads: int, rounds: int) -> tuple[list[float], list[float]]:
    async with house() as here:
        everybody = [await _enter(here, f"{2000 + n}", Role.OPERATOR) for n in range(consoles)]
        everybody += [await _enter(here, f"{9000 + n}", Role.LEAD) for n in range(leads)]
        screen = Screen(await _enter(here, "1000", Role.OPERATOR))
        asking = asyncio.create_task(screen.ask())
        # 350 consoles in one program: looking through their garbage is no time of the gateway's.
        gc.disable()
        try:
            await _one(here, everybody, rounds)
            last = [await _one(here, everybody, turn) for turn in range(rounds)]
        finally:
            gc.enable()
            asking.cancel()
            with suppress(asyncio.CancelledError):
                await asking
        return last, screen.late


async def _enter(here: House, seat: str, role: Role) -> Console:
    return await here.stack.enter_async_context(here.site.console(seat, roles=(role,)))


class Screen:
    """Knows of a caller when it asks, as an agent screen does that fetches its state once a second."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._known = False
        self.late: list[float] = []

    async def ask(self) -> None:
        """Ask again and again until cancelled."""
        while True:
            await self._console.say(AskPicture(id=new_id()))
            queue = (await self._console.until(Picture)).queue
            now = SystemClock().now()
            if queue.oldest_at and not self._known:
                self.late.append((now - queue.oldest_at).total_seconds() * 1000)
            self._known = queue.waiting > 0
            await passing(ASKS_EVERY_SECONDS)


async def _one(here: House, everybody: list[Console], turn: int) -> float:
    """Milliseconds from a caller's entering the empty queue until the last console was told."""
    # At moments that have nothing to do with the seconds at which the screen asks.
    await passing(Random(turn).uniform(0, ASKS_EVERY_SECONDS))
    here.order("ring", f"139{turn:08}")
    late = await asyncio.gather(*(_told(console) for console in everybody))
    # Long enough for the screen to have asked.
    await passing(ASKS_EVERY_SECONDS)
    here.order("end")
    await asyncio.gather(*(_empty(console) for console in everybody))
    return max(late)


async def _told(console: Console) -> float:
    moved = await console.until(QueueMoved, lambda news: news.queue.waiting == 1)
    arrived = SystemClock().now()
    if moved.queue.oldest_at is None:
        raise RuntimeError("somebody waits since never")
    return (arrived - moved.queue.oldest_at).total_seconds() * 1000


async def _empty(console: Console) -> None:
    await console.until(QueueMoved, lambda news: news.queue.waiting == 0)
