"""From an event of the exchange to the console whose call it is, with 100 calls that are talked."""

import asyncio
from collections.abc import Iterator

from models.calls.events import Muted
from models.clock import SystemClock
from models.ids import new_id
from models.wire.commands import Mute
from models.wire.line import Happened
from tests.bench.figures import percentile
from tests.bench.line.house import House, house
from tests.server.gateway.consoles import Console

CALLS = 100
ROUNDS = 10


def measure() -> Iterator[tuple[str, float, str]]:
    """The 99th percentile of one event at each call in each round."""
    yield "event_to_console_ms_p99", percentile(asyncio.run(_all(CALLS, ROUNDS)), 99), "ms"


async def _all(calls: int, rounds: int) -> list[float]:
    async with house() as here:
        talks, tasks = list[Talk](), list[asyncio.Task[None]]()
        async with asyncio.TaskGroup() as listening:
            for number in range(calls):
                talks.append(await _talking(here, number))
                tasks.append(listening.create_task(talks[-1].listen()))
            late = [await talk.event(turn) for turn in range(rounds) for talk in talks]
            for task in tasks:
                task.cancel()
        return late


class Talk:
    """A console in a conversation; it listens all the time, as a console does."""

    def __init__(self, console: Console, call: str) -> None:
        self._console = console
        self._call = call
        self._late: asyncio.Queue[float] = asyncio.Queue()

    async def listen(self) -> None:
        """Hear until cancelled."""
        while True:
            news = await self._console.hear()
            if isinstance(news, Happened) and isinstance(news.event, Muted):
                late = SystemClock().now() - news.event.at
                self._late.put_nowait(late.total_seconds() * 1000)

    async def event(self, turn: int) -> float:
        """Milliseconds from the exchange's own moment of an event to its arrival."""
        await self._console.say(Mute(id=new_id(), call=self._call, on=turn % 2 == 0))
        return await self._late.get()


async def _talking(here: House, number: int) -> Talk:
    """A console whose operator talks; only one seat at a time is free."""
    console = await here.stack.enter_async_context(here.site.at_work(f"{2000 + number}"))
    here.order("ring", f"138{number:08}")
    return Talk(console, await console.answered())
