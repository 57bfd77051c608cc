"""The part of the storage that takes older records into the index of the search, behind the work."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from console.storage.indexing import index_some
from console.storage.values import Indexing


class Search:
    """Each call is one transaction; what was taken in stays so, also after a power cut."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def index_some(self, most: int) -> Indexing:
        """Take at most so many more records into the index; tells how far it is."""
        with self._transaction() as connection:
            index_some(connection, most)
            first, last = connection.exec_driver_sql("SELECT min(n), max(n) FROM search_pending").one()
        return Indexing(0, 0) if first is None else Indexing(last - first + 1, last)
