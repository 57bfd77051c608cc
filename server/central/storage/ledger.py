"""What devices pushed: every operation once, with its answer, and how far each device has come."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, text, update

from models.notes.stops import is_passing
from models.operation import Operation, Outcome
from server.central.sealing.sealing import Sealing
from server.central.storage.bulk import Values, given, insert_rows, is_postgresql, rows_of, run
from server.central.storage.engine import sealing_of
from server.central.storage.tables import device, operation
from server.central.storage.upsert import put_missing

_THIS = device.c.epoch == bindparam("this")
_LOCKED = select(device.c.account, device.c.last_seq).where(_THIS).with_for_update()
_LAST = select(device.c.last_seq).where(_THIS, device.c.account == bindparam("whose"))
# As the index over the few acts that practice left has it, so that it is the one that is read.
_PRACTISED = text("operation.why = 'practice'")
_MOVED = update(device).where(_THIS).values(last_seq=bindparam("last"))


@dataclass(slots=True)
class Known:
    """An operation that was answered before; `mark` is the keyed mark of its digest."""

    mark: str
    outcome: Outcome
    why: str
    ver: int


@dataclass(slots=True)
class Answered:
    """An operation with its place and its answer, to be stored.

    `mark` is the keyed mark of its digest, `content` its body as JSON, `seal` the key that it is sealed with.
    """

    seq: int
    mark: str
    operation: Operation
    content: bytes
    seal: int
    outcome: Outcome
    why: str
    ver: int


@dataclass(frozen=True, slots=True)
class Device:
    """A device under one epoch: whose it is and the last number taken from it."""

    account: str
    last: int


def lock_device(connection: Connection, epoch: str, account: str) -> Device:
    """The device, for this transaction alone; one that is new belongs to the account."""
    found = rows_of(connection, _LOCKED, {"this": epoch})
    if not found:
        put_missing(connection, device, [{"epoch": epoch, "account": account, "last_seq": 0}])
        found = rows_of(connection, _LOCKED, {"this": epoch})
    return Device(*found[0])


def last_of(connection: Connection, epoch: str, account: str) -> int:
    """The last number taken of an epoch, 0 where none is known of this account."""
    found = rows_of(connection, _LAST, {"this": epoch, "whose": account})
    return int(found[0][0]) if found else 0


def move_device(connection: Connection, epoch: str, last: int) -> None:
    """Note the last number taken."""
    run(connection, _MOVED, {"this": epoch, "last": last})


def known_operations(connection: Connection, ids: Collection[str]) -> dict[str, Known]:
    """Those of the operations that were answered before, under whichever epoch."""
    if not ids:
        return {}
    found = rows_of(connection, _known_query(is_postgresql(connection)), {"ids": list(ids)})
    return {op: Known(mark, Outcome(outcome), why, ver) for op, mark, outcome, why, ver in found}


def refused_as_practice(connection: Connection, keys: Collection[tuple[str, str]]) -> set[str]:
    """The ids of those records of which an act was refused because it was practice."""
    if not keys:
        return set()
    query = _practised_query(is_postgresql(connection))
    found = rows_of(connection, query, {"ids": [name for _, name in keys]})
    return {name for entity, name in found if (entity, name) in keys}


@cache
def _practised_query(postgresql: bool) -> Select[tuple[Any, ...]]:
    columns = operation.c
    these = given(postgresql, columns.entity_id, "ids") & _PRACTISED
    return select(columns.entity, columns.entity_id).where(these)


@cache
def _known_query(postgresql: bool) -> Select[tuple[Any, ...]]:
    columns = operation.c
    answer = (columns.op_id, columns.h, columns.outcome, columns.why, columns.ver)
    return select(*answer).where(given(postgresql, columns.op_id, "ids"))


def sealed_name(op: str) -> str:
    """What the body of an operation is sealed under."""
    return f"operation/{op}"


def store_operations(
    connection: Connection, epoch: str, received_at: str, answered: Iterable[Answered]
) -> None:
    """Seal operations and keep them with their answers."""
    sealing = sealing_of(connection)
    rows = (_row(sealing, epoch, received_at, one) for one in answered)
    insert_rows(connection, operation, operation.columns.keys(), rows)


def _row(sealing: Sealing, epoch: str, received_at: str, one: Answered) -> Values:
    act = one.operation
    content = sealing.seal(one.seal, sealed_name(act.op), one.content)
    place = (act.op, epoch, one.seq, one.mark, act.type, act.entity, act.id, act.actor)
    moments = (act.at.isoformat(), received_at, act.base, act.v)
    return (*place, *moments, one.seal, content, one.outcome, one.why, one.ver, is_passing(act))
