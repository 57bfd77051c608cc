"""The way of an act to the disk as the console has it: journal, db thread, database, problems."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from console.runtime.db_thread import DbThread
from console.runtime.journal import Journal
from console.runtime.problems import Problems
from console.storage.storage import Storage
from models.operation import Operation
from models.problems import Problem
from tests.console.storage.acts import CLOCK, opened

PATIENCE = 60


@dataclass(frozen=True)
class Saving:
    """A console that saves."""

    db: DbThread[Storage]
    journal: Journal
    problems: Problems

    async def trouble(self) -> Problem:
        """The problem that stands, or the next that arises."""
        arisen: asyncio.Future[Problem] = asyncio.get_running_loop().create_future()

        def look(known: tuple[Problem, ...]) -> None:
            if known and not arisen.done():
                arisen.set_result(known[0])

        self.problems.store.watch(look)
        async with asyncio.timeout(PATIENCE):
            return await arisen


@asynccontextmanager
async def saving(path: Path) -> AsyncIterator[Saving]:
    """Open a database and save into it."""
    db: DbThread[Storage] = DbThread()
    await db.open(lambda: opened(path))
    problems = Problems(CLOCK)

    async def perform(acts: Sequence[Operation]) -> None:
        await db.run(lambda storage: storage.perform(acts))

    journal = Journal(perform, problems, lambda: None)
    writing = asyncio.create_task(journal.run())
    try:
        yield Saving(db, journal, problems)
    finally:
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        db.stop(lambda storage: storage.close())
