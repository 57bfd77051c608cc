"""The calls that are owed, the series that were agreed on and the wishes for none, among the records."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from console.storage.records import records
from console.storage.tables import record
from models.followups import contact, reduce, reduce_followup
from models.followups.callback import Callback
from models.followups.contact import Contact
from models.followups.followup import Followup
from models.followups.known import KnownOwed

_TYPES = (reduce.ENTITY, reduce_followup.ENTITY, contact.ENTITY)


class OwedCalls:
    """A part of the storage."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def known(self) -> KnownOwed:
        """Open call-backs, all series (own ones stay after their end), all wishes; due first at the head."""
        query = select(record).where(record.c.type.in_(_TYPES)).order_by(record.c.id)
        with self._transaction() as connection:
            found = [one.entity for one in records(connection, query)]
        callbacks = [one for one in found if isinstance(one, Callback) and one.is_open]
        series = [one for one in found if isinstance(one, Followup)]
        return KnownOwed(
            tuple(sorted(callbacks, key=lambda one: one.due_at)),
            tuple(sorted(series, key=lambda one: one.due_at)),
            tuple(one for one in found if isinstance(one, Contact)),
        )
