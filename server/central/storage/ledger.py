"""What devices pushed: every operation once, with its answer, and how far each device has come."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from models.operation import Operation, Outcome
from server.central.storage.tables import device, operation
from server.central.storage.upsert import put_missing


@dataclass(frozen=True, slots=True)
class Known:
    """An operation that was answered before."""

    h: str
    outcome: Outcome
    why: str
    ver: int


@dataclass(frozen=True, slots=True)
class Answered:
    """An operation with its place and its answer, to be stored."""

    seq: int
    h: str
    operation: Operation
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
    put_missing(connection, device, [{"epoch": epoch, "account": account, "last_seq": 0}])
    row = connection.execute(select(device).where(device.c.epoch == epoch).with_for_update()).one()
    return Device(row.account, row.last_seq)


def move_device(connection: Connection, epoch: str, last: int) -> None:
    """Note the last number taken."""
    connection.execute(update(device).where(device.c.epoch == epoch).values(last_seq=last))


def known_operations(connection: Connection, ids: Collection[str]) -> dict[str, Known]:
    """Those of the operations that were answered before, under whichever epoch."""
    columns = operation.c
    query = select(columns.op_id, columns.h, columns.outcome, columns.why, columns.ver).where(
        columns.op_id.in_(ids)
    )
    return {
        row.op_id: Known(row.h, Outcome(row.outcome), row.why, row.ver) for row in connection.execute(query)
    }


def store_operations(
    connection: Connection, epoch: str, received_at: str, answered: Iterable[Answered]
) -> None:
    """Keep operations with their answers."""
    rows = [
        {
            "op_id": one.operation.op,
            "epoch": epoch,
            "seq": one.seq,
            "h": one.h,
            "type": one.operation.type,
            "entity": one.operation.entity,
            "entity_id": one.operation.id,
            "actor": one.operation.actor,
            "at": one.operation.at.isoformat(),
            "received_at": received_at,
            "base": one.operation.base,
            "v": one.operation.v,
            "body": dict(one.operation.body),
            "outcome": one.outcome.value,
            "why": one.why,
            "ver": one.ver,
        }
        for one in answered
    ]
    if rows:
        connection.execute(insert(operation), rows)
