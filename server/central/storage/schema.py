"""Making a database, knowing its version, and the few values that belong to it as a whole."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, insert, inspect, select, update
from sqlalchemy.exc import DBAPIError

from models.ids import new_id
from server.central.sealing.pages import Unsealable
from server.central.sealing.sealing import Sealing
from server.central.storage.engine import DatabaseTrouble, reading, sealing_of, writing
from server.central.storage.migrating import migrate
from server.central.storage.tables import SCHEMA_VERSION, meta

# Any number that nothing else in the database uses.
_MAKING = 12356
_SEALED_SINCE = 3
_SWEEP_SQLITE = ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
_SWEEP_POSTGRESQL = ("VACUUM FULL meta",)


@dataclass(frozen=True, slots=True)
class DatabaseIdentity:
    """What a database says of itself; `caller_secret` keys the ids of caller cards."""

    server_epoch: str
    practice: bool
    caller_secret: bytes


def make_database(engine: Engine, *, practice: bool) -> DatabaseIdentity:
    """Make the tables where there are none, bring an earlier schema up, open. Raises DatabaseTrouble."""
    with _trouble_told(), writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            # Two programs that start at once: the second finds the tables.
            connection.execute(select(func.pg_advisory_xact_lock(_MAKING)))
        if not inspect(connection).has_table(meta.name):
            migrate(connection, 0)
            connection.execute(insert(meta), _first_values(practice, sealing_of(engine)))
            before = SCHEMA_VERSION
        else:
            before = _bring_up(connection)
    if before < _SEALED_SINCE:
        with _trouble_told():
            _forget_open_text(engine)
    return open_database(engine, practice=practice)


def refuse_lost(engine: Engine) -> None:
    """Raise DatabaseTrouble (`lost`) where the keys of records are there and their database is not.

    A new, empty one in its place would take the acts of all workstations as if nothing had ever been.
    """
    # Asked in this order: another program that makes both at this moment is no loss.
    with _trouble_told():
        if sealing_of(engine).was_used() and not inspect(engine).has_table(meta.name):
            raise DatabaseTrouble("lost")


def open_database(engine: Engine, *, practice: bool) -> DatabaseIdentity:
    """Check that this program may use the database.

    Raises DatabaseTrouble: `unreachable`, `missing` (not made yet), `newer` (by a newer program), `older`,
    `practice` (a practice database for a real server), `real` (the other way round) or `keys` (its records
    are sealed with keys of another key database).
    """
    sealing = sealing_of(engine)
    with _trouble_told():
        if not inspect(engine).has_table(meta.name):
            raise DatabaseTrouble("missing")
        with reading(engine) as connection:
            values: dict[str, str] = {row.key: row.value for row in connection.execute(select(meta))}
    version = int(values["schema"])
    if version != SCHEMA_VERSION:
        raise DatabaseTrouble("newer" if version > SCHEMA_VERSION else "older", str(version))
    is_practice = values["practice"] == "yes"
    if is_practice != practice:
        raise DatabaseTrouble("practice" if is_practice else "real")
    if values["keys"] != sealing.id:
        raise DatabaseTrouble("keys")
    try:
        caller_secret = sealing.unwrap("caller_secret", values["caller_secret"])
    except Unsealable as error:
        raise DatabaseTrouble("keys") from error
    return DatabaseIdentity(values["server_epoch"], practice, caller_secret)


def _forget_open_text(engine: Engine) -> None:
    """What was not sealed by an earlier program still lies in the file, though in no table."""
    sqlite = engine.dialect.name == "sqlite"
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for statement in _SWEEP_SQLITE if sqlite else _SWEEP_POSTGRESQL:
            connection.exec_driver_sql(statement)


def _bring_up(connection: Connection) -> int:
    """Bring an earlier schema up; returns the version it had."""
    schema = meta.c.key == "schema"
    version = int(connection.execute(select(meta.c.value).where(schema).with_for_update()).scalar_one())
    if version < SCHEMA_VERSION:
        migrate(connection, version)
        connection.execute(update(meta).where(schema).values(value=str(SCHEMA_VERSION)))
    return version


def _first_values(practice: bool, sealing: Sealing) -> list[dict[str, str]]:
    values = {
        "schema": str(SCHEMA_VERSION),
        "server_epoch": new_id(),
        "practice": "yes" if practice else "no",
        "caller_secret": sealing.wrap("caller_secret", secrets.token_bytes(32)),
        "keys": sealing.id,
    }
    return [{"key": key, "value": value} for key, value in values.items()]


@contextmanager
def _trouble_told() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise DatabaseTrouble("unreachable", str(error.orig).strip()) from error
