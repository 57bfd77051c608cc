"""Opening the encrypted file of one operator; SQLAlchemy is imported here, on the db thread, not before."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.storage.errors import Damaged, NewerSchema, OtherPurpose, StorageError, Unreadable
from models.clock import Clock
from models.ids import new_id

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from console.storage.storage import Storage

_BUSY_SECONDS = 5.0
_SETTINGS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")


def fetch() -> None:
    """Import what `open_storage` needs, ahead of time."""
    for name in ("sqlcipher3", "sqlalchemy.dialects.sqlite.pysqlite", "console.storage.storage"):
        import_module(name)


def open_storage(path: Path, key: bytes, operator: str, clock: Clock, practice: bool = False) -> "Storage":
    """Open the database, or make it where there is no file. Call it on the thread that will use it.

    `key` is the raw 256-bit key. Raises StorageError: Unreadable, Damaged, NewerSchema or OtherPurpose.
    """
    from console.storage.storage import Storage

    engine = _engine(path, key)
    try:
        _prepare(engine, path, operator, practice)
    except BaseException:
        engine.dispose()
        raise
    return Storage(engine, operator, clock)


def _engine(path: Path, key: bytes) -> "Engine":
    import sqlcipher3
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool

    def connect() -> Any:
        return _connect(path, key)

    # StaticPool: one connection, of the db thread. The dialect's own choice of pool crashes with threads.
    engine = create_engine("sqlite+pysqlite://", module=sqlcipher3, creator=connect, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: "Connection") -> None:
        # The driver would begin at the first write only; reading and writing shall be one transaction.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _connect(path: Path, key: bytes) -> Any:
    import sqlcipher3

    connection = sqlcipher3.connect(str(path), timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        # Its own log goes to the standard error of the program; the errors come as exceptions anyway.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
    except sqlcipher3.DatabaseError as error:
        connection.close()
        raise _reason(error, path) from error
    return connection


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
        raise _reason(error.orig, path) from error
    except sqlcipher3.DatabaseError as error:
        raise _reason(error, path) from error


def _reason(error: BaseException | None, path: Path) -> StorageError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_NOTADB"):
        return Unreadable(path)
    return Damaged(path) if name.startswith("SQLITE_CORRUPT") else StorageError(path)
