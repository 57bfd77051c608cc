"""One transaction after the other on the one connection; every part of the storage works in them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from console.runtime.journal import DiskTrouble


class Transactions:
    """Gives transactions; the disk's refusals come as DiskTrouble with a problem code."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def one(self) -> Iterator[Connection]:
        """Commits at the end, rolls back when an exception leaves it. Raises DiskTrouble."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise DiskTrouble(_trouble(error)) from error


def _trouble(error: DBAPIError) -> str:
    name = getattr(error.orig, "sqlite_errorname", "")
    if name == "SQLITE_FULL":
        return "disk_full"
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return "disk_damaged"
    return "disk_busy" if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) else "disk_error"
