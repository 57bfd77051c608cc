"""The server's time as last told, kept for the next start: expiries lean on it, not on the wall clock."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection

from console.storage import meta

_KEY = "trusted"


def keep_trusted(connection: Connection, told: datetime | None) -> None:
    """Keep what the server said; time never goes backwards."""
    known = _last(connection)
    if told is not None and (known is None or told > known):
        meta.put(connection, **{_KEY: told.isoformat()})


def _last(connection: Connection) -> datetime | None:
    text = meta.get(connection, _KEY)
    return datetime.fromisoformat(text) if text else None


class Timing:
    """What is known of the time when the program starts."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def last(self) -> datetime | None:
        """The latest time that the server told this database; None before its first word."""
        with self._transaction() as connection:
            return _last(connection)
