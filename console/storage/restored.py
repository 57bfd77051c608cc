"""A restored server knows less than it once told: what it does not tell again is told to it as a witness."""

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, delete, exists, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from console.storage import meta
from console.storage.performing import outbox_row
from console.storage.records import Key, read
from console.storage.tables import outbox, record, restored
from models.ids import new_id
from models.operation import Operation
from models.sync.record import Versioned
from models.sync.witness import TELL, witness_id

_NAMING = "witness_naming"
_FULL = ("call", "note", "risk", "safety_plan", "referral")


class Witnesses:
    """A part of the storage: under which names it tells a restored server what that has lost."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def share(self, secret: bytes) -> None:
        """The site's secret, that all its workstations know: then each thing is told under one name."""
        with self._transaction() as connection:
            if meta.get(connection, _NAMING) != secret.hex():
                meta.put(connection, **{_NAMING: secret.hex()})


def remember(connection: Connection) -> None:
    """Note which records the server told, with their versions: what it tells now is compared with that."""
    confirmed = case((record.c.pending_n > 0, record.c.base_ver), else_=record.c.ver)
    pulled = select(record.c.type, record.c.id, confirmed).where(
        record.c.type.in_(_FULL), record.c.covered == 1, record.c.gone == 0, confirmed > 0
    )
    names = ["type", "id", "ver"]
    connection.execute(upsert(restored).from_select(names, pulled).on_conflict_do_nothing())


def is_learning(connection: Connection) -> bool:
    """True until one whole round with a restored server is over."""
    return connection.scalar(select(restored.c.ver).limit(1)) is not None


def compare(connection: Connection, key: Key, base: Versioned, version: int, now: datetime) -> None:
    """The server tells a record again: what it knows less of it than here is told to it."""
    here = (restored.c.type == key[0], restored.c.id == key[1])
    if connection.execute(delete(restored).where(*here)).rowcount and version < base.version:
        _tell(connection, key, base, now)


def conclude(connection: Connection, now: datetime) -> bool:
    """The round is over: what was not told again is told to the server; true where there was any.

    Only own records and their calls stay; what belongs to others leaves with the rights to it.
    """
    keys: list[Key] = [(row.type, row.id) for row in connection.execute(select(restored))]
    for key in keys:
        stored = read(connection, key)
        _tell(connection, key, stored.base, now)
        if not _is_own(connection, key):
            kind, entity = key
            here = (record.c.type == kind, record.c.id == entity)
            connection.execute(update(record).where(*here).values(covered=1))
    connection.execute(delete(restored))
    return bool(keys)


def _tell(connection: Connection, key: Key, base: Versioned, now: datetime) -> None:
    if base.document is None:
        return
    kind, entity = key
    name = witness_id(_secret(connection), kind, entity, base.version, base.document)
    body: dict[str, Any] = {"type": kind, "id": entity, "ver": base.version, "doc": base.document}
    act = Operation(new_id(), TELL, name, meta.get(connection, "operator"), now, body)
    connection.execute(insert(outbox).values(outbox_row(meta.take_seq(connection), act)))


def _secret(connection: Connection) -> bytes:
    """The site's secret; one of this database alone where nobody told it."""
    if not meta.get(connection, _NAMING):
        meta.put(connection, **{_NAMING: secrets.token_hex(32)})
    return bytes.fromhex(meta.get(connection, _NAMING))


def _is_own(connection: Connection, key: Key) -> bool:
    kind, entity = key
    mine = record.c.author == meta.get(connection, "operator")
    place = or_(
        (record.c.type == kind) & (record.c.id == entity),
        (record.c.call == entity) & (record.c.type != "call"),
    )
    return bool(connection.scalar(select(exists().where(mine, place))))
