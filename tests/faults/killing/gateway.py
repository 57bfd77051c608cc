"""A gateway over the simulated exchange with busy callers, until it is killed; tells which ends are kept."""

import asyncio
import sys
from pathlib import Path
from random import Random

from models.calls.call import CallState
from models.calls.witnessing import Seen
from models.clock import SystemClock
from server.gateway.desk import Desk
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.exchange.simulated import Simulated
from server.gateway.settings import read_settings
from server.gateway.sync.recorder import Heard, Recorder
from server.gateway.sync.recording import recording
from tests.support.moments import passing

SEATS = ("1001", "1002")


class Busy:
    """Callers ring, are answered, held and taken back, and hang up, as chance has it."""

    def __init__(self, exchange: Simulated, random: Random) -> None:
        self._exchange = exchange
        self._random = random

    async def go_on(self) -> None:
        for seat in SEATS:
            await self._exchange.set_ready(seat, True, "")
        while True:
            await self._act()
            await passing(self._random.choice((0.0, 0.001, 0.01)))

    async def _act(self) -> None:
        calls = (await self._exchange.picture()).calls
        if not calls or (len(calls) < 4 and self._random.random() < 0.3):
            self._exchange.scene.ring(f"1380000{self._random.randrange(10_000):04}", "12356")
            return
        call = self._random.choice(calls)
        try:
            match call.state, self._random.randrange(3):
                case CallState.RINGING, 0 | 1:
                    await self._exchange.answer(call.id, next(iter(call.offers)))
                case CallState.TALKING, 0:
                    await self._exchange.hold(call.id)
                case CallState.HELD, 0 | 1:
                    await self._exchange.resume(call.id)
                case _, 2:
                    self._exchange.scene.caller_hangs_up(call.id)
        except ExchangeRefused:
            return


class Ends:
    """Tells the calls whose end the disk has."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._ended: list[str] = []
        self._nudge = recorder.wrote
        recorder.wrote = self.wrote

    def hear(self, heard: Heard) -> None:
        if isinstance(heard, Seen) and heard.call.state is CallState.ENDED:
            self._ended.append(heard.call.id)
        self._recorder.hear(heard)

    def wrote(self) -> None:
        unwritten = self._recorder._unwritten
        on_the_way = {one.call.id for one in unwritten if isinstance(one, Seen)}
        for call in [call for call in self._ended if call not in on_the_way]:
            sys.stdout.write(f"{call}\n")
            self._ended.remove(call)
        sys.stdout.flush()
        self._nudge()


async def _live(file: Path, seed: int) -> None:
    clock = SystemClock()
    settings = read_settings(file, practice=False)
    exchange = Simulated(clock)
    async with recording(settings, None, clock) as recorder:
        assert recorder
        desk = Desk(settings.site, exchange, clock, settings.seconds, Ends(recorder).hear)
        recorder.remember = desk.remember
        listening = asyncio.create_task(desk.run())
        await desk.oriented.wait()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        if seed:
            await Busy(exchange, Random(seed)).go_on()
        await listening


if __name__ == "__main__":
    asyncio.run(_live(Path(sys.argv[1]), int(sys.argv[2])))
