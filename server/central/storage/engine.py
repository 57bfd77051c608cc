"""The engine over SQLite or PostgreSQL, and the two kinds of transaction."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from server.central.sealing.sealing import Sealing
from server.central.sealing.vocabulary import Vocabulary, shipped
from server.central.storage.parameters import prepare

_BUSY_SECONDS = 30
_CONNECT_SECONDS = 10
_CONNECTIONS = 10
_OWNER_ONLY = 0o600
# Every statement looks up by keys: one plan serves all, and to make one anew takes longer than to run it.
# Made over tables that are still empty, that plan would read them whole for ever: so none may.
_ALWAYS_ONE_PLAN = " ".join(
    f"-c {setting}"
    for setting in (
        "plan_cache_mode=force_generic_plan",
        "enable_seqscan=off",
        "jit=off",
        "max_parallel_workers_per_gather=0",
    )
)
_TRIES = 5
_SEALING = "sealing"
_COUNTED = "counted"
_TOLD = "told"
_MOVED = "moved"
_CONFLICTS = ("40001", "40P01")  # PostgreSQL: serialisation, deadlock
T = TypeVar("T")
# The database does not answer, or too late: not a fault of the request.
DATABASE_ERRORS = (OperationalError, PoolTimeout)


class DatabaseTrouble(Exception):
    """The database cannot be used; `code` names the sentence `server.database_<code>`, `detail` the cause."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}")
        self.code = code
        self.detail = detail


Database: TypeAlias = Engine
"""What the rest of the server holds of a database."""

Transaction: TypeAlias = Connection
"""What it holds while it reads or writes."""


def open_engine(address: str, folder: Path = Path()) -> Engine:
    """An engine for `sqlite:///…` or `postgresql://…`; connects when first used.

    A relative SQLite path is one in the folder. Raises DatabaseTrouble.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise DatabaseTrouble("address") from error
    match url.get_backend_name():
        case "sqlite" if url.database:
            return _sqlite(url, folder / url.database)
        case "postgresql":
            return _postgresql(url)
    raise DatabaseTrouble("address")


def sealed_with(engine: Engine, sealing: Sealing) -> Database:
    """The same database for reading and writing records, which are sealed with these keys."""
    event.listen(engine, "engine_disposed", lambda _engine: sealing.close())
    return engine.execution_options(**{_SEALING: sealing})


def sealing_of(database: "Database | Transaction") -> Sealing:
    """What the records of a database are sealed with. Raises DatabaseTrouble where it was opened without."""
    sealing = database.get_execution_options().get(_SEALING)
    if not isinstance(sealing, Sealing):
        raise DatabaseTrouble("unsealed")
    return sealing


def counting(database: Database, known: Vocabulary) -> Database:
    """The same database; of what is written from now on these codes stay readable for figures."""
    return database.execution_options(**{_COUNTED: known})


def vocabulary_of(database: "Database | Transaction") -> Vocabulary:
    """The codes that stay readable: the hotline's own too, where the database was opened with them."""
    known = database.get_execution_options().get(_COUNTED)
    return known if isinstance(known, Vocabulary) else shipped()


def told_by(database: Database, tell: Callable[[Mapping[str, int]], None]) -> Database:
    """The same database; `tell` hears after each commit which feeds it moved, and how far."""
    return database.execution_options(**{_TOLD: tell})


def note_moved(transaction: Transaction, heads: Mapping[str, int]) -> None:
    """Feeds that this transaction moves, and how far; told when it is committed."""
    transaction.info.setdefault(_MOVED, {}).update(heads)


def _sqlite(url: URL, path: Path) -> Engine:
    try:
        path.touch(mode=_OWNER_ONLY)
    except OSError as error:
        raise DatabaseTrouble("unreachable", f"{path}: {error.strerror}") from error
    # The SQLCipher library without a key is a plain SQLite, newer than Python's own: versions before
    # 3.51.3 can corrupt a WAL file with two writers.
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite", database=str(path)),
        module=sqlcipher3.dbapi2,
        poolclass=QueuePool,
        connect_args={"check_same_thread": False, "timeout": _BUSY_SECONDS},
        json_serializer=_json,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        poolclass=QueuePool,
        pool_size=_CONNECTIONS,
        pool_use_lifo=True,
        pool_pre_ping=True,
        connect_args={"connect_timeout": _CONNECT_SECONDS, "options": _ALWAYS_ONE_PLAN},
        json_serializer=_json,
    )
    event.listen(engine, "connect", lambda connection, _record: prepare(connection))
    return engine


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin or commit by itself; `_begin_sqlite` does.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN DEFERRED")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes; commits at the end, rolls back when an exception leaves it."""
    with engine.connect() as connection:
        connection.execution_options(writes=True)
        connection.info.pop(_MOVED, None)
        with connection.begin():
            yield connection
        moved, tell = connection.info.pop(_MOVED, None), engine.get_execution_options().get(_TOLD)
    if moved and tell:
        tell(moved)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the database from its first statement to its last."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def written(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Do work in a transaction that writes; two that got in each other's way are tried again, some times."""
    for _ in range(_TRIES - 1):
        try:
            with writing(engine) as connection:
                return work(connection)
        except DBAPIError as error:
            if not _is_conflict(error):
                raise
    with writing(engine) as connection:
        return work(connection)


def _is_conflict(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return isinstance(error, IntegrityError) or state in _CONFLICTS
