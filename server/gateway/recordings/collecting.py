"""The gateway's look at the exchange's folder: what is over is locked away and handed over."""

import asyncio
import errno
import logging
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TypeVar

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from models.clock import Clock
from models.recordings.wave import NoSound
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.exchange.recording import Recording
from server.gateway.problems import GatewayError
from server.gateway.recordings.handing_over import Handing
from server.gateway.recordings.shelf import LOCKED, Mark, Shelf
from server.gateway.settings import RecordingsSettings, Settings
from server.gateway.sync.server import Server, read_identity
from server.recordings.locking import Broken

T = TypeVar("T")
_OF_ONE = frozenset({"broken", "malformed", "lost"})
"""Only this recording is refused, and the next may be taken."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
LEAST_BYTES = 256 << 20
"""Some ten hours of conversations: enough to hear of it and to make room."""
_log = logging.getLogger(__name__)


class Collection:
    """One look after the other. Trouble is told once, and once more when it is another one.

    `troubled` hears all that stands in the way now, by problem codes.
    """

    def __init__(
        self,
        shelf: Shelf,
        exchange: Recording,
        handing: Handing,
        troubled: Callable[[frozenset[str]], None] = lambda _: None,
    ) -> None:
        self._troubled = troubled
        self._codes: dict[str, str] = {}
        self._shelf = shelf
        self._exchange = exchange
        self._handing = handing
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recordings")
        self._before: dict[str, Mark] = {}
        self._told: dict[str, str] = {}
        self._refused: set[str] = set()

    async def run(self, seconds: float) -> None:
        """Look every so many seconds until cancelled; a slow line to the server keeps nothing plain."""
        async with asyncio.TaskGroup() as tasks:
            for step in (self.lock_away, self.hand_over):
                tasks.create_task(_again(step, seconds))

    async def lock_away(self) -> None:
        """Lock away what is over and did not change since the last look."""
        await self._tried("folder", self._lock_away)

    async def hand_over(self) -> None:
        """Hand over what is locked."""
        await self._tried("shelf", self._hand_over)

    async def close(self) -> None:
        """Wait for the disk."""
        await asyncio.get_running_loop().run_in_executor(None, self._disk.shutdown)

    async def _lock_away(self) -> None:
        try:
            before, going_on = self._before, await self._exchange.being_written()
        except ExchangeRefused:
            # Nobody knows what goes on: a caller on hold writes nothing and comes back.
            return
        there = await self._do(self._shelf.plain)
        self._before = there
        self._forget(set(before) - set(there))
        few = await self._do(self._shelf.free) < LEAST_BYTES
        self._tell("space", "little is free" if few else "", "recordings_full")
        for name, mark in there.items():
            if name not in going_on and before.get(name) == mark:
                await self._tried(name, partial(self._lock, name, mark))

    async def _lock(self, name: str, mark: Mark) -> None:
        call = self._exchange.call_of(name)
        if call:
            await self._do(lambda: self._shelf.lock_away(name, call, mark))

    async def _hand_over(self) -> None:
        broken = {path.name for path in await self._do(self._shelf.broken)}
        self._forget({about for about in self._told if about.endswith(LOCKED)} - broken)
        for name in broken:
            self._tell(name, "damaged", "recordings_damaged")
        waiting = await self._do(self._shelf.waiting)
        self._forget(self._refused - {one.label.id for one in waiting})
        self._refused &= {one.label.id for one in waiting}
        for one in waiting:
            away = await self._handing.hand_over(one)
            if away is None:
                self._tell("server", "")
                self._forget({one.label.id})
                await self._do(partial(self._shelf.forget, one))
            elif away.why in _OF_ONE:
                self._refused.add(one.label.id)
                self._tell(one.label.id, away.why, "recordings_damaged")
            else:
                # Nothing goes through now; the next look tries again.
                self._tell("server", away.why)
                return

    async def _tried(self, about: str, work: Callable[[], Awaitable[None]]) -> None:
        why = code = ""
        try:
            await work()
        except (OSError, NoSound, Broken) as trouble:
            why = str(getattr(trouble, "strerror", "") or trouble or type(trouble).__name__)
            code = _code_of(trouble)
        self._tell(about, why, code)

    async def _do(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._disk, work)

    def _forget(self, gone: set[str]) -> None:
        """What was wrong with these is not any more: somebody took them away, or they went through."""
        for about in gone:
            self._tell(about, "")

    def _tell(self, about: str, why: str, code: str = "") -> None:
        """`code` is the problem that consoles are told of, "" where that is known to them otherwise."""
        known = frozenset(self._codes.values())
        self._codes.pop(about, None)
        if why and code:
            self._codes[about] = code
        if frozenset(self._codes.values()) != known:
            self._troubled(frozenset(self._codes.values()))
        if why and self._told.get(about) != why:
            _log.error("a recording is not taken (%s): %s", about, why)
            self._told[about] = why
        elif not why and self._told.pop(about, ""):
            _log.info("recordings are taken again (%s)", about)


@asynccontextmanager
async def collecting(
    settings: Settings,
    trust: ssl.SSLContext | None,
    clock: Clock,
    exchange: Recording,
    troubled: Callable[[frozenset[str]], None],
) -> AsyncIterator[None]:
    """Collect for as long as the context is open; nothing for a gateway that was told of no recordings.

    Raises GatewayError.
    """
    wanted, account = settings.recordings, settings.account
    if wanted is None or account is None:
        yield
        return
    shelf = Shelf(wanted.plain, wanted.locked, settings.site, _public(wanted))
    try:
        shelf.prepare()
    except OSError as cause:
        raise GatewayError("unreadable", file=str(wanted.locked), why=cause.strerror or "") from cause
    # Its own: a long recording keeps no call from the server.
    server = Server(settings.server, trust, read_identity(account.identity), clock)
    collection = Collection(shelf, exchange, Handing(server), troubled)
    looking = asyncio.create_task(collection.run(wanted.look_seconds))
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.wait([looking])
        await collection.close()
        await server.close()


def _public(settings: RecordingsSettings) -> X25519PublicKey:
    try:
        key = load_pem_public_key(settings.public_key)
    except (ValueError, UnsupportedAlgorithm) as cause:
        raise GatewayError("recordings_key") from cause
    if not isinstance(key, X25519PublicKey):
        raise GatewayError("recordings_key")
    return key


def _code_of(trouble: Exception) -> str:
    if not isinstance(trouble, OSError):
        return "recordings_damaged"
    return "recordings_full" if trouble.errno in _FULL else "recordings_folder"


async def _again(step: Callable[[], Awaitable[None]], seconds: float) -> None:
    while True:
        await step()
        await _pause(seconds)


async def _pause(seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()
