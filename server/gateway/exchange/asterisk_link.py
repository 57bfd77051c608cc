"""The connection to an Asterisk: made, kept, lost and made again, with the picture it carries."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from models.clock import Clock
from server.gateway.exchange import asterisk_snapshot, asterisk_wishes
from server.gateway.exchange.ami import Address, Ami, AmiLost, AmiRefused, NotAdmitted, Packet
from server.gateway.exchange.asterisk_events import Translation
from server.gateway.exchange.asterisk_floor import Floor
from server.gateway.exchange.asterisk_looks import Looks
from server.gateway.exchange.asterisk_reflexes import follow
from server.gateway.exchange.port import ExchangeRefused, LineChanged, News
from server.gateway.pausing import pause
from server.gateway.settings import AsteriskSettings

_log = logging.getLogger(__name__)

# The dial plan waits 8 seconds for a sign of life before it calls the telephone itself.
_BEAT_SECONDS = 3.0
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.25, 15.0
_MOVE_SECONDS = 3.0


class Link:
    """Keeps `floor` true while `problem` is empty."""

    def __init__(self, settings: AsteriskSettings, clock: Clock) -> None:
        self.floor = Floor(f"{settings.host}:{settings.port}", clock)
        self.problem = "line_lost"
        self._queue = settings.queue
        self._clock = clock
        self._address = Address(settings.host, settings.port, settings.user, settings.secret)
        self._ami: Ami | None = None
        self._translation: Translation | None = None
        self._backlog: list[Packet] = []
        self._tell: Callable[[News], None] = _nobody
        self._heard = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, hear: Callable[[News], None]) -> None:
        """Connect and stay connected, with pauses that grow to 15 seconds, until cancelled."""
        self._tell = hear
        seconds = _FIRST_PAUSE_SECONDS
        told = ""
        while True:
            try:
                await self._serve()
            except (AmiLost, AmiRefused) as trouble:
                was_connected = not self.problem
                # An account that may not list channels or the queue is no account for a gateway.
                self.problem = trouble.why if isinstance(trouble, AmiLost) else "line_config"
            seconds = _FIRST_PAUSE_SECONDS if was_connected else min(seconds * 2, _LONGEST_PAUSE_SECONDS)
            if was_connected or told != self.problem:
                told = self.problem
                _log.info("exchange: %s", told)
                hear(LineChanged(told))
            await pause(seconds)

    async def ask(self, action: str, *variables: tuple[str, str], **fields: str) -> None:
        """One action of the manager interface. Raises ExchangeRefused."""
        if self.problem or self._ami is None:
            raise ExchangeRefused(self.problem or "line_lost")
        try:
            await self._ami.ask(action, *variables, **fields)
        except AmiLost as lost:
            raise ExchangeRefused(lost.why) from lost
        except AmiRefused as refused:
            _log.info("exchange refused %s: %s", action, refused)
            raise ExchangeRefused("not_now") from refused
        except NotAdmitted as refused:
            raise ExchangeRefused("not_now") from refused

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait a moment for something to be heard. Raises ExchangeRefused when it does not come."""
        try:
            async with asyncio.timeout(_MOVE_SECONDS):
                while not happened():
                    self._heard.clear()
                    await self._heard.wait()
        except TimeoutError as late:
            raise ExchangeRefused("not_now") from late

    async def _serve(self) -> None:
        self._translation, self._backlog = None, []
        ami = await Ami.connect(self._address, self._hear)
        try:
            await self._orient(ami)
            looks = Looks(self._address, self._see).run(lambda: self.floor, lambda: self._orient(ami))
            for work in await _first(self._beat(ami), looks):
                work.result()
        finally:
            self._ami = None
            await self._farewell(ami)

    async def _orient(self, ami: Ami) -> None:
        """Ask for everything; what is told meanwhile is heard afterwards."""
        self._translation, self._backlog = None, []
        self.floor = await self._see(ami)
        notes = await asterisk_wishes.noted(ami)
        self._translation = Translation(self.floor, self._queue)
        self._ami = ami
        self.problem = ""
        self._tell(LineChanged(""))
        for news in asterisk_wishes.recalled(self.floor, notes, self._clock.now()):
            self._tell(news)
        backlog, self._backlog = self._backlog, []
        for packet in backlog:
            self._hear(packet)

    async def _see(self, ami: Ami) -> Floor:
        return await asterisk_snapshot.take(ami, self.floor.exchange, self._queue, self._clock)

    async def _beat(self, ami: Ami) -> None:
        """Tell the dial plan again and again that consoles answer; also finds out that nobody answers."""
        while True:
            # In the exchange's own time, so that two clocks need not agree.
            now = (await ami.ask("Ping"))["Timestamp"].partition(".")[0]
            await ami.ask("Setvar", Variable="XINQIAO_BEAT", Value=now)
            with suppress(TimeoutError):
                async with asyncio.timeout(_BEAT_SECONDS):
                    await ami.lost()
                    raise AmiLost("line_lost")

    async def _farewell(self, ami: Ami) -> None:
        # A gateway that stops leaves telephones that ring by themselves from the next call on.
        with suppress(AmiLost, AmiRefused):
            await ami.ask("Setvar", Variable="XINQIAO_BEAT", Value="0")
        for task in self._tasks:
            task.cancel()
        await ami.close()

    def _hear(self, packet: Packet) -> None:
        if self._translation is None:
            self._backlog.append(packet)
            return
        for news in self._translation.hear(packet):
            self._tell(news)
        self._heard.set()
        for action, fields in follow(self.floor, packet):
            self._try(action, **fields)

    def _try(self, action: str, **fields: str) -> None:
        task = asyncio.get_running_loop().create_task(self._tried(action, fields))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tried(self, action: str, fields: dict[str, str]) -> None:
        with suppress(ExchangeRefused):
            await self.ask(action, **fields)


def _nobody(_: News) -> None:
    """Before `run`, nobody listens."""


async def _first(*works: Coroutine[Any, Any, None]) -> set[asyncio.Task[None]]:
    """Those that ended first; the others are ended."""
    tasks = {asyncio.ensure_future(work) for work in works}
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return done
