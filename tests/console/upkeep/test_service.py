"""Behind the work the file is checked; a damaged one is exchanged while the program goes on."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from console.runtime.db_thread import DbThread
from console.runtime.journal import DiskTrouble, Journal
from console.runtime.pool import Pool
from console.runtime.problems import Problems
from console.storage.checking import faults
from console.storage.connecting import connect
from console.storage.entering import Place
from console.storage.errors import Unreadable
from console.storage.storage import Storage
from console.upkeep.service import Stage, Upkeep
from models.operation import Operation
from models.problems import Problem
from tests.console.storage.acts import CLOCK, KEY, OPERATOR, draft, note_opened, opened, text_of

PAGE = 4096
PATIENCE = 30


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "zhang.db"
    storage = opened(path)
    for number in range(40):
        storage.perform([note_opened(f"n{number}"), draft(f"n{number}", f"{number} " + "说" * 900)])
    storage.close()
    return path


class Kept:
    """An upkeep with threads of its own."""

    def __init__(self, path: Path, key: bytes = KEY) -> None:
        self.db: DbThread[Storage] = DbThread()
        self.pool = Pool()
        self.problems = Problems(CLOCK)
        self.upkeep = Upkeep(Place(path, key, OPERATOR, False), self.db, self.pool, self.problems, CLOCK)
        self.mended = asyncio.Event()

    def problem(self, code: str) -> Problem:
        (found,) = [one for one in self.problems.store.value if one.code == code]
        return found

    async def perform(self, *acts: Operation) -> None:
        await self.db.run(lambda storage: storage.perform(acts))


@asynccontextmanager
async def kept(path: Path) -> AsyncIterator[Kept]:
    one = Kept(path)
    try:
        await one.upkeep.open()
        task = asyncio.create_task(one.upkeep.run(one.mended.set))
        yield one
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    finally:
        one.db.stop(lambda storage: storage.close())
        one.pool.stop()


def root_of(path: Path, table: str) -> int:
    connection = connect(path, KEY)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    connection.close()
    return int(page)


def destroy(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


@pytest.mark.expects_log("a damaged database was rebuilt")
@pytest.mark.parametrize("page", [1, 0])
def test_a_file_that_cannot_be_opened_is_rebuilt_at_the_sign_in(path: Path, page: int) -> None:
    destroy(path, page or root_of(path, "meta"))

    async def signed_in() -> None:
        async with kept(path) as one:
            told = one.problem("storage_rebuilt").params
            assert (told["unsent"], told["records"]) == ("80", "40")
            assert Path(told["path"]).is_file()
            assert await one.db.run(lambda storage: text_of(storage, "n7")) == "7 " + "说" * 900

    asyncio.run(signed_in())


@pytest.mark.expects_log("the database is damaged: .*page")
@pytest.mark.expects_log("a damaged database was rebuilt")
def test_damage_that_nobody_met_yet_is_found_behind_the_work_and_mended(path: Path) -> None:
    destroy(path, path.stat().st_size // PAGE - 2)

    async def worked() -> None:
        async with kept(path) as one:
            async with asyncio.timeout(PATIENCE):
                await one.mended.wait()
            assert one.problem("storage_rebuilt").params["lost"] == "1"
            await one.perform(draft("n7", "接着写"))
            assert await one.db.run(lambda storage: text_of(storage, "n7")) == "接着写"

    asyncio.run(worked())
    assert faults(path, KEY, thorough=True) == ()


@pytest.mark.expects_log("a damaged database was rebuilt")
def test_what_is_typed_while_the_file_breaks_is_written_into_the_fresh_one(path: Path) -> None:
    """The disk says at a write that the file is damaged; the journal keeps the act until it is mended."""
    damaged = root_of(path, "outbox")

    async def worked() -> None:
        async with kept(path) as one:

            async def perform(acts: Sequence[Operation]) -> None:
                await one.perform(*acts)

            journal = Journal(perform, one.problems, lambda: None)
            writing = asyncio.create_task(journal.run())
            destroy(path, damaged)
            async with asyncio.timeout(PATIENCE):
                await journal.write(draft("n7", "最后一句"))
                await one.mended.wait()
            assert await one.db.run(lambda storage: text_of(storage, "n7")) == "最后一句"
            assert [problem.code for problem in one.problems.store.value] == ["storage_rebuilt"]
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)

    asyncio.run(worked())


def test_a_whole_file_raises_no_problem(path: Path) -> None:
    async def worked() -> None:
        async with kept(path) as one:
            await one.upkeep.check()
            assert one.problems.store.value == ()

    asyncio.run(worked())


def test_the_report_stands_until_the_damaged_file_is_taken_away(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    destroy(path, 1)
    logging.disable(logging.WARNING)

    async def codes() -> list[str]:
        async with kept(path) as one:
            return [problem.code for problem in one.problems.store.value]

    try:
        assert asyncio.run(codes()) == ["storage_rebuilt"]
        assert asyncio.run(codes()) == ["storage_rebuilt"]
        for aside in path.parent.glob("zhang.damaged-*"):
            aside.unlink()
        assert asyncio.run(codes()) == []
    finally:
        logging.disable(logging.NOTSET)


def test_a_file_of_another_key_is_refused_and_left(path: Path) -> None:
    before = path.read_bytes()

    async def refused() -> None:
        one = Kept(path, key=bytes(32))
        with pytest.raises(Unreadable):
            await one.upkeep.open()
        one.db.stop(lambda storage: storage.close())
        one.pool.stop()

    asyncio.run(refused())
    assert path.read_bytes() == before


def test_a_trouble_of_the_disk_still_reaches_who_asked(path: Path) -> None:
    async def told() -> None:
        async with kept(path) as one:

            def full(_: Storage) -> None:
                raise DiskTrouble("disk_full")

            with pytest.raises(DiskTrouble):
                await one.db.run(full)

    asyncio.run(told())


def test_a_backup_is_made_while_the_program_writes(path: Path, tmp_path: Path) -> None:
    drive, key = tmp_path / "drive", path.with_suffix(".key")
    drive.mkdir()
    key.write_text("the envelope")

    async def worked() -> Path:
        async with kept(path) as one:
            writing = asyncio.create_task(_write_on(one))
            stages: list[Stage] = []
            one.upkeep.saving.watch(lambda saving: stages.append(saving.stage))
            await one.upkeep.back_up(drive)
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
            assert list(dict.fromkeys(stages)) == [Stage.NONE, Stage.COPYING, Stage.CHECKING, Stage.DONE]
            assert one.upkeep.saving.value.path is not None
            return one.upkeep.saving.value.path

    copy = asyncio.run(worked())
    assert sorted(one.name for one in copy.parent.iterdir()) == ["zhang.db", "zhang.key"]
    assert b"SQLite format" not in copy.read_bytes()
    assert faults(copy, KEY, thorough=True) == ()


def test_a_drive_that_is_not_there_is_said_until_a_backup_is_good(path: Path, tmp_path: Path) -> None:
    async def worked() -> None:
        async with kept(path) as one:
            drive = tmp_path / "drive"
            await one.upkeep.back_up(drive)
            assert one.upkeep.saving.value.why == "backup_folder"
            assert one.problem("backup_folder").params == {"path": str(drive)}
            drive.mkdir()
            await one.upkeep.back_up(drive)
            assert one.upkeep.saving.value.stage is Stage.DONE
            assert not one.problems.store.value

    asyncio.run(worked())


@pytest.mark.parametrize("name", ["x" * 5000, "~nobody-of-that-name/drive"])
def test_a_folder_that_cannot_be_looked_at_is_said_and_another_one_serves(
    path: Path, tmp_path: Path, name: str
) -> None:
    async def worked() -> None:
        async with kept(path) as one:
            await one.upkeep.back_up(Path(name))
            assert one.upkeep.saving.value.why == "backup_folder"
            await one.upkeep.back_up(tmp_path)
            assert one.upkeep.saving.value.stage is Stage.DONE

    asyncio.run(worked())


def test_a_drive_that_is_pulled_out_meanwhile_is_said(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()

    def pulled_out(_file: Path) -> None:
        shutil.rmtree(drive)
        raise OSError(5, "input/output error")

    async def worked() -> None:
        async with kept(path) as one:
            with monkeypatch.context() as moment:
                moment.setattr("console.storage.backup.sync_file", pulled_out)
                await one.upkeep.back_up(drive)
            assert one.upkeep.saving.value.why == "backup_write"
            assert one.problem("backup_write").params == {"path": str(drive)}
            drive.mkdir()
            await one.upkeep.back_up(drive)
            assert one.upkeep.saving.value.stage is Stage.DONE
            assert not one.problems.store.value

    asyncio.run(worked())


def test_a_bug_in_a_backup_keeps_nobody_from_trying_again(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_what: object) -> None:
        raise RuntimeError("a bug")

    async def worked() -> None:
        async with kept(path) as one:
            with monkeypatch.context() as moment:
                moment.setattr("console.storage.backup.sync_file", broken)
                with pytest.raises(RuntimeError):
                    await one.upkeep.back_up(tmp_path)
            assert one.upkeep.saving.value.why == "backup_write"
            await one.upkeep.back_up(tmp_path)
            assert one.upkeep.saving.value.stage is Stage.DONE

    asyncio.run(worked())


async def _write_on(one: Kept) -> None:
    number = 0
    while True:
        number += 1
        await one.perform(draft("n1", str(number)))
