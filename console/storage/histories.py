"""The acts on a note that this workstation made and still has: sent in the last thirty days, or not yet."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from console.storage.documents import load_operation
from console.storage.tables import acked_ops, outbox
from models.operation import Operation


class Histories:
    """A part of the storage."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def of_note(self, note: str) -> tuple[Operation, ...]:
        """The acts on a note in the order in which they were done."""
        mine = (outbox.c.entity == "note") & (outbox.c.entity_id == note)
        waiting = select(outbox.c.doc).where(mine).order_by(outbox.c.seq)
        # Of a confirmed act only its text is kept: the id narrows them down before they are read.
        named = acked_ops.c.doc.contains(note, autoescape=True)
        sent = select(acked_ops.c.doc).where(named).order_by(acked_ops.c.n)
        with self._transaction() as connection:
            docs = [*connection.execute(sent).scalars(), *connection.execute(waiting).scalars()]
        acts = {act.op: act for act in map(load_operation, docs) if (act.entity, act.id) == ("note", note)}
        return tuple(acts.values())
