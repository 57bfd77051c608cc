"""The console that practises says who rings: the exchange obeys, and ignores what it does not understand."""

import asyncio
import json
from collections.abc import Awaitable, Callable

from models.calls.events import CallEnd, Ended, Offered
from models.clock import ManualClock
from server.gateway.exchange.directing import Directing
from server.gateway.exchange.port import LineChanged
from server.gateway.exchange.practice import PracticeCaller, PracticeExchange
from server.gateway.exchange.simulated import Pace
from tests.server.gateway.stage import Ears

AT_ONCE = Pace(ring_for=None, party_rings=0, party_answers=0)
BY_ITSELF = PracticeCaller("13800000001", "12356", 0, 3600.0)


class Direction:
    """An exchange with a directing console."""

    def __init__(self) -> None:
        self.exchange = PracticeExchange(ManualClock(), (BY_ITSELF,), AT_ONCE)
        self.ears = Ears()
        self.told: list[dict[str, str]] = []
        self._directing = Directing(self.exchange, self.told.append)

    def say(self, **order: object) -> None:
        self._directing.hear(json.dumps(order))

    def mumble(self, line: str) -> None:
        self._directing.hear(line)


def play(story: Callable[[Direction], Awaitable[None]]) -> None:
    async def evening() -> None:
        direction = Direction()
        running = asyncio.create_task(direction.exchange.run(direction.ears.hear))
        async with asyncio.timeout(60):
            await direction.ears.until(LineChanged)
            await story(direction)
        running.cancel()
        await asyncio.wait([running])

    asyncio.run(evening())


def test_a_caller_rings_and_hangs_up_as_told() -> None:
    async def story(direction: Direction) -> None:
        direction.say(do="quiet")
        await direction.exchange.set_ready("1001", True, "")
        direction.say(**{"do": "ring", "as": "bridge-1", "number": "13800000011", "dialled": "12356"})
        offered = await direction.ears.until(Offered)
        assert offered.number == "13800000011"
        assert direction.told == [{"rang": "bridge-1", "call": offered.call}]
        await direction.exchange.answer(offered.call, "1001")
        direction.say(**{"do": "hang_up", "as": "bridge-1"})
        ended = await direction.ears.until(Ended)
        assert (ended.call, ended.end) == (offered.call, CallEnd.CALLER_HUNG_UP)
        assert len(direction.ears.all(Offered)) == 1, "nobody rings by himself any more"

    play(story)


def test_a_caller_who_waited_for_a_pause_stays_away_once_a_script_directs() -> None:
    async def story(direction: Direction) -> None:
        await direction.exchange.set_ready("1001", True, "")
        direction.say(do="quiet")
        direction.say(**{"do": "ring", "as": "a", "number": "", "dialled": "12356"})
        assert (await direction.ears.until(Offered)).number == ""

    play(story)


def test_what_is_not_understood_does_nothing() -> None:
    async def story(direction: Direction) -> None:
        direction.say(do="quiet")
        for line in ("", "{", "[]", '{"do": "dance"}', '{"do": "ring", "as": "a"}'):
            direction.mumble(line)
        direction.say(**{"do": "ring", "as": "a", "number": "12a", "dialled": "12356"})
        direction.say(**{"do": "ring", "as": "a", "number": "1" * 70, "dialled": "12356"})
        direction.say(**{"do": "hang_up", "as": "nobody"})
        assert not direction.told
        await direction.exchange.set_ready("1001", True, "")
        direction.say(**{"do": "ring", "as": "a", "number": "", "dialled": "12356"})
        direction.say(**{"do": "ring", "as": "a", "number": "", "dialled": "12356"})
        await direction.ears.until(Offered)
        assert len(direction.told) == 1, "a name is used once"

    play(story)
