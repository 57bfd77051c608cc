"""The chains of the trace as rows: the present one, and an entry at its end in the caller's transaction."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from console.storage import meta
from console.storage.tables.core import meta as meta_table
from console.storage.tables.trace import trace_chain, trace_entry
from models.codec import to_document
from models.ids import new_id
from models.trace.chain import Place, beginning, canonical, following
from models.trace.entry import Entry, Happening

_EPOCH = select(meta_table.c.value).where(meta_table.c.key == "epoch").scalar_subquery()
_LAST = select(trace_chain, _EPOCH.label("now")).order_by(trace_chain.c.place.desc()).limit(1)


def append(connection: Connection, at: datetime, actor: str, what: Happening) -> None:
    """Put a happening at the end of the present chain."""
    chain = _present(connection)
    entry = Entry.of(chain.n + 1, at.astimezone(UTC), actor, chain.workstation, what)
    text = canonical(to_document(entry))
    place = following(Place(chain.n, chain.head), text)
    values = {"epoch": chain.epoch, "n": place.n, "text": text, "hash": place.head, "op_id": what.op}
    connection.execute(insert(trace_entry).values(values))
    grown = update(trace_chain).where(trace_chain.c.place == chain.place)
    connection.execute(grown.values(n=place.n, head=place.head))


def traced(connection: Connection, ops: Sequence[str]) -> set[str]:
    """Those of the operations that an entry names."""
    return set(connection.scalars(select(trace_entry.c.op_id).where(trace_entry.c.op_id.in_(ops))))


def hash_at(connection: Connection, chain: Row[Any], n: int) -> str | None:
    """The hash at a place of a chain; None where no such entry is kept."""
    if n == chain.kept_n:
        return str(chain.kept_head)
    here = (trace_entry.c.epoch == chain.epoch, trace_entry.c.n == n)
    found = connection.scalar(select(trace_entry.c.hash).where(*here))
    return None if found is None else str(found)


def tell_again(connection: Connection) -> None:
    """The server was restored and may have lost entries: offer all that are kept."""
    blank = {"receipt_n": 0, "receipt_head": "", "receipt_at": "", "receipt_key": "", "receipt_signature": ""}
    connection.execute(update(trace_chain).values(told_n=trace_chain.c.kept_n, **blank))


def _present(connection: Connection) -> Row[Any]:
    """The chain that grows: another one begins with another epoch of the device, and after a fault."""
    last = connection.execute(_LAST).first()
    if last is not None and last.device_epoch == last.now and not last.fault:
        return last
    epoch, operator, workstation = new_id(), meta.get(connection, "operator"), meta.get(connection, "device")
    start = beginning(epoch, operator, workstation)
    values = {
        "epoch": epoch,
        "operator": operator,
        "workstation": workstation,
        "device_epoch": meta.get(connection, "epoch"),
        "n": start.n,
        "head": start.head,
        "kept_n": start.n,
        "kept_head": start.head,
        "told_n": start.n,
        "receipt_n": 0,
        "receipt_head": "",
        "receipt_at": "",
        "receipt_key": "",
        "receipt_signature": "",
        "fault": "",
        "fault_n": 0,
        "fault_at": "",
    }
    connection.execute(insert(trace_chain).values(values))
    return connection.execute(_LAST).one()
