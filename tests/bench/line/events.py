"""From an event of the exchange to the console whose call it is, with 100 calls that are talked."""

import asyncio
from collections.abc import Iterator

from models.calls.call import CallState
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
        consoles = [await _talking(here, number) for number in range(calls)]
        return [await _one(console, turn) for turn in range(rounds) for console in consoles]


async def _talking(here: House, number: int) -> Console:
    """A console whose operator talks; only one seat at a time is free."""
    seat = f"{2000 + number}"
    console = await here.stack.enter_async_context(here.site.at_work(seat))
    here.order("ring", f"138{number:08}")
    await console.answered()
    return console


async def _one(console: Console, turn: int) -> float:
    """Milliseconds from the exchange's own moment of an event to its arrival."""
    (call,) = await console.shows(CallState.TALKING)
    await console.say(Mute(id=new_id(), call=call.id, on=turn % 2 == 0))
    while True:
        news = await console.hear()
        if isinstance(news, Happened) and isinstance(news.event, Muted):
            return (SystemClock().now() - news.event.at).total_seconds() * 1000
