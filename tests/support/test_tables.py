"""What is made quickly is what the migrations make, to the last index."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from server.central.storage import migrating
from server.central.storage.engine import writing
from tests.support.postgres import Cluster
from tests.support.sealed import open_sealed
from tests.support.tables import make_quickly

_OF_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
_OF_POSTGRESQL = (
    "SELECT table_name, column_name, ordinal_position, data_type, is_nullable, column_default"
    " FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace ORDER BY 1",
    "SELECT version_num, '' FROM alembic_version",
)


def _shape(connection: Connection) -> list[tuple[object, ...]]:
    asked = (_OF_SQLITE,) if connection.dialect.name == "sqlite" else _OF_POSTGRESQL
    return [tuple(row) for one in asked for row in connection.exec_driver_sql(one)]


def _all_alike(addresses: list[str]) -> None:
    shapes = []
    # The second may be the one that is listened to, the third is surely done after it.
    for address, make in zip(addresses, (migrating.migrate, make_quickly, make_quickly), strict=True):
        engine = open_sealed(address)
        with writing(engine) as connection:
            make(connection, 0)
            shapes.append(_shape(connection))
        engine.dispose()
    assert len(shapes[0]) > 50
    assert shapes[0] == shapes[1] == shapes[2]


def test_in_sqlite(tmp_path: Path) -> None:
    _all_alike([f"sqlite:///{tmp_path}/{name}.sqlite3" for name in ("migrated", "heard", "quick")])


@pytest.mark.postgres
def test_in_postgresql(postgres_cluster: Cluster) -> None:
    names = [postgres_cluster.create_database() for _ in range(3)]
    try:
        _all_alike([postgres_cluster.address(name) for name in names])
    finally:
        for name in names:
            postgres_cluster.drop_database(name)
