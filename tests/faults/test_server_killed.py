"""The server is killed at every step of a push: nothing is lost and nothing is applied twice."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from threading import Timer

import pytest

from models.operation import Outcome
from tests.faults.dying_server import ANSWERED, ASKED, COPIED, TAKEN
from tests.faults.founded import Founded, Seat, founded, seated
from tests.faults.lives import Lives, lives
from tests.faults.sound import check_database
from tests.support.soak import runs

# So many notes at once that PostgreSQL is sent all their rows as copies.
_ENOUGH_FOR_COPIES = 16
_MOST_STEPS = 400


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def hotline(request: pytest.FixtureRequest, tmp_path: Path) -> Founded:
    database = "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_database"))
    return founded(tmp_path / "hotline", database)


@pytest.fixture
def seat(hotline: Founded, tmp_path: Path) -> Iterator[Seat]:
    with seated(Seat(tmp_path, hotline.url, "zhang", hotline.token("zhang"))) as seat:
        yield seat


@pytest.fixture
def server(hotline: Founded) -> Iterator[Lives]:
    with lives(hotline.folder) as server:
        yield server
        server.stop()


def test_a_push_survives_the_death_of_the_server_at_each_of_its_steps(
    hotline: Founded, server: Lives, seat: Seat
) -> None:
    server.begin()
    died: list[str] = []
    for step in range(1, _MOST_STEPS):
        server.die_at(step)
        note = seat.write(f"at step {step}")
        if seat.round() is None:
            break
        died.append(server.died_at())
        server.begin()
        assert seat.round() is None
        assert seat.text(note) == f"at step {step}"
        # As many statements for the next push, whatever was left to do of this one.
        seat.write("life goes on")
        assert seat.round() is None
    assert {"SELECT", "INSERT", "UPDATE"} < set(died)
    assert (died[0], died[-3:]) == (ASKED, ["COMMIT", TAKEN, ANSWERED])
    _assert_all_there_once(hotline, seat, notes=2 * len(died) + 1)


def test_more_and_more_waits_while_no_server_lives_to_answer(
    request: pytest.FixtureRequest, hotline: Founded, server: Lives, seat: Seat
) -> None:
    for _ in range(_ENOUGH_FOR_COPIES):
        seat.write("before the first")
    died: list[str] = []
    for step in range(1, _MOST_STEPS):
        server.begin()
        server.die_at(step)
        seat.write(f"at step {step}")
        if seat.round() is None:
            break
        died.append(server.died_at())
    copies = {"COPY", COPIED} if "postgresql" in request.node.name else set()
    assert {"SELECT", "INSERT", "UPDATE", "COMMIT", *copies} < set(died)
    _assert_all_there_once(hotline, seat, notes=_ENOUGH_FOR_COPIES + len(died) + 1)


def test_the_server_is_killed_whenever_it_likes(hotline: Founded, server: Lives, seat: Seat) -> None:
    random = Random(runs(1, 2))
    notes = 0
    for _ in range(runs(3, 200)):
        server.begin()
        killing = Timer(random.uniform(0.05, 0.4), server.kill)
        killing.start()
        while killing.is_alive():
            seat.write("before", "the", "end")
            notes += 1
            seat.round()
        killing.join()
    server.begin()
    assert seat.round() is None
    _assert_all_there_once(hotline, seat, notes)


def _assert_all_there_once(hotline: Founded, seat: Seat, notes: int) -> None:
    assert hotline.outcomes() == dict.fromkeys(seat.acts, Outcome.APPLIED)
    with hotline.database() as engine:
        check_database(engine)
    # A new workstation is given the same.
    with seated(Seat(hotline.folder, hotline.url, seat.who, seat.token)) as fresh:
        assert fresh.round() is None
        known = {key: (row.view, row.version) for key, row in fresh.records().items()}
    assert known == {key: (row.view, row.version) for key, row in seat.records().items()}
    assert sum(kind == "note" for kind, _ in known) == notes
