"""The migrations lead from every earlier schema, with data in it, to the tables that the program declares."""

from pathlib import Path

import pytest
import sqlcipher3
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from console.storage.checking import faults
from console.storage.connecting import connect
from console.storage.migrating import migrate
from console.storage.opening import open_engine
from console.storage.rebuilding import rebuild
from console.storage.storage import Storage
from console.storage.tables import SCHEMA_VERSION, metadata
from models.operation import Outcome
from tests.console.storage.acts import CLOCK, KEY, OPERATOR, confirm, draft, opened, pushed, text_of
from tests.console.storage.earlier import ROWS, rows_of, write_earlier

NOTES = [row["id"] for row in ROWS["record"] if row["type"] == "note"]
WAITING = [(row["seq"], row["op_id"]) for row in ROWS["outbox"]]
every_earlier = pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))


def test_the_migrations_make_the_tables_that_are_declared(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite+pysqlite:///{tmp_path}/made.db", module=sqlcipher3, poolclass=StaticPool)
    with engine.begin() as connection:
        migrate(connection, 0)
        context = MigrationContext.configure(connection, opts={"include_name": _declared})
        assert compare_metadata(context, metadata) == []
        made = _search(connection)
    engine.dispose()
    declared = create_engine("sqlite+pysqlite://", module=sqlcipher3, poolclass=StaticPool)
    with declared.begin() as connection:
        metadata.create_all(connection)
        assert _search(connection) == made
    declared.dispose()


@every_earlier
def test_nothing_is_lost_on_the_way_up(tmp_path: Path, version: int) -> None:
    path = tmp_path / "zhang.db"
    write_earlier(path, KEY, version)
    engine = open_engine(path, KEY, OPERATOR, practice=False)
    with engine.begin() as connection:
        assert {table: rows_of(connection, table) for table in ROWS} == ROWS
        (now,) = connection.exec_driver_sql("PRAGMA user_version").one()
        assert now == SCHEMA_VERSION
    engine.dispose()
    assert faults(path, KEY, thorough=True) == ()


@every_earlier
def test_work_goes_on_where_it_was(tmp_path: Path, version: int) -> None:
    path = tmp_path / "zhang.db"
    write_earlier(path, KEY, version)
    storage = opened(path)
    assert [text_of(storage, note) for note in NOTES] == [
        "服务器留待班长处理的一稿",
        "发出去之后又写的",
        "还没有上传的一句话",
    ]
    assert {one.outcome for one in storage.refused()} == {Outcome.HELD, Outcome.REJECTED}
    assert storage.cursors() == {"op:zhang": 3}
    assert [(seq, one.op) for seq, one in pushed(storage).rows] == WAITING
    storage.perform([draft(NOTES[1], "升级之后写的")])
    confirm(storage, pushed(storage))
    assert storage.unsent().count == 0
    assert text_of(storage, NOTES[1]) == "升级之后写的"
    storage.close()


@every_earlier
def test_an_upgrade_that_fails_in_the_middle_changes_nothing(
    tmp_path: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "zhang.db"
    write_earlier(path, KEY, version)

    def failing(connection: Connection, version: int) -> None:
        migrate(connection, version)
        raise OSError("the disk is gone")

    monkeypatch.setattr("console.storage.migrating.migrate", failing)
    before = _dump(path)
    with pytest.raises(OSError, match="the disk is gone"):
        opened(path)
    assert _dump(path) == before


@every_earlier
def test_a_damaged_database_of_an_earlier_schema_is_rebuilt_in_this_one(tmp_path: Path, version: int) -> None:
    path = tmp_path / "zhang.db"
    write_earlier(path, KEY, version)
    with path.open("r+b") as file:
        file.write(bytes(4096))
    told = rebuild(path, KEY, OPERATOR, CLOCK, practice=False)
    assert (told.unsent, told.refused) == (len(WAITING), 2)
    storage = opened(path)
    assert [one.op for _, one in pushed(storage).rows] == [op for _, op in WAITING]
    assert _shown(storage) == ["服务器留待班长处理的一稿", "发出去之后又写的", "还没有上传的一句话"]
    storage.close()


def _declared(name: str | None, kind: str, _parents: object) -> bool:
    """The index of the search is none of the declared tables: a rebuilt database makes it anew."""
    return kind != "table" or not str(name).startswith("search_")


def _search(connection: Connection) -> list[str]:
    """How the index of the search was made."""
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE tbl_name LIKE 'search_%'")
    made = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    return sorted(f"{name}: {' '.join(str(sql).split())}" for name, sql in (*found, *made))


def _shown(storage: Storage) -> list[str]:
    return [text_of(storage, note) for note in NOTES]


def _dump(path: Path) -> list[str]:
    connection = connect(path, KEY)
    schema = connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
    lines = [str(row) for row in schema]
    for table in ROWS:
        lines += [str(row) for row in connection.execute(f"SELECT * FROM {table}")]
    lines.append(str(connection.execute("PRAGMA user_version").fetchone()))
    connection.close()
    return lines
