"""Records as rows: the confirmed state, the acts that wait, and the view that both give."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select
from sqlalchemy.dialects.sqlite import insert

from console.storage.documents import dump, entity_of, indexed, load, load_operation
from console.storage.indexing import follow
from console.storage.linking import link
from console.storage.tables import outbox, record, refused
from console.storage.values import Record
from models.codec import Document
from models.operation import Operation, Outcome, Reduced
from models.sync.held import HeldState
from models.sync.record import Versioned, apply

Key = tuple[str, str]


@dataclass(slots=True)
class Stored:
    """A record's row while a transaction works on it: `base` is confirmed, `view` holds waiting acts too."""

    key: Key
    view: Versioned
    base: Versioned
    pending: int = 0
    covered: bool = False
    gone: bool = False


def read(connection: Connection, key: Key) -> Stored:
    """The record's row, a blank one where there is none."""
    row = connection.execute(select(record).where(record.c.type == key[0], record.c.id == key[1])).first()
    if row is None:
        return Stored(key, Versioned(), Versioned())
    view = _versioned(row.doc, row.ver)
    # Without waiting acts both are the same, and the row holds one text only.
    base = _versioned(row.base_doc, row.base_ver) if row.pending_n else view
    return Stored(key, view, base, row.pending_n, bool(row.covered), bool(row.gone))


def write(connection: Connection, stored: Stored) -> None:
    """Put the row back; one that left every feed and waits for nothing is removed."""
    kind, entity = stored.key
    if (stored.gone and not stored.pending) or (stored.view.document is None and not stored.pending):
        connection.execute(delete(record).where(record.c.type == kind, record.c.id == entity))
        return
    values = row_of(stored)
    statement = insert(record).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["type", "id"], set_=values))
    link(connection, kind, entity, stored.view.document)
    follow(connection, kind, entity, stored.view.document)


def row_of(stored: Stored) -> dict[str, Any]:
    """The columns of a record's row."""
    kind, entity = stored.key
    return {
        "type": kind,
        "id": entity,
        "ver": stored.view.version,
        "doc": _text(stored.view),
        "base_ver": stored.base.version,
        "base_doc": _text(stored.base) if stored.pending else None,
        "pending_n": stored.pending,
        "covered": int(stored.covered),
        "gone": int(stored.gone),
        **indexed(kind, entity, stored.view.document),
    }


def waiting(connection: Connection, key: Key) -> tuple[Operation, ...]:
    """The acts on a record that are not confirmed: held ones, then those in the outbox, in order."""
    kind, entity = key
    held = (
        select(refused.c.doc)
        .where(
            refused.c.entity == kind,
            refused.c.entity_id == entity,
            refused.c.outcome == Outcome.HELD,
            refused.c.state == HeldState.WAITING,
        )
        .order_by(refused.c.n)
    )
    unsent = (
        select(outbox.c.doc)
        .where(outbox.c.entity == kind, outbox.c.entity_id == entity, outbox.c.again == 0)
        .order_by(outbox.c.seq)
    )
    texts = (*connection.scalars(held), *connection.scalars(unsent))
    return tuple(load_operation(text) for text in texts)


def lay_over(connection: Connection, stored: Stored) -> Reduced[Document] | None:
    """Lay the waiting acts over the base of a row and write it; gives what became of the last of them."""
    operations = waiting(connection, stored.key)
    reduced = None
    stored.pending = len(operations)
    stored.view = stored.base
    for operation in operations:
        stored.view, reduced = apply(stored.view, operation)
    write(connection, stored)
    return reduced


def records(connection: Connection, query: Select[Any]) -> tuple[Record, ...]:
    """The records that a query over the record table finds, as values; not those that only the server has."""
    shown = query.where(record.c.gone == 0, record.c.doc.is_not(None))
    return tuple(_value(row) for row in connection.execute(shown))


def _value(row: Row[Any]) -> Record:
    document = load(row.doc) if row.doc is not None else None
    return Record(row.type, row.id, row.ver, entity_of(row.type, document), row.pending_n)


def _versioned(text: str | None, version: int) -> Versioned:
    return Versioned(None if text is None else load(text), version)


def _text(state: Versioned) -> str | None:
    return None if state.document is None else dump(state.document)
