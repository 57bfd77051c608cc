"""Keeps the local database whole: checked behind the work, rebuilt where it is damaged, copied when asked."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from console.runtime.db_thread import DbThread
from console.runtime.pool import Pool
from console.runtime.problems import Problems
from console.runtime.store import Store
from console.runtime.waiting import wait_for
from console.search.reading import Reading
from console.session.files import OperatorFiles, beside
from console.storage.checking import faults
from console.storage.entering import Place, enter, enter_anew
from console.storage.errors import StorageError
from console.storage.rebuilding import Rebuilt, reports
from models.clock import Clock

if TYPE_CHECKING:
    from console.storage.storage import Storage

# The window and what it shows come first.
CHECK_AFTER_SECONDS = 3.0
_MEND_AGAIN_AFTER_SECONDS = 600.0
BACKUP_PROBLEMS = ("backup_folder", "backup_write", "backup_fault")
_log = logging.getLogger(__name__)


class Stage(StrEnum):
    """How far a backup is."""

    NONE = "none"
    COPYING = "copying"
    CHECKING = "checking"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Saving:
    """The last backup of this sign-in: stage, where it lies or should, when, and why it failed (a code)."""

    stage: Stage = Stage.NONE
    path: Path | None = None
    at: datetime | None = None
    why: str = ""

    @property
    def under_way(self) -> bool:
        """True while it is being made."""
        return self.stage in (Stage.COPYING, Stage.CHECKING)


class Upkeep:
    """Of the database of one operator; lives on the io thread."""

    def __init__(
        self,
        place: Place,
        db: "DbThread[Storage]",
        pool: Pool,
        problems: Problems,
        clock: Clock,
    ) -> None:
        self._place = place
        self._db = db
        self._pool = pool
        self._problems = problems
        self._clock = clock
        self._mended_at: float | None = None
        self._damaged = asyncio.Event()
        self.reading = Reading(place)
        self.saving: Store[Saving] = Store(Saving())

    async def open(self) -> None:
        """Open the database on the db thread; a damaged one is rebuilt. Raises StorageError, OSError."""
        await self._db.open(self._opening)
        self._db.troubles.append(self._heard)
        self._report()

    async def run(self, mended: Callable[[], object]) -> None:
        """Check the file once the window is up; later whenever the disk says that it is damaged.

        `mended` is called when another database is there than before.
        """
        await wait_for(self._damaged, CHECK_AFTER_SECONDS)
        if not self._damaged.is_set():
            await self.check()
        while True:
            await self._damaged.wait()
            self._damaged.clear()
            if await self.mend():
                mended()

    async def check(self) -> None:
        """Read the whole file on a connection of its own; what is damaged is mended at once."""
        place = self._place
        try:
            found = await self._pool.run(lambda: faults(place.path, place.key, thorough=True))
        except StorageError:
            # Not now: the next sign-in checks again.
            return
        if found:
            _log.warning("the database is damaged: %s", found[0].splitlines()[-1])
            self._damaged.set()

    async def mend(self) -> bool:
        """Exchange the damaged database for one rebuilt from it; if that fails, it stays and that is said."""
        now = self._clock.monotonic()
        if self._mended_at is not None and now - self._mended_at < _MEND_AGAIN_AFTER_SECONDS:
            self._problems.arise("storage_damaged", path=str(self._place.path))
            return False
        self._mended_at = now
        await self.reading.release()
        try:
            await self._db.exchange(self._rebuilding)
        except (StorageError, OSError) as trouble:
            _log.warning("the damaged database could not be rebuilt: %s", type(trouble).__name__)
            self._problems.arise("storage_damaged", path=str(self._place.path))
            return False
        self._problems.settle("storage_damaged")
        self._report()
        return True

    async def back_up(self, into: Path) -> None:
        """Copy the database and the envelopes of its key to another disk while the program goes on.

        `saving` tells how far it is; a failure stays a problem until a backup is good.
        """
        from console.storage.backup import BackupFailed, back_up

        if self.saving.value.under_way:
            return
        files = beside(OperatorFiles(self._place.path.parent, self._place.operator))
        place, now, loop = self._place, self._clock.now(), asyncio.get_running_loop()

        def told(stage: str) -> None:
            loop.call_soon_threadsafe(self.saving.publish, Saving(Stage(stage)))

        self.saving.publish(Saving(Stage.COPYING))
        try:
            made = await self._pool.run(lambda: back_up(place.path, place.key, files, into, now, told))
        except (BackupFailed, StorageError) as trouble:
            code = trouble.code if isinstance(trouble, BackupFailed) else "backup_write"
            _log.info("no backup was made: %s", code)
            self._problems.settle(*BACKUP_PROBLEMS)
            self._problems.arise(code, path=str(trouble.path))
            self.saving.publish(Saving(Stage.FAILED, trouble.path, now, code))
        except Exception:
            # A bug keeps nobody from trying again.
            self.saving.publish(Saving(Stage.FAILED, into, now, "backup_write"))
            raise
        else:
            self._problems.settle(*BACKUP_PROBLEMS)
            self.saving.publish(Saving(Stage.DONE, made, now))

    def _opening(self) -> "Storage":
        storage, told = enter(self._place, self._clock)
        if told is not None:
            _log.warning("a damaged database was rebuilt: %s pages or rows lost", told.lost)
        return storage

    def _rebuilding(self, former: "Storage") -> "Storage":
        storage, told = enter_anew(self._place, former, self._clock)
        _log.warning("a damaged database was rebuilt: %s pages or rows lost", told.lost)
        return storage

    def _heard(self, code: str) -> None:
        if code == "disk_damaged":
            self._damaged.set()

    def _report(self) -> None:
        """Say what was rebuilt as long as the damaged file lies there."""
        told: Sequence[Rebuilt] = reports(self._place.path)
        if told:
            newest = told[-1]
            self._problems.arise(
                "storage_rebuilt",
                path=str(newest.aside),
                unsent=str(newest.unsent),
                records=str(newest.records),
                lost=str(newest.lost),
            )
