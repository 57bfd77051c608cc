"""Opening the encrypted file of one operator; SQLAlchemy is imported here, on the db thread, not before."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.storage.checking import ended_uncleanly, faults, lost_beginning
from console.storage.connecting import connect, reason
from console.storage.errors import Damaged, NewerSchema, OtherPurpose
from models.clock import Clock
from models.ids import new_id

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from console.storage.storage import Storage


def fetch() -> None:
    """Import what `open_storage` needs, ahead of time."""
    for name in ("sqlcipher3", "sqlalchemy.dialects.sqlite.pysqlite", "console.storage.storage"):
        import_module(name)


def open_storage(path: Path, key: bytes, operator: str, clock: Clock, practice: bool = False) -> "Storage":
    """Open the database, or make it where there is no file. Call it on the thread that will use it.

    `key` is the raw 256-bit key. After an unclean end the whole file is checked before.
    Raises StorageError: Unreadable, Damaged, NewerSchema or OtherPurpose.
    """
    from console.storage.storage import Storage

    if lost_beginning(path) or (ended_uncleanly(path) and faults(path, key)):
        raise Damaged(path)
    return Storage(open_engine(path, key, operator, practice), operator, clock)


def open_engine(path: Path, key: bytes, operator: str, practice: bool) -> "Engine":
    """The one connection to the database, its schema brought up. Raises StorageError."""
    engine = _engine(path, key)
    try:
        _prepare(engine, path, operator, practice)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _engine(path: Path, key: bytes) -> "Engine":
    import sqlcipher3
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool

    def connection() -> Any:
        return connect(path, key)

    # StaticPool: one connection, of the db thread. The dialect's own choice of pool crashes with threads.
    engine = create_engine("sqlite+pysqlite://", module=sqlcipher3, creator=connection, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: "Connection") -> None:
        # The driver would begin at the first write only; reading and writing shall be one transaction.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _prepare(engine: "Engine", path: Path, operator: str, practice: bool) -> None:
    import sqlcipher3
    from sqlalchemy.exc import DBAPIError

    from console.storage import meta
    from console.storage.tables import SCHEMA_VERSION, metadata

    purpose = {"operator": operator, "practice": "1" if practice else "0"}
    try:
        with engine.begin() as connection:
            version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
            if version > SCHEMA_VERSION:
                raise NewerSchema(path)
            if version == 0:
                metadata.create_all(connection)
                meta.put(connection, device=new_id(), epoch=new_id(), **purpose)
            elif any(meta.get(connection, name) != value for name, value in purpose.items()):
                raise OtherPurpose(path)
            elif version < SCHEMA_VERSION:
                # Alembic takes long to import and is needed once after a new release.
                from console.storage.migrating import migrate

                migrate(connection, version)
            if version < SCHEMA_VERSION:
                connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except DBAPIError as error:
        raise reason(error.orig, path) from error
    except sqlcipher3.DatabaseError as error:
        raise reason(error, path) from error
