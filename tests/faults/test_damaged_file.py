"""A page of the file is destroyed on the disk: the file is rebuilt, and every word reaches the server."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.session.keys import Vault, open_vault
from console.session.secret_store import NoSecretStore
from console.session.service import SignInRefused
from console.storage.connecting import connect
from tests.console.stand import Place, at_work, problem
from tests.faults.shifts import drained, found_elsewhere, notes_here, off_line, shift, wrote
from tests.support.hotline import PASSWORD, Hotline, found_hotline

PAGE = 4096
DESTROYED = b"\x5a" * PAGE
OPERATOR = "zhang"
NOTES = 12


@pytest.fixture(scope="module")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Hotline:
    return found_hotline(tmp_path_factory.mktemp("damaged") / "hotline")


@pytest.fixture(scope="module")
def server(hotline: Hotline) -> Iterator[str]:
    with hotline.running("server") as url:
        yield url


@pytest.fixture
def place(tmp_path: Path, server: str) -> Place:
    return Place(tmp_path / "workstation", server)


def words(number: int) -> str:
    return f"{number} " + "她说不想活了" * 300


@pytest.mark.expects_log("a damaged database was rebuilt|syncing stopped by the disk: disk_damaged")
@pytest.mark.parametrize("table", ["sqlite_schema", "outbox", "record"])
def test_at_the_sign_in(place: Place, hotline: Hotline, tmp_path: Path, table: str) -> None:
    """The beginning of the file, or of a table, is destroyed; one click signs in as always."""
    operator = f"{OPERATOR}-{table.replace('_', '-')}"
    hotline.add_operator(operator)

    async def story() -> list[str]:
        sent = await shift(place, operator, "已经上传的")
        notes = sent + await off_line(place, operator, *(words(number) for number in range(NOTES)))
        vault = _vault(place, operator)
        _destroy(vault, table)
        size = vault.database.stat().st_size
        async with at_work(place, operator) as (seat, station):
            await problem(seat, "storage_rebuilt")
            (told,) = [one for one in seat.problems.store.value if one.code == "storage_rebuilt"]
            aside = Path(told.params["path"]).read_bytes()
            assert len(aside) >= size
            assert DESTROYED in aside
            notes.append(await wrote(station, "重建之后写的"))
            await drained(seat)
            here = {note.id for note in await notes_here(seat)}
            assert set(notes) - set(sent) <= here
        return await found_elsewhere(place, operator, tmp_path / "elsewhere", notes)

    texts = ["已经上传的", *(words(number) for number in range(NOTES)), "重建之后写的"]
    assert asyncio.run(story()) == texts


def test_a_newer_program_has_written_the_file(place: Place, hotline: Hotline) -> None:
    """This program refuses with a sentence and changes nothing."""
    hotline.add_operator("li")
    asyncio.run(shift(place, "li", "新版本写的"))
    vault = _vault(place, "li")
    connection = connect(vault.database, vault.key)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = vault.database.read_bytes()

    async def refused(place: Place) -> str:
        with pytest.raises(SignInRefused) as told:
            async with at_work(place, "li"):
                pass
        return told.value.code

    assert asyncio.run(refused(place)) == "storage_newer"
    assert asyncio.run(refused(replace(place, server="http://127.0.0.1:1"))) == "storage_newer"
    assert vault.database.read_bytes() == before
    assert not list(place.folder.glob("li.*-wal"))


def _vault(place: Place, operator: str) -> Vault:
    return open_vault(place.folder, operator, PASSWORD, NoSecretStore())


def _destroy(vault: Vault, table: str) -> None:
    connection = connect(vault.database, vault.key)
    found = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    connection.close()
    with vault.database.open("r+b") as file:
        file.seek(PAGE * (found[0] - 1 if found else 0))
        file.write(DESTROYED)
