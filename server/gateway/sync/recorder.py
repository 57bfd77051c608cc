"""Every call on its way to the gateway's disk: the telephone waits for no disk, and no disk stops it."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from models.alerts.alert import Alert, Sight
from models.calls.brief import Brief
from models.calls.call import Call
from models.calls.witnessing import Seen
from models.people.operator import GATEWAY
from models.trace.tracing import Traced
from server.gateway.callers import Callers
from server.gateway.problems import GatewayError
from server.gateway.settings import AccountSettings
from server.gateway.storage.connecting import OutboxTrouble, OutboxUnreadable
from server.gateway.storage.outbox import Outbox

T = TypeVar("T")
Heard = Seen | Alert | Sight | Brief | Traced
_Left = tuple[tuple[Call, ...], tuple[Alert | Sight, ...], tuple[Brief, ...]]
_PAUSE_SECONDS = 5.0
_log = logging.getLogger(__name__)


class Recorder:
    """Keeps what it hears until the disk has it.

    `wrote` is called after each time the disk took some; `remember` with the calls that a gateway before this
    one left, `recall` with its alerts, `retell` with what colleagues were told, once the file can be read.
    """

    def __init__(self, settings: AccountSettings) -> None:
        self._path = settings.outbox
        self._key = settings.outbox_key
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="outbox")
        self._outbox: Outbox | None = None
        self._left: _Left | None = None
        self._unwritten: list[Heard] = []
        self._heard = asyncio.Event()
        self._failed = ""
        self.callers = Callers()
        """What the server says of numbers, or said when it was last there."""
        self.wrote: Callable[[], None] = _nothing
        self.remember: Callable[[tuple[Call, ...]], None] = _forgotten
        self.troubled: Callable[[frozenset[str]], None] = _forgotten
        """Told of what is wrong with the disk, by problem codes, and when nothing is any more."""
        self.recall: Callable[[tuple[Alert | Sight, ...]], None] = _forgotten
        self.retell: Callable[[tuple[Brief, ...]], None] = _forgotten

    def hear(self, heard: Heard) -> None:
        """Take a call, an alert or what was done in, at once."""
        self._unwritten.append(heard)
        self._heard.set()

    async def begin(self) -> None:
        """Open the file. A disk that fails is tried again by `run`.

        Raises GatewayError where the file is there and cannot be read with this key.
        """
        try:
            self._left = await self.do(_left)
        except OutboxUnreadable as trouble:
            raise GatewayError("outbox", file=str(self._path), why=str(trouble)) from trouble
        except OutboxTrouble as trouble:
            self._trouble(trouble)

    async def run(self) -> None:
        """Write until cancelled, then the rest."""
        try:
            while True:
                with suppress(OutboxTrouble):
                    await self._look_back()
                if await self._written():
                    await self._heard.wait()
                else:
                    await _pause(_PAUSE_SECONDS)
        finally:
            await self._written()

    async def do(self, work: Callable[[Outbox], T]) -> T:
        """Do some work with the file, in its own thread. Raises OutboxTrouble."""
        return await asyncio.get_running_loop().run_in_executor(self._disk, self._do, work)

    async def close(self) -> None:
        """Close the file, when `run` has ended."""

        def shut() -> None:
            if self._outbox:
                self._outbox.close()

        await asyncio.get_running_loop().run_in_executor(self._disk, shut)
        self._disk.shutdown()

    def _do(self, work: Callable[[Outbox], T]) -> T:
        if self._outbox is None:
            self._outbox = Outbox(self._path, self._key, GATEWAY)
        return work(self._outbox)

    async def _look_back(self) -> None:
        """Tell once of the calls that were left behind, before anything is written over them."""
        if self._left is None:
            self._left = await self.do(_left)
        (calls, alerts, briefs), self._left = self._left, ((), (), ())
        if briefs:
            # Before the calls they are about: with those the consoles are told anew.
            self.retell(briefs)
        if calls:
            self.remember(calls)
        if alerts:
            self.recall(alerts)

    async def _written(self) -> bool:
        self._heard.clear()
        taken, self._unwritten = self._unwritten, []
        try:
            acts = await self.do(lambda outbox: outbox.write(taken))
        except OutboxTrouble as trouble:
            self._unwritten[:0] = taken
            self._trouble(trouble)
            return False
        except asyncio.CancelledError:
            # The thread may have written it or not; writing it again changes nothing.
            self._unwritten[:0] = taken
            raise
        if self._failed:
            _log.info("calls are written again")
            self._failed = ""
            self.troubled(frozenset())
        if acts:
            self.wrote()
        return True

    def _trouble(self, trouble: OutboxTrouble) -> None:
        self.troubled(frozenset({"gateway_disk"}))
        if str(trouble) != self._failed:
            self._failed = str(trouble)
            _log.error("calls cannot be written to %s: %s", self._path, trouble)


def _nothing() -> None:
    """Nobody waits for the disk."""


def _forgotten(_left: object) -> None:
    """Nobody asks for what was before."""


def _left(outbox: Outbox) -> _Left:
    return outbox.living(), outbox.alerts(), outbox.briefs()


async def _pause(seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()
