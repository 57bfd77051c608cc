"""The disk of a workstation is put back from an image, or cloned; a backup is brought back.

Two devices then believe to be one: the server notices it, both go on, nothing is lost or applied twice.
"""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.console.stand import Place
from tests.faults.shifts import found_elsewhere, off_line, shift
from tests.support.hotline import PASSWORD, Hotline, found_hotline

Hire = Callable[[], str]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Hotline:
    return found_hotline(tmp_path_factory.mktemp("image") / "hotline")


@pytest.fixture
def server(hotline: Hotline) -> Iterator[str]:
    with hotline.running("server") as url:
        yield url


@pytest.fixture(scope="module")
def hire(hotline: Hotline) -> Hire:
    hired: list[str] = []

    def hire() -> str:
        hired.append(f"operator-{len(hired) + 1}")
        hotline.add_operator(hired[-1])
        return hired[-1]

    return hire


@pytest.fixture
def place(tmp_path: Path, server: str) -> Place:
    return Place(tmp_path / "workstation", server)


def image_of(place: Place, name: str) -> Place:
    """The whole folder as it is now, somewhere else."""
    copy = place.folder.with_name(name)
    shutil.copytree(place.folder, copy)
    return replace(place, folder=copy)


@pytest.mark.expects_log("is broken at entry [0-9]+: forked")
def test_a_disk_put_back_from_an_image(place: Place, hire: Hire, tmp_path: Path) -> None:
    operator = hire()

    async def story() -> list[str]:
        notes = await shift(place, operator, "在映像之前")
        notes += await off_line(place, operator, "映像里还没有上传的")
        image = image_of(place, "image")
        notes += await shift(place, operator, "映像之后上传的")
        # What was on the disk since is gone; the image does not know what was sent under its numbers.
        notes += await shift(image, operator, "恢复之后写的")
        return await found_elsewhere(place, operator, tmp_path / "elsewhere", notes)

    assert asyncio.run(story()) == [
        "在映像之前",
        "映像里还没有上传的",
        "映像之后上传的",
        "恢复之后写的",
    ]


@pytest.mark.expects_log("is broken at entry [0-9]+: forked")
def test_a_cloned_disk(place: Place, hire: Hire, tmp_path: Path) -> None:
    operator = hire()

    async def story() -> list[str]:
        notes = await shift(place, operator, "克隆之前")
        notes += await off_line(place, operator, "两台都有的")
        clone = image_of(place, "clone")
        notes += await off_line(place, operator, "第一台写的")
        notes += await off_line(clone, operator, "第二台写的")
        notes += await shift(clone, operator, "第二台在线写的")
        notes += await shift(place, operator, "第一台在线写的")
        notes += await shift(clone, operator, "第二台又写的")
        return await found_elsewhere(place, operator, tmp_path / "elsewhere", notes)

    assert asyncio.run(story()) == [
        "克隆之前",
        "两台都有的",
        "第一台写的",
        "第二台写的",
        "第二台在线写的",
        "第一台在线写的",
        "第二台又写的",
    ]


def test_a_backup_brought_back(place: Place, hire: Hire, tmp_path: Path) -> None:
    operator = hire()
    drive = tmp_path / "drive"
    drive.mkdir()

    async def before() -> list[str]:
        notes = await shift(place, operator, "备份之前")
        return notes + await off_line(place, operator, "备份里还没有上传的")

    async def after(notes: list[str]) -> list[str]:
        notes = notes + await shift(place, operator, "恢复之后写的")
        return await found_elsewhere(place, operator, tmp_path / "elsewhere", notes)

    notes = asyncio.run(before())
    _command(place, "backup", "--to", str(drive), "--operator", operator)
    notes += asyncio.run(shift(place, operator, "备份之后上传的"))
    notes += asyncio.run(off_line(place, operator, "备份之后还没有上传的"))
    (copy,) = drive.glob("*/*.db")
    _command(place, "restore", "--from", str(copy))
    assert asyncio.run(after(notes)) == [
        "备份之前",
        "备份里还没有上传的",
        "备份之后上传的",
        "备份之后还没有上传的",
        "恢复之后写的",
    ]


def _command(place: Place, *arguments: str) -> None:
    command = [sys.executable, "-m", "console", *arguments, "--data", str(place.folder), "--password-stdin"]
    done = subprocess.run(
        command, cwd=ROOT, input=f"{PASSWORD}\n", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
