"""What the list of records and that of open tasks read from the local database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from console.runtime.db_thread import DbThread
from console.storage.values import ListedNote
from models.cases.open_tasks import OpenTasks


class TaskShelf:
    """Each call is one piece of work on the db thread; raises DiskTrouble where the disk refuses."""

    def __init__(self, db: DbThread[Any]) -> None:
        self._db = db

    async def my_notes(self, since: datetime, until: datetime) -> tuple[ListedNote, ...]:
        """This operator's notes of a span of time."""
        found: tuple[ListedNote, ...] = await self._db.run(lambda storage: storage.my_notes(since, until))
        return found

    async def open_tasks(self, everyone: bool) -> OpenTasks:
        """What is still to be done, by this operator or by everyone of the site."""
        tasks: OpenTasks = await self._db.run(lambda storage: storage.open_tasks.read(everyone))
        return tasks

    async def listed(self, notes: Sequence[str]) -> tuple[ListedNote, ...]:
        """These notes, newest first."""
        found: tuple[ListedNote, ...] = await self._db.run(lambda storage: storage.open_tasks.listed(notes))
        return found
