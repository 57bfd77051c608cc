"""A server is backed up while it runs, lost, and restored: what consoles had handed in since is not lost."""

import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select

from models.operation import Outcome
from models.people.operator import Role
from server.central.storage.engine import reading
from server.central.storage.tables import meta, record
from tests.faults.founded import Founded, Seat, founded, seated
from tests.support.programs import program, run


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def hotline(request: pytest.FixtureRequest, tmp_path: Path) -> Founded:
    database = request.getfixturevalue("postgres_database") if request.param == "postgresql" else ""
    return founded(tmp_path / "server", database.replace("+psycopg", ""))


def _backed_up(hotline: Founded, folder: Path) -> Path:
    return Path(run("backup", "--folder", hotline.folder, "--to", folder).splitlines()[0])


def _refused(*arguments: object) -> str:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        run("--language", "en", *arguments)
    return str(refused.value.stderr)


def _notes(hotline: Founded) -> set[str]:
    with hotline.database() as engine, reading(engine) as connection:
        return set(connection.scalars(select(record.c.id).where(record.c.type == "note")))


def _epoch(hotline: Founded) -> str:
    with hotline.database() as engine, reading(engine) as connection:
        return str(connection.scalar(select(meta.c.value).where(meta.c.key == "server_epoch")))


@pytest.mark.expects_log("the server knows less than it told")
def test_nothing_is_lost_that_a_console_had_handed_in_after_the_backup(
    hotline: Founded, tmp_path: Path
) -> None:
    seat = Seat(tmp_path, hotline.url, "zhang", hotline.token("zhang", Role.OPERATOR))
    with seated(seat):
        with program("server", "--folder", hotline.folder):
            early = seat.write("备份之前")
            assert seat.round() is None
            file = _backed_up(hotline, tmp_path / "backups")
            late = seat.write("备份之后")
            seat.draft(early, "备份之后又改")
            assert seat.round() is None
        assert _notes(hotline) == {early, late}
        before = _epoch(hotline)

        assert "--overwrite" in _refused("restore", "--folder", hotline.folder, "--from", file)
        assert _notes(hotline) == {early, late}
        run("restore", "--folder", hotline.folder, "--from", file, "--overwrite")
        assert _notes(hotline) == {early}
        assert _epoch(hotline) != before

        with program("server", "--folder", hotline.folder):
            for _ in range(4):
                assert seat.round() is None
        assert _notes(hotline) == {early, late}
        assert set(hotline.outcomes().values()) == {Outcome.APPLIED}
        assert (seat.text(early), seat.text(late)) == ("备份之后又改", "备份之后")
        assert run("audit", "verify", "--folder", hotline.folder)


@pytest.mark.postgres
def test_a_backup_of_one_database_fills_the_other_kind_and_the_numbers_go_on(
    hotline: Founded, tmp_path: Path, postgres_database: str
) -> None:
    seat = Seat(tmp_path, hotline.url, "zhang", hotline.token("zhang", Role.OPERATOR))
    with seated(seat):
        with program("server", "--folder", hotline.folder):
            note = seat.write("第一句")
            assert seat.round() is None
            file = _backed_up(hotline, tmp_path / "backups")
        here = hotline.config.database
        other = (
            f"sqlite:///{tmp_path}/other.sqlite3"
            if here.startswith("postgresql")
            else postgres_database.replace("+psycopg", "")
        )
        run("restore", "--folder", hotline.folder, "--from", file, "--into", other)
        settings = hotline.folder / "server.toml"
        settings.write_text(settings.read_text().replace(here, other))
        assert _notes(hotline) == {note}
        with program("server", "--folder", hotline.folder):
            seat.draft(note, "第二句")
            assert seat.round() is None
            more = seat.write("另一个")
            assert seat.round() is None
        assert _notes(hotline) == {note, more}


def test_a_damaged_backup_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    hotline = founded(tmp_path / "server")
    file = _backed_up(hotline, tmp_path / "backups")
    whole = file.read_bytes()
    before = _epoch(hotline)
    arguments = ("restore", "--folder", hotline.folder, "--from", file, "--overwrite")
    file.write_bytes(whole[: len(whole) // 2])
    assert "damaged (checksum)" in _refused(*arguments)
    file.with_name(f"{file.name}.sha256").unlink()
    assert "sha256" in _refused(*arguments)
    assert _epoch(hotline) == before
    assert b"sealing" not in whole
    assert (hotline.folder / "sealing.key").read_bytes().strip() not in whole


def test_a_backup_of_another_hotline_is_refused(tmp_path: Path) -> None:
    one, other = founded(tmp_path / "one"), founded(tmp_path / "other")
    file = _backed_up(other, tmp_path / "backups")
    before = _epoch(one)
    assert "another key database" in _refused(
        "restore", "--folder", one.folder, "--from", file, "--overwrite"
    )
    assert _epoch(one) == before
