"""One console a seat: a second start ends and makes the first one come forward."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from console.presenters.instance import Instance
from console.start import EXIT_RUNNING
from resources.texts import Texts
from tests.structure.project import ROOT


def test_a_second_start_ends_and_the_first_one_comes_forward(tmp_path: Path, qtbot: QtBot) -> None:
    first = Instance(tmp_path, "1001")
    assert first.alone()
    with qtbot.waitSignal(first.called, timeout=60_000):
        second = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "console",
                "console",
                "--config",
                str(tmp_path / "none.toml"),
                "--data",
                str(tmp_path),
                "--seat",
                "1001",
            ],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stderr=subprocess.PIPE,
            text=True,
        )
    _, told = second.communicate(timeout=60)
    assert second.returncode == EXIT_RUNNING
    assert Texts("zh_CN").text("problems.instance_running_what") in told
    assert "Traceback" not in told


@pytest.mark.usefixtures("qapp")
def test_another_seat_is_another_console(tmp_path: Path) -> None:
    first, second = Instance(tmp_path, "1001"), Instance(tmp_path, "1002")
    assert first.alone()
    assert second.alone()


@pytest.mark.usefixtures("qapp")
def test_a_seat_is_free_again_when_its_console_ended(tmp_path: Path) -> None:
    first = Instance(tmp_path, "1001")
    assert first.alone()
    del first
    assert Instance(tmp_path, "1001").alone()
