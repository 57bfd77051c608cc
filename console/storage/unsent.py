"""What is not at the server yet, act by act."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, select

from console.storage.documents import load_operation
from console.storage.records import records
from console.storage.tables import outbox, record
from console.storage.values import UnsentAct
from models.notes.note import Note


class UnsentActs:
    """Reads the outbox for a person."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def list(self, limit: int = 200) -> tuple[UnsentAct, ...]:
        """The first acts of the outbox, in the order in which they will leave."""
        with self._transaction() as connection:
            rows = connection.execute(select(outbox).order_by(outbox.c.seq).limit(limit)).all()
        found = []
        for row in rows:
            act = load_operation(row.doc)
            sent = datetime.fromisoformat(row.sent_at) if row.sent_at else None
            found.append(UnsentAct(act.op, act.type, act.id, act.at, sent, row.tries, bool(row.again)))
        return tuple(found)

    def conflicts(self) -> tuple[Note, ...]:
        """The notes with texts between which nobody has decided yet, oldest first."""
        query = select(record).where(record.c.conflicts > 0).order_by(record.c.at, record.c.id)
        with self._transaction() as connection:
            return tuple(found.entity for found in records(connection, query))
