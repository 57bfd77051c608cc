"""The server without a network, over each kind of database: what tests of server and faults share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.server.central.hotline import Hotline
from tests.support.sealed import open_sealed


@pytest.fixture(autouse=True)
def quick(quick_passwords: None, quick_tables: None) -> None:
    """What a guess of a password costs, and how tables come about, is tested elsewhere."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/central.sqlite3"
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    engine = open_sealed(database)
    yield engine
    engine.dispose()


@pytest.fixture
def hotline(engine: Engine) -> Hotline:
    return Hotline(engine)
