"""The encrypted file of a gateway: opened, made where there is none, and what its errors mean."""

from pathlib import Path
from typing import Any

import sqlcipher3

_VERSION = 1
_BUSY_SECONDS = 5.0
_SETTINGS = ("journal_mode = WAL", "synchronous = FULL")
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE living (call TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY, op_id TEXT NOT NULL UNIQUE, doc TEXT NOT NULL,
    sent_at TEXT, tries INTEGER NOT NULL
);
CREATE TABLE acked (
    n INTEGER PRIMARY KEY, op_id TEXT NOT NULL UNIQUE, doc TEXT NOT NULL,
    acked_at TEXT NOT NULL, why TEXT NOT NULL
);
CREATE INDEX acked_at ON acked (acked_at);
CREATE TABLE trace (n INTEGER PRIMARY KEY, text TEXT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE brief (n INTEGER PRIMARY KEY, call TEXT NOT NULL, seat TEXT NOT NULL, doc TEXT NOT NULL);
CREATE TABLE alert (id TEXT PRIMARY KEY, kind TEXT NOT NULL, at REAL NOT NULL, doc TEXT NOT NULL);
"""


class OutboxTrouble(Exception):
    """The file cannot be used now: a full disk, a disk that fails. The text is the library's own."""


class OutboxUnreadable(OutboxTrouble):
    """The file is damaged, or was encrypted with another key."""


def connect(path: Path, key: bytes) -> Any:
    """The connection; used by one thread at a time. Raises OutboxTrouble."""
    try:
        connection = sqlcipher3.connect(
            str(path), timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
    except sqlcipher3.Error as error:
        raise trouble_of(error) from error
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        _prepare(connection)
    except sqlcipher3.Error as error:
        connection.close()
        raise trouble_of(error) from error
    return connection


def trouble_of(error: Exception) -> OutboxTrouble:
    """What an error of the database library means."""
    name = str(getattr(error, "sqlite_errorname", ""))
    unreadable = name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT"))
    return (OutboxUnreadable if unreadable else OutboxTrouble)(name or type(error).__name__)


def _prepare(connection: Any) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        connection.execute("BEGIN IMMEDIATE")
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
        connection.execute("COMMIT")
