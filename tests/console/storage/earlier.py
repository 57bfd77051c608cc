"""The database of a workstation as an earlier program left it: the first schema with its rows, or later."""

import json
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Connection, MetaData, Table, create_engine, insert, select
from sqlalchemy.pool import StaticPool

from console.storage.connecting import connect
from console.storage.migrating import migrate

ROWS: dict[str, list[dict[str, Any]]] = json.loads(Path(__file__).with_name("first_schema.json").read_bytes())
"""What the first program wrote: acts confirmed, held, rejected, sent without an answer, never sent."""


def write_earlier(path: Path, key: bytes, version: int) -> None:
    """Make the first schema by its migration, put the rows in, then go up to a version."""
    engine = create_engine(
        "sqlite+pysqlite://", module=sqlcipher3, creator=lambda: connect(path, key), poolclass=StaticPool
    )
    with engine.begin() as connection:
        migrate(connection, 0, to=1)
        for table, rows in ROWS.items():
            connection.execute(insert(_table(connection, table)), rows)
        if version > 1:
            migrate(connection, 1, to=version)
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")
    engine.dispose()


def rows_of(connection: Connection, table: str) -> list[dict[str, Any]]:
    """The rows of a table in the columns that the first schema had."""
    columns = _table(connection, table).c
    known = list(ROWS[table][0])
    return [dict(row._mapping) for row in connection.execute(select(*(columns[name] for name in known)))]


def _table(connection: Connection, name: str) -> Table:
    return Table(name, MetaData(), autoload_with=connection)
