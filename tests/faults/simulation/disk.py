"""What stands on a workstation's disk, read past the program."""

from dataclasses import dataclass

from sqlalchemy import Engine, select

from console.storage import meta
from console.storage.documents import load, load_operation
from console.storage.tables import acked_ops, cursor, outbox, record, refused
from models.codec import Document
from models.operation import Operation, Outcome
from models.sync.held import HeldState

Key = tuple[str, str]
_OUTBOX = select(outbox.c.seq, outbox.c.doc, outbox.c.again).order_by(outbox.c.seq)
_HELD = (
    select(refused.c.doc)
    .where(refused.c.outcome == Outcome.HELD, refused.c.state == HeldState.WAITING)
    .order_by(refused.c.n)
)
_IN_SIGHT = select(record.c.type, record.c.id).where(record.c.gone == 0, record.c.doc.is_not(None))


@dataclass(frozen=True)
class Row:
    """One record: what is confirmed and what is shown."""

    base: Document | None
    base_version: int
    view: Document | None
    version: int
    pending: int
    covered: bool
    gone: bool


@dataclass(frozen=True)
class Sent:
    """One act in the outbox under its number; `again`: confirmed once, offered anew."""

    seq: int
    operation: Operation
    again: bool


class Disk:
    """The tables of one workstation."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def outbox(self) -> tuple[Sent, ...]:
        with self._engine.begin() as connection:
            return tuple(
                Sent(row.seq, load_operation(row.doc), bool(row.again)) for row in connection.execute(_OUTBOX)
            )

    def epoch(self) -> str:
        with self._engine.begin() as connection:
            return meta.get(connection, "epoch")

    def held(self) -> tuple[Operation, ...]:
        """The acts that the server keeps for a lead, in order."""
        with self._engine.begin() as connection:
            return tuple(load_operation(text) for text in connection.scalars(_HELD))

    def refused(self) -> set[str]:
        with self._engine.begin() as connection:
            return set(connection.scalars(select(refused.c.op_id)))

    def known(self) -> set[str]:
        """The ids of all acts that this disk could offer to a server."""
        with self._engine.begin() as connection:
            return {
                op
                for table in (outbox, acked_ops, refused)
                for op in connection.scalars(select(table.c.op_id))
            }

    def records(self) -> dict[Key, Row]:
        with self._engine.begin() as connection:
            rows = connection.execute(select(record)).all()
        found = {}
        for row in rows:
            view = None if row.doc is None else load(row.doc)
            base = view if not row.pending_n else None if row.base_doc is None else load(row.base_doc)
            base_version = row.base_ver if row.pending_n else row.ver
            found[row.type, row.id] = Row(
                base, base_version, view, row.ver, row.pending_n, bool(row.covered), bool(row.gone)
            )
        return found

    def in_sight(self) -> set[Key]:
        """The records that the program shows."""
        with self._engine.begin() as connection:
            return {(row.type, row.id) for row in connection.execute(_IN_SIGHT)}

    def feeds(self) -> dict[str, tuple[int, str]]:
        """Count and sum of each feed."""
        with self._engine.begin() as connection:
            return {row.feed: (row.n, row.sum) for row in connection.execute(select(cursor))}
