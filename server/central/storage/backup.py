"""All tables of the server in one file, as they stood at one moment; the same file from either database.

It is a plain SQLite database: any later program can read it and brings it up by the same migrations. Copied
table by table, it holds what the tables hold and nothing that was erased. What is sealed stays sealed; the
keys are not in it.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, insert, select, text
from sqlalchemy.exc import DatabaseError, InvalidRequestError

from server.central.storage.engine import Database, open_engine, reading, writing
from server.central.storage.tables import meta, metadata
from server.central.storage.upsert import put

_AT_ONCE = 1000
_MODULUS = 1 << 256
_LAST = "backup_at"

# What a backup says of itself: per table its number of rows and a digest over them.
_about = MetaData()
_content = Table(
    "backup_content",
    _about,
    Column("name", String(64), primary_key=True),
    Column("rows", String(20), nullable=False),
    Column("digest", String(64), nullable=False),
)

Content: TypeAlias = dict[str, tuple[int, str]]
"""For each table its number of rows and a digest over them."""


class BackupBroken(Exception):
    """A file that is no whole backup."""


def write_backup(database: Database, path: Path) -> Content:
    """Write all tables into a new file, all as of one moment; tells what they held."""
    file = open_engine(f"sqlite:///{path}")
    try:
        with reading(database) as source, writing(file) as target:
            metadata.create_all(target)
            _about.create_all(target)
            content = {table.name: copy_table(source, target, table) for table in metadata.sorted_tables}
            rows = [{"name": name, "rows": str(n), "digest": sum_} for name, (n, sum_) in content.items()]
            target.execute(insert(_content), rows)
        _leave_one_file(file)
    finally:
        file.dispose()
    return content


def check_backup(path: Path) -> None:
    """Read a whole backup, of whichever schema, and compare it with what it says of itself.

    Raises BackupBroken.
    """
    file = open_engine(f"sqlite:///{path}")
    try:
        with _broken_told(), reading(file) as connection:
            if connection.scalar(text("PRAGMA integrity_check")) != "ok":
                raise BackupBroken("integrity")
            said = {row.name: (int(row.rows), row.digest) for row in connection.execute(select(_content))}
            tables = MetaData()
            tables.reflect(connection, only=list(said))
            for name, expected in said.items():
                if _digest_of(connection, tables.tables[name]) != expected:
                    raise BackupBroken(name)
    finally:
        file.dispose()


def copy_table(source: Connection, target: Connection, table: Table) -> tuple[int, str]:
    """Copy all rows; their number and digest."""
    digest = Digest()
    for rows in _rows(source, table):
        target.execute(insert(table), rows)
        digest.take(rows)
    return digest.rows, digest.text


class Digest:
    """A sum over rows in whatever order."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def take(self, rows: list[dict[str, object]]) -> None:
        """Count some more rows in."""
        for row in rows:
            one = hashlib.sha256(repr(sorted(row.items())).encode()).digest()
            self._sum = (self._sum + int.from_bytes(one)) % _MODULUS
        self.rows += len(rows)

    @property
    def text(self) -> str:
        """The sum, 64 hexadecimal digits."""
        return f"{self._sum:064x}"


def _digest_of(connection: Connection, table: Table) -> tuple[int, str]:
    digest = Digest()
    for rows in _rows(connection, table):
        digest.take(rows)
    return digest.rows, digest.text


@contextmanager
def _broken_told() -> Iterator[None]:
    try:
        yield
    except (DatabaseError, InvalidRequestError) as error:
        raise BackupBroken("unreadable") from error


def note_backup(transaction: Connection, at: datetime) -> None:
    """There is a good backup of this moment."""
    put(transaction, meta, [{"key": _LAST, "value": at.isoformat()}])


def last_backup(connection: Connection) -> datetime | None:
    """When the last good backup was made."""
    said = connection.scalar(select(meta.c.value).where(meta.c.key == _LAST))
    return datetime.fromisoformat(said) if said else None


def _rows(connection: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
    found = connection.execution_options(yield_per=_AT_ONCE).execute(select(table))
    for part in found.mappings().partitions():
        yield [dict(row) for row in part]


def _leave_one_file(file: Engine) -> None:
    with file.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("PRAGMA journal_mode = DELETE")


class KeysNotCopied(Exception):
    """The key database cannot be read, or its copy not be written."""


def copy_keys(address: str, folder: Path, path: Path) -> bool:
    """Copy a key database that is a file, as of one moment, while the server runs; False for any other.

    A relative address is one in the folder; the file of the copy is there and empty. Raises KeysNotCopied.
    """
    engine = open_engine(address, folder)
    try:
        if engine.dialect.name != "sqlite":
            return False
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("VACUUM INTO :path").bindparams(path=str(path)))
    except DatabaseError as error:
        raise KeysNotCopied(type(error.orig).__name__) from error
    finally:
        engine.dispose()
    return True
