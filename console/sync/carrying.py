"""Couriers on their way: written while an operator works, delivered by the workstation while he is away."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from console.runtime.journal import DiskTrouble
from console.runtime.problems import Problems
from console.runtime.waiting import Pauses, Wait, wait_for
from console.session.presence import Presence
from console.session.station import Station
from console.storage.values import Batch
from console.sync import courier
from console.sync.api import TurnedAway, Unreachable

if TYPE_CHECKING:
    from console.storage.storage import Storage
    from models.wire.courier import Carried, Sealed

T = TypeVar("T")
EVERY_SECONDS = 5.0
LOOK_SECONDS = 15.0
MOST_PAUSE_SECONDS = 120.0
# Longer than a delivery takes.
_PRESENCE_SECONDS = 0.1
_PRESENCE_TRIES = 250
_log = logging.getLogger(__name__)


class RunDb(Protocol):
    """Does work with the storage on the db thread."""

    def __call__(self, work: "Callable[[Storage], T]") -> Awaitable[T]:
        """Start it; what it raises is raised by the awaitable."""
        ...


class RunPool(Protocol):
    """Does a blocking call beside the loop."""

    def __call__(self, work: Callable[[], T]) -> Awaitable[T]:
        """Start it; what it raises is raised by the awaitable."""
        ...


class Takes(Protocol):
    """The server, as far as couriers need it."""

    async def carry(self, courier: "Sealed") -> "Carried | TurnedAway | Unreachable":
        """Hand a courier in."""
        ...


class CourierDesk:
    """Keeps the courier files of the operator at work like the outbox."""

    def __init__(
        self,
        folder: Path,
        station: Station,
        operator: str,
        run_db: RunDb,
        run_pool: RunPool,
        problems: Problems,
    ) -> None:
        self._folder = folder
        self._station = station
        self._operator = operator
        self._run_db = run_db
        self._run_pool = run_pool
        self._problems = problems
        self._stamp = ""
        self._written: dict[Path, str] = {}
        self._writing = asyncio.Lock()

    async def take_over(self) -> None:
        """Before anything is written: what couriers may have brought to the server is never altered."""
        left = await self._run_pool(lambda: courier.left(self._folder, self._operator))
        if left is not None:
            await self._run_db(lambda storage: storage.couriers.left(left.epoch, left.last))
            await self._run_pool(lambda: courier.forget_leaving(self._folder, self._operator))

    async def run(self, wait: Wait = wait_for) -> None:
        """Write every five seconds, if anything changed, until cancelled."""
        never = asyncio.Event()
        while True:
            await self.write()
            await wait(never, EVERY_SECONDS)

    async def write(self) -> None:
        """Bring the files up to the outbox; a disk that refuses is told and tried again."""
        async with self._writing:
            try:
                stamp = await self._run_db(lambda storage: storage.couriers.stamp())
                if stamp == self._stamp:
                    return
                batch = await self._run_db(lambda storage: storage.couriers.waiting())
                await self._run_pool(lambda: self._keep(batch))
            except (OSError, DiskTrouble):
                self._problems.arise("courier_not_written")
                return
            self._stamp = stamp
            self._problems.settle("courier_not_written")

    def _keep(self, batch: Batch) -> None:
        wanted: set[Path] = set()
        for stretch in courier.stretches(batch):
            path, stamp = courier.path_of(self._folder, self._operator, stretch), courier.stamp_of(stretch)
            wanted.add(path)
            if self._written.get(path) != stamp or not path.exists():
                message = courier.seal(self._station, self._operator, stretch)
                courier.write(path, self._operator, stretch, message)
                self._written[path] = stamp
        for path in courier.files(self._folder, self._operator):
            if path not in wanted:
                courier.remove(path)


class Carrier:
    """Delivers, as the workstation itself, the couriers of everybody who is not at work here.

    `delivered` is told after each round who is at work ("" for nobody).
    """

    def __init__(
        self,
        folder: Path,
        server: Takes,
        run_pool: RunPool,
        problems: Problems,
        delivered: Callable[[str], Awaitable[object]],
        wait: Wait = wait_for,
    ) -> None:
        self._folder = folder
        self._server = server
        self._run_pool = run_pool
        self._problems = problems
        self._delivered = delivered
        self._wait = wait
        self._here = ""
        self._presence: Presence | None = None
        self._carrying = asyncio.Lock()
        self._nudged = asyncio.Event()

    async def make_way(self, operator: str) -> None:
        """This operator comes to work here: no courier of theirs is under way when this returns.

        Nor from another program of this machine, unless that one is stuck.
        """
        self._here = operator
        async with self._carrying:
            pass
        self._presence = Presence(self._folder, operator)
        for _ in range(_PRESENCE_TRIES):
            if self._presence.take():
                return
            await self._wait(asyncio.Event(), _PRESENCE_SECONDS)

    def take_up(self) -> None:
        """The operator who was at work here is gone: what was left behind is delivered."""
        self._here = ""
        if self._presence is not None:
            self._presence.leave()
        self.nudge()

    def nudge(self) -> None:
        """Deliver now what may be delivered."""
        self._nudged.set()

    async def run(self) -> None:
        """Deliver what lies here, again and again, until cancelled."""
        pauses = Pauses(MOST_PAUSE_SECONDS)
        while True:
            self._nudged.clear()
            if await self.deliver():
                pauses.restart()
                await self._wait(self._nudged, LOOK_SECONDS)
            else:
                await self._wait(self._nudged, pauses.take())

    async def deliver(self) -> bool:
        """Deliver all that may be delivered now; False where something could not be."""
        stuck: set[str] = set()
        refused = ""
        for path in await self._run_pool(lambda: courier.files(self._folder)):
            operator = courier.operator_of(path)
            async with self._carrying:
                # In order: what a later stretch builds upon comes first.
                if operator == self._here or operator in stuck:
                    continue
                presence = Presence(self._folder, operator)
                if not presence.take():
                    # At work at another window of this machine.
                    continue
                try:
                    why = await self._deliver(path)
                finally:
                    presence.leave()
            if why is not None:
                stuck.add(operator)
                refused = refused or why
        if refused:
            _log.info("couriers are refused: %s", refused)
        self._problems.set("courier_refused", bool(refused))
        await self._delivered(self._here)
        return not stuck

    async def _deliver(self, path: Path) -> str | None:
        """None when it is done; else why it was refused, "" where only the way was closed."""
        try:
            found = await self._run_pool(lambda: courier.read(path))
            await self._run_pool(lambda: courier.note_leaving(self._folder, found))
        except FileNotFoundError:
            return None
        except courier.CourierBroken:
            _log.warning("a courier file cannot be read")
            return "broken"
        except OSError:
            return ""
        answer = await self._server.carry(found.message)
        if isinstance(answer, Unreachable):
            return ""
        if isinstance(answer, TurnedAway):
            return answer.why
        if not set(found.ops) <= set(answer.ops):
            return "incomplete"
        await self._run_pool(lambda: courier.remove(path))
        return None
