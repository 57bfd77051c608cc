"""The call-backs that are owed, among the records."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from console.storage.records import records
from console.storage.tables import record
from models.followups.callback import Callback
from models.followups.reduce import ENTITY


class OwedCallbacks:
    """A part of the storage."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def open(self) -> tuple[Callback, ...]:
        """Those that are at no end, the one that was due first at the head."""
        query = select(record).where(record.c.type == ENTITY)
        with self._transaction() as connection:
            found = [one.entity for one in records(connection, query)]
        owed = (one for one in found if isinstance(one, Callback) and one.is_open)
        return tuple(sorted(owed, key=lambda one: (one.due_at, one.id)))
