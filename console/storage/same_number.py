"""Which other calls came from the number of a call."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from console.storage.documents import tail_of
from console.storage.records import records
from console.storage.tables import record
from models.calls.call import Call
from models.people.number import normalise


class SameNumber:
    """Calls of one number, as far as they are known here: a household's is not a person's."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def calls(self, call: str, most: int) -> tuple[str, ...]:
        """The last other calls of the number of a call, newest first; none where the number is withheld."""
        with self._transaction() as connection:
            known = records(connection, select(record).where(record.c.type == "call", record.c.id == call))
            number = normalise(known[0].entity.number) if known and isinstance(known[0].entity, Call) else ""
            digits = tail_of(number)
            if not digits:
                return ()
            # Without the type, or the database would go through all calls by their time.
            same = (
                select(record)
                .where(
                    record.c.tail != "",
                    record.c.tail >= digits,
                    record.c.tail < digits + ":",
                    record.c.id != call,
                )
                .order_by(record.c.at.desc(), record.c.id)
            )
            found = (one.entity for one in records(connection, same) if isinstance(one.entity, Call))
            return tuple(one.id for one in found if normalise(one.number) == number)[:most]
