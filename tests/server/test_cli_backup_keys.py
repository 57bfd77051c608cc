"""What a backup of the keys holds: all without which no record can be read, and nothing of the records."""

from pathlib import Path

import pytest
from sqlalchemy import select

from models.clock import SystemClock
from server.central.config import read_config
from server.central.founding import Plan, found
from server.central.serving import open_made_database
from server.central.storage.engine import open_engine, sealing_of
from server.central.storage.tables.keys import key_page
from server.central.trouble import ExitCode
from server.cli import main

NAMED = {"sealing.key", "gateway-identity.key", "outbox.key", "recovery.pub", "keys.sqlite3", "ca.key"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A server that has sealed something."""
    folder = tmp_path / "hotline"
    found(Plan(folder, "jinzhong"), SystemClock())
    (folder / "recovery.pub").write_text("public")
    engine = open_made_database(read_config(folder))
    sealing_of(engine).check()
    engine.dispose()
    return folder


def test_every_key_and_the_key_database_are_there_for_the_owner_alone(folder: Path, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    assert main(["backup-keys", "--folder", str(folder), "--to", str(drive)]) == ExitCode.DONE
    (made,) = drive.iterdir()
    there = {one.name for one in made.iterdir()}
    keys = {one.name for one in folder.iterdir() if one.suffix in (".key", ".pub", ".crt", ".toml")}
    assert there == keys | {"keys.sqlite3"}
    assert there >= NAMED
    assert "central.sqlite3" in {one.name for one in folder.iterdir()}
    assert all(one.stat().st_mode & 0o077 == 0 for one in made.iterdir())
    pages = []
    for place in (folder, made):
        engine = open_engine("sqlite:///keys.sqlite3", place)
        with engine.connect() as connection:
            pages.append([tuple(row) for row in connection.execute(select(key_page))])
        engine.dispose()
    assert pages[0] == pages[1] != []


def test_keys_are_not_put_beside_backups_of_the_records(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drive = tmp_path / "drive"
    assert main(["backup", "--folder", str(folder), "--to", str(drive)]) == ExitCode.DONE
    before = {one.name for one in drive.iterdir()}
    assert main(["backup-keys", "--folder", str(folder), "--to", str(drive)]) == ExitCode.USAGE
    assert str(drive) in capsys.readouterr().err
    assert {one.name for one in drive.iterdir()} == before
