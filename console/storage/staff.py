"""Who works here, among the records."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from console.storage.records import records
from console.storage.tables import record
from models.people.staff import CARD, StaffCard


class StaffCards:
    """A part of the storage."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def all(self) -> tuple[StaffCard, ...]:
        """Everybody who works or worked at the site, as the server told it last."""
        query = select(record).where(record.c.type == CARD).order_by(record.c.id)
        with self._transaction() as connection:
            found = (one.entity for one in records(connection, query))
            return tuple(one for one in found if isinstance(one, StaffCard))
