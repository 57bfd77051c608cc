"""How long a caller hears nobody while a third party is brought in, told by tones on a real exchange."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise

from models.ids import new_id
from models.wire.commands import HangUp, Invite
from tests.bench.line.clicks import exchange
from tests.exchange.place import LINE, Place, hear, place
from tests.server.gateway.consoles import Console
from tests.support.parties import Party, caller_line, party
from tests.support.tones import OPERATOR, POLICE

ROUNDS = 5
WINDOW_SECONDS = 0.02


def measure() -> Iterator[tuple[str, float, str]]:
    """The longest of five; a stretch of 20 ms without a tone counts whole, so it is up to 40 ms too long."""
    yield "three_way_alone_ms", max(asyncio.run(_all(ROUNDS))), "ms"


async def _all(rounds: int) -> list[float]:
    async with exchange() as real, place(real) as there:
        await there.telephone()
        police = await there.police()
        async with there.site.console() as console:
            return [await _one(there, console, police) for _ in range(rounds)]


async def _one(there: Place, console: Console, police: Party) -> float:
    listening = party(there.real, caller_line(there.real), window=WINDOW_SECONDS)
    caller = await asyncio.to_thread(there.people.enter_context, listening)
    await console.ready()
    caller.dial(LINE)
    call = await console.answered()
    await hear(caller, OPERATOR)
    before = len(caller.hearing())
    wish = Invite(id=new_id(), call=call, party=new_id(), dial="110", label="110")
    if not (await console.do(wish)).ok:
        raise RuntimeError("the police could not be called")
    await asyncio.to_thread(police.answer)
    await hear(caller, OPERATOR, POLICE)
    silent = longest_silence(caller, before)
    await console.do(HangUp(id=new_id(), call=call))
    await console.shows()
    await asyncio.to_thread(caller.leave)
    return silent


def longest_silence(caller: Party, since: int) -> float:
    """Milliseconds of sound without anybody's tone, from the change of that number on."""
    heard = caller.hearing()[max(since - 1, 0) :]
    silences = [
        after - began for (began, tones), (after, _) in pairwise(heard) if not tones & {OPERATOR, POLICE}
    ]
    return max(silences, default=0.0) * 1000
