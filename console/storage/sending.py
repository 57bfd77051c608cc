"""The outbox as the server meets it: what leaves next, what was confirmed, and a new device epoch."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from console.storage import confirmed, meta
from console.storage.chains import tell_again, traced
from console.storage.documents import dump_operation, load_operation, moment
from console.storage.performing import DRAFT, note_change, outbox_row
from console.storage.records import Key, lay_over, read
from console.storage.restored import remember
from console.storage.tables import acked_ops, cursor, outbox, record, record_feed, refused
from console.storage.values import Answer, Batch, Unsent
from models.ids import new_id
from models.operation import Operation, Outcome
from models.sync.record import apply
from models.sync.witness import TELL

KEPT_FOR = timedelta(days=30)
MOST_CHARACTERS = 300_000
_NOT_DONE = (Outcome.HELD, Outcome.REJECTED)


def unsent(connection: Connection) -> Unsent:
    """How many acts wait and since when."""
    count, oldest = connection.execute(select(func.count(), func.min(outbox.c.at))).one()
    return Unsent(count, datetime.fromisoformat(oldest) if oldest else None)


def next_batch(connection: Connection, limit: int, now: datetime) -> Batch | None:
    """The first waiting acts, marked as sent; None when nothing waits. At least one, however long."""
    rows: list[tuple[int, Operation]] = []
    leaving: list[Operation] = []
    characters = 0
    for row in connection.execute(select(outbox).order_by(outbox.c.seq).limit(limit)):
        characters += len(row.doc)
        if rows and characters > MOST_CHARACTERS:
            break
        rows.append((int(row.seq), load_operation(row.doc)))
        if row.sent_at is None:
            leaving.append(rows[-1][1])
    if not rows:
        return None
    known = traced(connection, [operation.op for operation in leaving])
    for operation in leaving:
        # A draft that took the place of another while it waited: this is how it leaves.
        if operation.op not in known:
            note_change(connection, operation)
    statement = update(outbox).where(outbox.c.seq <= rows[-1][0])
    connection.execute(statement.values(sent_at=moment(now), tries=outbox.c.tries + 1))
    return Batch(meta.get(connection, "epoch"), tuple(rows))


def acknowledge(connection: Connection, batch: Batch, answers: Sequence[Answer], now: datetime) -> None:
    """Drop exactly the acts of this push that an answer confirms by number and id; keep them 30 days."""
    if batch.epoch != meta.get(connection, "epoch"):
        return
    done: dict[Key, list[Operation]] = {}
    for answer, operation in _confirmed(batch, answers):
        if _take_out(connection, answer, operation, now) and answer.outcome not in _NOT_DONE:
            done.setdefault((operation.entity, operation.id), []).append(operation)
        else:
            done.setdefault((operation.entity, operation.id), [])
    connection.execute(delete(acked_ops).where(acked_ops.c.acked_at < moment(now - KEPT_FOR)))
    for key, operations in done.items():
        _settle(connection, key, operations)


def rejected_drafts(batch: Batch, answers: Sequence[Answer]) -> tuple[Operation, ...]:
    """The drafts of this push that the server took for none."""
    return tuple(
        operation
        for answer, operation in _confirmed(batch, answers)
        if answer.outcome is Outcome.REJECTED and operation.type == DRAFT
    )


def meets_restored(connection: Connection, server_epoch: str) -> bool:
    """True where the server is not in the epoch that was known: then all starts anew with it."""
    known = meta.get(connection, "server_epoch")
    if server_epoch and server_epoch != known:
        meta.put(connection, server_epoch=server_epoch)
        if known:
            tell_again(connection)
            start_epoch(connection, offer_again=True)
            return True
    return False


def start_epoch(connection: Connection, offer_again: bool) -> None:
    """Number what waits anew under a fresh device epoch; ids stay, so nothing is applied twice.

    What was ever sent stays marked so: the server may have it under its id, and no draft takes its place.
    To a server that may have lost acts, what it confirmed in the last 30 days is offered again before the
    rest, and every feed is pulled from its start.
    """
    rows = [
        outbox_row(row.seq, load_operation(row.doc), bool(row.again))
        | {"sent_at": row.sent_at, "tries": row.tries}
        for row in connection.execute(select(outbox).order_by(outbox.c.seq))
    ]
    if offer_again:
        kept = connection.scalars(select(acked_ops.c.doc).order_by(acked_ops.c.n)).all()
        waiting = {row["op_id"] for row in rows}
        offered = [outbox_row(0, load_operation(text), again=True) for text in kept]
        rows = [row for row in offered if row["op_id"] not in waiting] + rows
        confirmed.forget(connection)
        remember(connection)
        _forget_feeds(connection)
    connection.execute(delete(outbox))
    numbered = [row | {"seq": seq} for seq, row in enumerate(rows, start=1)]
    if numbered:
        connection.execute(insert(outbox), numbered)
    meta.put(connection, epoch=new_id(), next_seq=str(len(rows) + 1))


def _confirmed(batch: Batch, answers: Sequence[Answer]) -> Iterator[tuple[Answer, Operation]]:
    asked = dict(batch.rows)
    for answer in sorted(answers, key=lambda one: one.seq):
        operation = asked.get(answer.seq)
        if operation is not None and operation.op == answer.op:
            yield answer, operation


def _take_out(connection: Connection, answer: Answer, operation: Operation, now: datetime) -> bool:
    """Move one act out of the outbox; true where it is newly part of the confirmed record."""
    here = (outbox.c.seq == answer.seq, outbox.c.op_id == answer.op)
    row = connection.execute(select(outbox.c.again).where(*here)).first()
    if row is None:
        return False
    connection.execute(delete(outbox).where(*here))
    if answer.outcome in _NOT_DONE and operation.type != TELL:
        values = {
            "op_id": operation.op,
            "entity": operation.entity,
            "entity_id": operation.id,
            "doc": dump_operation(operation),
            "outcome": answer.outcome.value,
            "why": answer.why,
        }
        connection.execute(upsert(refused).values(values).on_conflict_do_nothing())
    values = {"op_id": operation.op, "doc": dump_operation(operation), "acked_at": moment(now)}
    again = {"acked_at": values["acked_at"]}
    connection.execute(
        upsert(acked_ops).values(values).on_conflict_do_update(index_elements=["op_id"], set_=again)
    )
    return not row.again


def _settle(connection: Connection, key: Key, operations: Sequence[Operation]) -> None:
    stored = read(connection, key)
    for operation in operations:
        stored.base, _ = apply(stored.base, operation)
    lay_over(connection, stored)


def _forget_feeds(connection: Connection) -> None:
    connection.execute(delete(record_feed))
    connection.execute(delete(cursor))
    # What the restored server has not got may be here only: no page removes it before a feed holds it again.
    connection.execute(update(record).values(covered=0))
