"""Making a database, knowing its version, and the few values that belong to it as a whole."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, func, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from models.ids import new_id
from server.central.storage.engine import DatabaseTrouble, reading, writing
from server.central.storage.tables import SCHEMA_VERSION, meta, metadata

# Any number that nothing else in the database uses.
_MAKING = 12356


@dataclass(frozen=True, slots=True)
class DatabaseIdentity:
    """What a database says of itself; `caller_secret` keys the ids of caller cards."""

    server_epoch: str
    practice: bool
    caller_secret: bytes


def make_database(engine: Engine, *, practice: bool) -> DatabaseIdentity:
    """Make the tables where there are none, and open the database. Raises DatabaseTrouble."""
    with _trouble_told(), writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            # Two programs that start at once: the second finds the tables.
            connection.execute(select(func.pg_advisory_xact_lock(_MAKING)))
        if not inspect(connection).has_table(meta.name):
            metadata.create_all(connection)
            connection.execute(insert(meta), _first_values(practice))
    return open_database(engine, practice=practice)


def open_database(engine: Engine, *, practice: bool) -> DatabaseIdentity:
    """Check that this program may use the database.

    Raises DatabaseTrouble: `unreachable`, `missing` (not made yet), `newer` (made by a newer program),
    `practice` (a practice database for a real server) or `real` (the other way round).
    """
    with _trouble_told():
        if not inspect(engine).has_table(meta.name):
            raise DatabaseTrouble("missing")
        with reading(engine) as connection:
            values: dict[str, str] = {row.key: row.value for row in connection.execute(select(meta))}
    if int(values["schema"]) > SCHEMA_VERSION:
        raise DatabaseTrouble("newer", values["schema"])
    is_practice = values["practice"] == "yes"
    if is_practice != practice:
        raise DatabaseTrouble("practice" if is_practice else "real")
    return DatabaseIdentity(values["server_epoch"], practice, bytes.fromhex(values["caller_secret"]))


def _first_values(practice: bool) -> list[dict[str, str]]:
    values = {
        "schema": str(SCHEMA_VERSION),
        "server_epoch": new_id(),
        "practice": "yes" if practice else "no",
        "caller_secret": secrets.token_hex(32),
    }
    return [{"key": key, "value": value} for key, value in values.items()]


@contextmanager
def _trouble_told() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise DatabaseTrouble("unreachable", str(error.orig).strip()) from error
