"""PostgreSQL is restarted in mid-transaction: the server says so, waits, and nothing is lost or doubled."""

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from console.sync.api import Unreachable
from models.operation import Outcome
from tests.faults.founded import Founded, Seat, founded, seated
from tests.faults.lives import Lives, lives
from tests.faults.sound import check_database
from tests.support.postgres import Cluster, programs, running_cluster

pytestmark = pytest.mark.postgres
_PATIENCE_SECONDS = 120.0
# What a push cannot do without; while it is locked, a push stands in the middle of its transaction.
_IN_THE_WAY = "LOCK TABLE feed_entry IN ACCESS EXCLUSIVE MODE"
_WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    binaries = programs()
    if binaries is None:
        pytest.skip("no PostgreSQL (`make test` installs it on Debian)")
    with running_cluster(binaries) as cluster:
        yield cluster


@pytest.fixture
def hotline(cluster: Cluster, tmp_path: Path) -> Founded:
    return founded(tmp_path / "hotline", cluster.address(cluster.create_database()))


@pytest.fixture
def server(hotline: Founded) -> Iterator[Lives]:
    with lives(hotline.folder) as server:
        server.begin()
        yield server
        server.stop()


@pytest.fixture
def seat(hotline: Founded, server: Lives, tmp_path: Path) -> Iterator[Seat]:
    with seated(Seat(tmp_path, hotline.url, "zhang", hotline.token("zhang"))) as seat:
        yield seat


@pytest.mark.expects_log("the database does not answer|no word from other processes")
@pytest.mark.parametrize("how", ["immediate", "fast"])
def test_a_restart_in_the_middle_of_a_push(cluster: Cluster, hotline: Founded, seat: Seat, how: str) -> None:
    seat.write("before")
    assert seat.round() is None
    note = seat.write("in the middle")
    address = hotline.config.database.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(address) as lock:
        lock.execute(_IN_THE_WAY)
        restarting = threading.Thread(target=lambda: _restart_when_waited_for(cluster, address, how))
        restarting.start()
        stopped = seat.round()
        restarting.join(_PATIENCE_SECONDS)
        # The lock died with its connection.
        lock.close()
    assert isinstance(stopped, Unreachable)
    assert seat.storage.unsent().count > 0
    _go_on(seat)
    assert seat.text(note) == "in the middle"
    assert hotline.outcomes() == dict.fromkeys(seat.acts, Outcome.APPLIED)
    with hotline.database() as engine:
        check_database(engine)


def _restart_when_waited_for(cluster: Cluster, address: str, how: str) -> None:
    with psycopg.connect(address, autocommit=True) as looking:
        while not _count(looking):
            pass
    cluster.restart(how)


def _go_on(seat: Seat) -> None:
    """Rounds as the pump makes them, until one goes through."""
    for _ in range(10):
        if seat.round() is None:
            return
    pytest.fail("the server did not come back to its database")


def _count(connection: psycopg.Connection) -> int:
    row = connection.execute(_WAITING).fetchone()
    assert row
    return int(row[0])
