from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from server.central.storage.engine import DatabaseTrouble, open_engine
from server.central.storage.schema import make_database, open_database
from server.central.storage.tables import meta
from tests.support.processes import free_port
from tests.support.sealed import open_sealed


@pytest.fixture
def quick_tables() -> None:
    """Here a database is made as an installation makes it."""


def _code(engine: Engine, *, practice: bool = False) -> str:
    with pytest.raises(DatabaseTrouble) as trouble:
        open_database(engine, practice=practice)
    return trouble.value.code


def test_a_database_is_made_once_and_keeps_its_identity(engine: Engine, database: str) -> None:
    assert _code(engine) == "missing"
    identity = make_database(engine, practice=False)
    again = open_sealed(database)
    assert make_database(again, practice=False) == identity
    again.dispose()
    assert len(identity.caller_secret) == 32


def test_a_practice_database_and_a_real_server_keep_apart(engine: Engine) -> None:
    make_database(engine, practice=True)
    assert _code(engine, practice=False) == "practice"
    with engine.begin() as connection:
        connection.execute(update(meta).where(meta.c.key == "practice").values(value="no"))
    assert _code(engine, practice=True) == "real"


def test_a_newer_database_is_left_alone(engine: Engine) -> None:
    make_database(engine, practice=False)
    with engine.begin() as connection:
        connection.execute(update(meta).where(meta.c.key == "schema").values(value="99"))
    assert _code(engine) == "newer"


def test_two_programs_that_start_at_once_find_one_database(engine: Engine) -> None:
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: make_database(engine, practice=False), range(4)))
    assert len(set(made)) == 1


@pytest.mark.parametrize("address", ["", "nonsense", "sqlite://", "mysql://a@b/c", "http://x"])
def test_an_address_that_is_none_is_said_so(address: str) -> None:
    with pytest.raises(DatabaseTrouble) as trouble:
        open_engine(address)
    assert trouble.value.code == "address"


def test_a_file_that_is_no_database_and_a_server_that_is_away_are_said_so(tmp_path: Path) -> None:
    (tmp_path / "broken").write_bytes(b"this is not a database" * 100)
    away = f"postgresql://a:b@127.0.0.1:{free_port()}/c"
    for address in (f"sqlite:///{tmp_path}/broken", away):
        engine = open_sealed(address)
        with pytest.raises(DatabaseTrouble) as trouble:
            make_database(engine, practice=False)
        engine.dispose()
        assert (trouble.value.code, bool(trouble.value.detail)) == ("unreachable", True)
    with pytest.raises(DatabaseTrouble):
        open_engine("sqlite:///none/x", tmp_path)


def test_a_relative_file_lies_in_the_folder_and_is_the_owners_alone(tmp_path: Path) -> None:
    engine = open_sealed("sqlite:///central.sqlite3", tmp_path)
    make_database(engine, practice=False)
    engine.dispose()
    assert (tmp_path / "central.sqlite3").stat().st_mode & 0o777 == 0o600
