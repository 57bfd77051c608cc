"""The migrations lead from the first schema to the tables that the program declares."""

from pathlib import Path

import sqlcipher3
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from console.storage.migrating import migrate
from console.storage.tables import metadata


def test_the_migrations_make_the_tables_that_are_declared(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite+pysqlite:///{tmp_path}/made.db", module=sqlcipher3, poolclass=StaticPool)
    with engine.begin() as connection:
        migrate(connection, 0)
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
