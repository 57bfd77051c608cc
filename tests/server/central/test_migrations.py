"""The migrations lead from the first schema to the tables that the program declares."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from server.central.storage.engine import writing
from server.central.storage.schema import make_database
from server.central.storage.tables import metadata


@pytest.fixture
def quick_tables() -> None:
    """Here all migrations are walked through."""


def test_the_migrations_make_the_tables_that_are_declared(engine: Engine) -> None:
    make_database(engine, practice=False)
    with writing(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
