"""The file is closed to everybody without the key, and nothing is deleted whatever is wrong with it."""

from pathlib import Path

import pytest
import sqlcipher3

from console.storage.connecting import connect
from console.storage.errors import Damaged, NewerSchema, OtherPurpose, StorageError, Unreadable
from console.storage.opening import open_storage
from tests.console.storage.acts import CLOCK, KEY, OPERATOR, draft, note_opened, opened

WORDS = "不想活了"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "zhang.db"
    storage = opened(path)
    storage.perform([note_opened("n"), draft("n", WORDS * 500)])
    storage.close()
    return path


def test_the_file_shows_nothing(path: Path) -> None:
    storage = opened(path)
    storage.perform([draft("n", WORDS * 600)])
    files = sorted(path.parent.iterdir())
    assert len(files) == 3  # with the write-ahead log and its index
    for file in files:
        content = file.read_bytes()
        assert WORDS.encode() not in content
        assert b"note.open" not in content
        assert b"CREATE TABLE" not in content
        assert b"SQLite format" not in content
    storage.close()


def test_little_of_it_is_held_in_clear(path: Path) -> None:
    connection = connect(path, KEY)
    (kibibytes,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.close()
    assert -2000 <= kibibytes < 0


def test_another_key_does_not_open_it_and_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Unreadable):
        opened(path, key=bytes(32))
    assert path.read_bytes() == before
    opened(path).close()


def test_no_key_does_not_open_it(path: Path) -> None:
    connection = sqlcipher3.connect(str(path))
    with pytest.raises(sqlcipher3.DatabaseError):
        connection.execute("SELECT count(*) FROM sqlite_master")
    connection.close()


@pytest.mark.parametrize("table", ["sqlite_schema", "meta"])
def test_a_damaged_file_is_told_and_left_as_it_is(path: Path, table: str) -> None:
    connection = connect(path, KEY)
    found = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    connection.close()
    start = 4096 * (found[0] - 1) if found else 0
    content = bytearray(path.read_bytes())
    content[start : start + 4096] = bytes(4096)
    path.write_bytes(content)
    with pytest.raises((Damaged, Unreadable)) as told:
        opened(path)
    assert told.value.path == path
    assert path.read_bytes() == bytes(content)


def test_a_newer_schema_is_refused(path: Path) -> None:
    connection = sqlcipher3.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NewerSchema):
        opened(path)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["zhang.db"]


def test_a_practice_database_is_not_a_real_one(path: Path, tmp_path: Path) -> None:
    with pytest.raises(OtherPurpose):
        open_storage(path, KEY, OPERATOR, CLOCK, practice=True)
    open_storage(tmp_path / "practice.db", KEY, OPERATOR, CLOCK, practice=True).close()
    with pytest.raises(OtherPurpose):
        opened(tmp_path / "practice.db")


def test_a_database_of_another_operator(path: Path) -> None:
    with pytest.raises(OtherPurpose):
        opened(path, operator="li")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        opened(tmp_path / "nowhere" / "zhang.db")
