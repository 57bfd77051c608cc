"""The server comes back from yesterday's backup: what the workstations know comes back to it, once."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, select, update

from models.operation import Outcome
from models.people.operator import Role
from server.central.storage.engine import writing
from server.central.storage.tables import meta, record
from tests.faults.founded import Founded, Seat, founded, seated
from tests.faults.lives import Lives, lives
from tests.faults.sound import check_database


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def hotline(request: pytest.FixtureRequest, tmp_path: Path) -> Founded:
    database = "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_database"))
    return founded(tmp_path / "hotline", database)


@pytest.fixture
def server(hotline: Founded) -> Iterator[Lives]:
    with lives(hotline.folder) as server:
        server.begin()
        yield server
        server.stop()


@pytest.fixture
def seats(hotline: Founded, server: Lives, tmp_path: Path) -> Iterator[tuple[Seat, Seat]]:
    zhang = Seat(tmp_path, hotline.url, "zhang", hotline.token("zhang"))
    lead = Seat(tmp_path, hotline.url, "li", hotline.token("li", Role.LEAD, Role.OPERATOR))
    with seated(zhang), seated(lead):
        yield zhang, lead


Restore = Callable[[], None]


@pytest.fixture
def back_up(hotline: Founded, tmp_path: Path) -> Callable[[], Restore]:
    """Copy the database; gives what puts the copy back, by the book: with a new epoch of the server."""
    url = make_url(hotline.config.database)

    def as_file() -> Restore:
        path, copy = hotline.folder / str(url.database), tmp_path / "yesterday"
        shutil.copy(path, copy)

        def restore() -> None:
            for suffix in ("-wal", "-shm"):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
            shutil.copy(copy, path)

        return restore

    def as_database() -> Restore:
        copy = f"{url.database}_yesterday"
        _maintain(hotline, f'CREATE DATABASE "{copy}" TEMPLATE "{url.database}"')

        def restore() -> None:
            _maintain(hotline, f'DROP DATABASE "{url.database}"')
            _maintain(hotline, f'ALTER DATABASE "{copy}" RENAME TO "{url.database}"')

        return restore

    return as_file if url.get_backend_name() == "sqlite" else as_database


def test_all_that_was_confirmed_since_is_offered_again(
    hotline: Founded, server: Lives, seats: tuple[Seat, Seat], back_up: Callable[[], Restore]
) -> None:
    zhang, lead = seats
    old = zhang.write("yesterday")
    assert zhang.round() is None
    server.stop()
    restore = back_up()
    server.begin()
    zhang.draft(old, "yesterday, and today")
    new = zhang.write("today")
    assert zhang.round() is None
    assert lead.round() is None
    server.stop()
    restore()
    _new_epoch(hotline)
    server.begin()
    late = zhang.write("after the restore")
    for _ in range(3):
        for seat in seats:
            assert seat.round() is None
    outcomes = hotline.outcomes()
    assert {op: outcomes.get(op) for op in zhang.acts} == dict.fromkeys(zhang.acts, Outcome.APPLIED)
    texts = {note: zhang.text(note) for note in (old, new, late)}
    assert texts == {old: "yesterday, and today", new: "today", late: "after the restore"}
    with hotline.database() as engine:
        check_database(engine)
        with engine.connect() as connection:
            notes = connection.scalars(select(record.c.id).where(record.c.type == "note")).all()
    assert sorted(notes) == sorted(texts)
    cards = {entity for kind, entity in lead.records() if kind == "note.card"}
    assert cards == set(texts)


def _new_epoch(hotline: Founded) -> None:
    with hotline.database() as engine, writing(engine) as connection:
        row = update(meta).where(meta.c.key == "server_epoch")
        connection.execute(row.values(value="epoch-after-the-restore"))


def _maintain(hotline: Founded, statement: str) -> None:
    url = make_url(hotline.config.database).set(drivername="postgresql", database="postgres")
    address = url.render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())
