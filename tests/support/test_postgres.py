"""The throw-away cluster is new enough, separate for each test, and gone afterwards."""

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.support.postgres import Cluster, programs, running_cluster

pytestmark = pytest.mark.postgres


def test_it_is_version_15_or_newer(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        version = connection.execute(text("SHOW server_version_num")).scalar_one()
    engine.dispose()
    assert int(version) >= 150000


@pytest.mark.parametrize("_run", [1, 2])
def test_each_test_finds_an_empty_database(postgres_database: str, _run: int) -> None:
    engine = create_engine(postgres_database)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (words text)"))
        connection.execute(text("INSERT INTO notes VALUES ('夜班第一通')"))
        assert connection.execute(text("SELECT words FROM notes")).scalars().all() == ["夜班第一通"]
    engine.dispose()


def test_nobody_enters_without_the_password(postgres_cluster: Cluster) -> None:
    stranger = Cluster(postgres_cluster.port, "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(stranger.address("postgres", "postgresql"))


def test_a_stopped_cluster_answers_no_more(postgres_cluster: Cluster) -> None:
    binaries = programs()
    assert binaries is not None
    with running_cluster(binaries, durable=True) as cluster:
        assert cluster.port != postgres_cluster.port
        with psycopg.connect(cluster.address("postgres", "postgresql")) as connection:
            folder = connection.execute("SHOW data_directory").fetchone()
            durable = connection.execute("SHOW fsync").fetchone()
    assert durable == ("on",)
    assert folder is not None
    assert not Path(folder[0]).exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(cluster.address("postgres", "postgresql"))
