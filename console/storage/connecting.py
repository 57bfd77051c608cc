"""Connections to the encrypted file: the one that writes, and those that only read beside it."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from console.storage.errors import Damaged, StorageError, Unreadable

_BUSY_SECONDS = 5.0
_CACHE_KIB = 2_000
"""What the writing connection holds of the file in clear; the system keeps all of it as it lies on disk."""
_SETTINGS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    f"cache_size = -{_CACHE_KIB}",
)


def connect(path: Path, key: bytes) -> Any:
    """The connection of the db thread; the file is made where there is none. Raises StorageError."""
    return _opened(str(path), path, key, _SETTINGS)


def connect_reading(path: Path, key: bytes, untouched: bool = False) -> Any:
    """A connection for another thread that never writes. Raises StorageError.

    `untouched`: nothing else may use the file; then not even its log is looked at or made.
    """
    mode = "immutable=1" if untouched else "mode=ro"
    return _opened(f"file:{quote(str(path))}?{mode}", path, key, ())


def reason(error: BaseException | None, path: Path) -> StorageError:
    """What an error of the database library means for the file."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_NOTADB"):
        return Unreadable(path)
    return Damaged(path) if name.startswith("SQLITE_CORRUPT") else StorageError(path)


def _opened(name: str, path: Path, key: bytes, settings: tuple[str, ...]) -> Any:
    import sqlcipher3

    try:
        connection = sqlcipher3.connect(
            name,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            uri=name.startswith("file:"),
            check_same_thread=False,
        )
    except sqlcipher3.DatabaseError as error:
        raise reason(error, path) from error
    try:
        # Its own log goes to the standard error of the program; the errors come as exceptions anyway.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")
    except sqlcipher3.DatabaseError as error:
        connection.close()
        raise reason(error, path) from error
    return connection
