"""The acts that wait for a lead: which, in which order, and their words out of the ledger."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import orjson
from sqlalchemy import Connection, Select, delete, insert, select, update

from models.operation import Operation, Outcome
from server.central.sealing.pages import Destroyed
from server.central.storage.bulk import given, is_postgresql, rows_of
from server.central.storage.engine import sealing_of
from server.central.storage.ledger import sealed_name
from server.central.storage.records import Key
from server.central.storage.tables import held, operation


@dataclass(frozen=True, slots=True)
class Waiting:
    """One act that waits, and the record that it is about."""

    op: str
    entity: str
    id: str
    actor: str

    @property
    def key(self) -> Key:
        """The record."""
        return self.entity, self.id


def waiting_on(connection: Connection, keys: Collection[Key]) -> list[Waiting]:
    """The acts that wait on records, in the order in which they came."""
    if not keys:
        return []
    found = _read(connection, "entity_id", {entity for _, entity in keys})
    return [one for one in found if one.key in keys]


def targets_of(connection: Connection, ops: Collection[str]) -> set[Key]:
    """The records that the named waiting acts are about."""
    if not ops:
        return set()
    return {one.key for one in _read(connection, "op_id", ops)}


def hold(connection: Connection, one: Waiting) -> None:
    """Let an act wait, after all that wait already."""
    values = {"op_id": one.op, "entity": one.entity, "entity_id": one.id, "actor": one.actor}
    connection.execute(insert(held), [values])


def end(connection: Connection, op: str) -> None:
    """An act waits no more."""
    connection.execute(delete(held).where(held.c.op_id == op))


def words_of(connection: Connection, op: str) -> Operation | None:
    """An act with its words; None where they were destroyed, or it was never taken."""
    columns = operation.c
    row = connection.execute(select(operation).where(columns.op_id == op)).first()
    if row is None:
        return None
    sealing = sealing_of(connection)
    sealing.look_up([row.seal])
    try:
        body = orjson.loads(sealing.unseal(row.seal, sealed_name(op), bytes(row.content)))
    except Destroyed:
        return None
    at = datetime.fromisoformat(row.at)
    return Operation(op, row.type, row.entity_id, row.actor, at, body, row.base, row.v)


def answer_anew(connection: Connection, op: str, outcome: Outcome, why: str, version: int) -> None:
    """The answer to an act is another one now: who sends it again is told so."""
    statement = update(operation).where(operation.c.op_id == op)
    connection.execute(statement.values(outcome=outcome.value, why=why, ver=version))


def _read(connection: Connection, column: str, these: Collection[str]) -> list[Waiting]:
    query = _query(is_postgresql(connection), column)
    return [Waiting(*row) for row in rows_of(connection, query, {"these": list(these)})]


@cache
def _query(postgresql: bool, column: str) -> Select[tuple[str, ...]]:
    columns = held.c
    which = given(postgresql, columns[column], "these")
    return (
        select(columns.op_id, columns.entity, columns.entity_id, columns.actor)
        .where(which)
        .order_by(columns.n)
    )
