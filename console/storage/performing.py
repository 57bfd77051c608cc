"""An act becomes durable: the record and the outbox in the caller's transaction."""

from dataclasses import replace

from sqlalchemy import Connection, Row, insert, select, update

from console.storage import meta
from console.storage.chains import append
from console.storage.documents import dump_operation, entity_of, load_operation, moment, storable
from console.storage.records import Key, Stored, lay_over, read, waiting, write
from console.storage.tables import acked_ops, outbox, refused
from console.storage.values import Performed
from models.notes.reduce import OPEN
from models.operation import Operation, Outcome
from models.sync.record import apply
from models.trace.entry import Act, Happening, as_code

DRAFT = "note.draft.put"
ON = "on"


def perform(connection: Connection, act: Operation, made: dict[Key, str]) -> Performed:
    """Do one act. A rejected one is not stored; one that is known already changes nothing.

    `made` names the text of each note that its author goes on from, by the act that wrote it; it is moved on.
    """
    key = (act.entity, act.id)
    if act.type == DRAFT and ON in act.body:
        made[key] = act.body[ON]
    result = _performed_on(connection, act, made.get(key))
    if act.type == OPEN and not result.why:
        made[key] = ""
    if act.type == DRAFT and not result.why:
        made[key] = result.op
    return result


def _performed_on(connection: Connection, act: Operation, made: str | None) -> Performed:
    operation = storable(act)
    stored = read(connection, (operation.entity, operation.id))
    if _known(connection, operation.op):
        return _performed(operation, stored, Outcome.APPLIED, "")
    if operation.type == DRAFT and ON not in operation.body:
        operation = _written_on(operation, _standing(connection, stored) if made is None else made)
    after, reduced = apply(stored.view, operation)
    if reduced.outcome is Outcome.REJECTED:
        return _performed(operation, stored, reduced.outcome, reduced.why)
    # Who wrote on a text that was fetched did not go on from the draft that waits: both stay.
    last = None if ON in act.body else _replaceable(connection, operation)
    if last is not None:
        return _coalesced(connection, operation, stored, last)
    connection.execute(insert(outbox).values(outbox_row(meta.take_seq(connection), operation)))
    note_change(connection, operation)
    stored.view = after
    stored.pending += 1
    write(connection, stored)
    return _performed(operation, stored, reduced.outcome, reduced.why)


def _coalesced(
    connection: Connection, operation: Operation, stored: Stored, last: tuple[int, Operation]
) -> Performed:
    """Put a newer draft in the place of one that never left; it stands on what that one stood on."""
    seq, older = last
    newer = _written_on(operation, older.body.get(ON, ""))
    connection.execute(update(outbox).where(outbox.c.seq == seq).values(outbox_row(seq, newer)))
    reduced = lay_over(connection, stored)
    outcome, why = (reduced.outcome, reduced.why) if reduced else (Outcome.APPLIED, "")
    return _performed(newer, stored, outcome, why)


def _written_on(operation: Operation, text: str) -> Operation:
    return replace(operation, body={**operation.body, ON: text})


def _standing(connection: Connection, stored: Stored) -> str:
    """The text that is shown, by its act."""
    known = (stored.view.document or {}).get("written", "")
    if known or not stored.pending:
        return str(known)
    # A view of a program before schema 3 does not say which of the drafts that wait it shows.
    drafts = [one.op for one in waiting(connection, stored.key) if one.type == DRAFT]
    return drafts[-1] if drafts else ""


def note_change(connection: Connection, operation: Operation) -> None:
    """Write an act into the trace. A draft that replaces one adds nothing until it leaves: see `sending`."""
    kind, entity, op = as_code(operation.type), as_code(operation.id), as_code(operation.op)
    append(connection, operation.at, operation.actor, Happening(Act.CHANGED, kind, entity, op))


def outbox_row(seq: int, operation: Operation, again: bool = False) -> dict[str, object]:
    """The outbox columns of an act that was never sent under this number."""
    return {
        "seq": seq,
        "op_id": operation.op,
        "type": operation.type,
        "entity": operation.entity,
        "entity_id": operation.id,
        "doc": dump_operation(operation),
        "at": moment(operation.at),
        "sent_at": None,
        "tries": 0,
        "again": int(again),
    }


def _replaceable(connection: Connection, operation: Operation) -> tuple[int, Operation] | None:
    """The last act on the same record, if it is a draft too, was never sent, and was written at no stop."""
    if operation.type != DRAFT:
        return None
    query = (
        select(outbox)
        .where(outbox.c.entity == operation.entity, outbox.c.entity_id == operation.id)
        .order_by(outbox.c.seq.desc())
        .limit(1)
    )
    row: Row[tuple[object, ...]] | None = connection.execute(query).first()
    if row is None or row.type != DRAFT or row.sent_at is not None or row.again:
        return None
    last = load_operation(row.doc)
    return None if last.body.get("stop") else (row.seq, last)


def _known(connection: Connection, op: str) -> bool:
    tables = (outbox, refused, acked_ops)
    return any(connection.scalar(select(table.c.op_id).where(table.c.op_id == op)) for table in tables)


def _performed(operation: Operation, stored: Stored, outcome: Outcome, why: str) -> Performed:
    entity = entity_of(operation.entity, stored.view.document)
    return Performed(operation.op, outcome, why, stored.view.version, entity)
