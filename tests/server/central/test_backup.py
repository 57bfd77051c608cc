"""What a backup file holds, and one of an earlier schema."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, Table, insert, select, update

from models.operation import Outcome
from server.central.backup.commands import _checksum, _write_checksum
from server.central.storage import backup as backups
from server.central.storage.backup import BackupBroken, check_backup, write_backup
from server.central.storage.engine import open_engine, reading, writing
from server.central.storage.records import find_records
from server.central.storage.schema import make_database
from server.central.storage.tables import metadata, operation, record
from tests.faults.founded import founded
from tests.server.central.hotline import Case, Hotline
from tests.server.central.test_upgrade import NOTES, WORDS, make_first
from tests.support.programs import run


def _rows(engine: Engine, table: Table) -> set[str]:
    with reading(engine) as connection:
        return {repr(row) for row in connection.execute(select(table))}


def test_every_table_is_in_the_file_as_it_was(hotline: Hotline, tmp_path: Path) -> None:
    seat = hotline.seat()
    case = Case(seat)
    seat.push(case.add(), case.open(), case.draft("手里有药", 1), case.answer("ideation_2w"), case.refer())
    path = tmp_path / "all.backup"
    said = write_backup(hotline.engine, path)
    check_backup(path)
    assert set(said) == set(metadata.tables)
    assert said["operation"][0] == 5
    file = open_engine(f"sqlite:///{path}")
    for table in metadata.sorted_tables:
        assert _rows(file, table) == _rows(hotline.engine, table), table.name
    file.dispose()
    assert "手里有药".encode() not in path.read_bytes()
    assert [one.name for one in tmp_path.glob("all.backup*")] == ["all.backup"]


def test_a_row_that_is_not_what_was_copied_is_noticed(hotline: Hotline, tmp_path: Path) -> None:
    seat = hotline.seat()
    seat.push(Case(seat).add())
    path = tmp_path / "all.backup"
    write_backup(hotline.engine, path)
    file = open_engine(f"sqlite:///{path}")
    with writing(file) as connection:
        connection.execute(update(operation).values(outcome=Outcome.REJECTED.value))
    file.dispose()
    with pytest.raises(BackupBroken, match="operation"):
        check_backup(path)


def test_what_is_no_backup_at_all_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "no.backup"
    path.write_bytes(b"nonsense" * 1000)
    with pytest.raises(BackupBroken):
        check_backup(path)


def _of_the_first_release(path: Path) -> Path:
    """A backup as a program of that schema would have written it."""
    file = open_engine(f"sqlite:///{path}")
    with writing(file) as connection:
        make_first(connection)
        backups._about.create_all(connection)
        tables = MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            if table.name != backups._content.name:
                rows, digest = backups._digest_of(connection, table)
                said = {"name": table.name, "rows": str(rows), "digest": digest}
                connection.execute(insert(backups._content), [said])
    backups._leave_one_file(file)
    file.dispose()
    _write_checksum(path, _checksum(path))
    return path


def test_a_backup_of_the_first_release_is_brought_up_and_put_back(database: str, tmp_path: Path) -> None:
    hotline = founded(tmp_path / "server", database.replace("+psycopg", ""))
    file = _of_the_first_release(tmp_path / "first.backup")
    run("restore", "--folder", hotline.folder, "--from", file, "--overwrite")
    with hotline.database() as engine:
        assert make_database(engine, practice=False).server_epoch != "epoch"
        with reading(engine) as connection:
            notes = connection.scalars(select(record.c.id).where(record.c.type == "note")).all()
            found = find_records(connection, [("note", one) for one in notes])
    texts = {kept.id: kept.doc["body"]["values"]["complaint"] for kept in found.values()}
    assert texts == {f"n{n}": f"{WORDS}{n}" for n in range(NOTES)}
