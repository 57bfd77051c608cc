"""From a click to the order done at a real exchange: answer, hold, three-way, whisper."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

from models.calls.call import CallState
from models.calls.events import Watched, Watching
from models.ids import new_id
from models.people.operator import Role
from models.wire.commands import Answer, HangUp, Hold, Invite, Resume, Watch
from models.wire.line import Happened
from tests.bench.figures import percentile
from tests.exchange.place import Place, place
from tests.server.gateway.consoles import Console
from tests.support.exchange import Exchange, Plan
from tests.support.parties import party, seat_line

CALLS = 30


def measure() -> Iterator[tuple[str, float, str]]:
    """The 99th percentile of whichever of the four takes longest.

    What a telephone takes to pick up is not in it: an order is done when the exchange took it, and hold when
    the caller hears music.
    """
    taken = asyncio.run(_all(CALLS))
    yield "command_ms_p99", max(percentile(one, 99) for one in taken.values()), "ms"


async def _all(calls: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = defaultdict(list)
    async with exchange() as real, place(real) as there:
        await there.telephone()
        await there.police()
        await asyncio.to_thread(there.people.enter_context, party(real, seat_line(real, "1009")))
        async with there.site.console() as console, there.site.console("1009", roles=(Role.LEAD,)) as lead:
            for _ in range(calls):
                await _one(there, console, lead, taken)
    return taken


@asynccontextmanager
async def exchange() -> AsyncIterator[Exchange]:
    """An exchange of its own, gone when the block is left. Raises ExchangeUnavailable."""
    real = Exchange(Plan.on_free_ports())
    try:
        await asyncio.to_thread(real.start)
        yield real
    finally:
        await asyncio.to_thread(real.stop)


async def _one(there: Place, console: Console, lead: Console, taken: dict[str, list[float]]) -> None:
    await console.ready()
    caller = await there.caller()
    (call,) = await console.shows(CallState.RINGING)
    taken["answer"].append(await _clicked(console, Answer(id=new_id(), call=call.id)))
    await console.shows(CallState.TALKING)
    watch = Watch(id=new_id(), call=call.id, how=Watching.WHISPER)
    taken["whisper"].append(await _clicked(lead, watch))
    await console.until(Happened, lambda news: isinstance(news.event, Watched))
    taken["hold"].append(await _clicked(console, Hold(id=new_id(), call=call.id)))
    await console.do(Resume(id=new_id(), call=call.id))
    wish = Invite(id=new_id(), call=call.id, party=new_id(), dial="110", label="110")
    taken["three-way"].append(await _clicked(console, wish))
    await console.do(HangUp(id=new_id(), call=call.id))
    await console.shows()
    await asyncio.to_thread(caller.leave)


async def _clicked(console: Console, command: Any) -> float:
    """Milliseconds from sending an order until it is told as done."""
    clicked = perf_counter()
    done = await console.do(command)
    if not done.ok:
        raise RuntimeError(f"{command.kind}: {done.why}")
    return (perf_counter() - clicked) * 1000
