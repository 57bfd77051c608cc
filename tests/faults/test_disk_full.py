"""The disk of the workstation is full: nothing that was saved is lost, what is typed waits, and it is said.

A limit on the size of files, which every machine has, and where it may be mounted a real small file
system: the database gets the refusal from the kernel in both.
"""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from console.storage.checking import faults
from console.storage.storage import Storage
from tests.console.storage.acts import KEY, draft, note_opened, opened, pushed, text_of
from tests.faults.saving import PATIENCE, saving

ROOT = Path(__file__).resolve().parents[2]
MEBIBYTE = 1024 * 1024
_IN_A_NAMESPACE = ["unshare", "--mount", "--map-root-user"]


def test_a_limit_on_the_file(tmp_path: Path) -> None:
    told = _filled([], tmp_path / "zhang.db", 3 * MEBIBYTE, "disk_error")
    _all_there(tmp_path / "zhang.db", told)


def test_a_real_small_file_system(tmp_path: Path) -> None:
    """Two megabytes, mounted in a namespace of its own; what is on it is copied out at the end."""
    if not _may_mount():
        pytest.skip("this machine allows nobody but its own root to mount a small file system")
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    kept.mkdir()
    inside = f'mount -t tmpfs -o size=2m none "{disk}" && "$@" && cp "{disk}"/* "{kept}"'
    told = _filled([*_IN_A_NAMESPACE, "sh", "-ec", inside, "sh"], disk / "zhang.db", 0, "disk_full")
    assert list(disk.iterdir()) == []
    _all_there(kept / "zhang.db", told)


def test_the_work_goes_on_when_there_is_room_again(tmp_path: Path) -> None:
    """The journal keeps what cannot be written, says so, and writes it once it can."""

    async def worked() -> None:
        async with saving(tmp_path / "zhang.db") as console:
            db, journal = console.db, console.journal
            await journal.write(note_opened("n"), draft("n", "之前"))
            await db.run(lambda storage: _limit(storage, 2))
            waiting = journal.write(draft("n", "字" * 100_000))
            problem = await console.trouble()
            assert (problem.code, problem.params["cause"]) == ("not_saved", "disk_full")
            assert await db.run(lambda storage: text_of(storage, "n")) == "之前"
            await db.run(lambda storage: _limit(storage, 100_000))
            async with asyncio.timeout(PATIENCE):
                await waiting
            assert await db.run(lambda storage: text_of(storage, "n")) == "字" * 100_000
            assert console.problems.store.value == ()

    asyncio.run(worked())
    assert faults(tmp_path / "zhang.db", KEY, thorough=True) == ()


def _filled(prefix: list[str], path: Path, limit: int, trouble: str) -> list[int]:
    """Write until the disk refuses, and go on for a while; gives the numbers that were called saved."""
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "tests.faults.filling", str(path), str(limit)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    *saved, last = done.stdout.split()
    assert last == trouble
    return [int(number) for number in saved]


def _all_there(path: Path, told: list[int]) -> None:
    assert len(told) > 10
    storage = opened(path)
    for number in told:
        assert text_of(storage, f"n{number}").startswith(f"{number} ")
    assert len(pushed(storage, 10_000).rows) > 0
    storage.close()
    assert faults(path, KEY, thorough=True) == ()


def _may_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run(
        [*_IN_A_NAMESPACE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False
    )
    return tried.returncode == 0


def _limit(storage: Storage, more: int) -> None:
    """Let the file grow by so many pages only."""
    connection = storage._engine.raw_connection()
    cursor = connection.cursor()
    (pages,) = cursor.execute("PRAGMA page_count").fetchone()
    cursor.execute(f"PRAGMA max_page_count = {pages + more}")
    connection.close()
