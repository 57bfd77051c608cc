"""The command line: one sentence and an exit code for what is wrong, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from console import cli
from console.start import EXIT_SETTINGS
from tests.structure.project import ROOT


def console(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The program with arguments, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "console", *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [('theme = "purple"', "theme"), ("seat = 1001", "seat"), ('site = "nowhere"', "nowhere")],
)
def test_a_broken_settings_file_is_named_with_file_and_field(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "console.toml"
    path.write_text(content)
    ended = console("console", "--config", str(path), "--data", str(tmp_path / "data"))
    assert ended.returncode == EXIT_SETTINGS
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    ended = console("console", "--config", str(tmp_path / "none.toml"), "--data", str(in_the_way / "data"))
    assert ended.returncode == EXIT_SETTINGS
    assert str(in_the_way) in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_unknown_command_is_refused() -> None:
    ended = console("telephone")
    assert ended.returncode == cli.EXIT_USAGE
    assert "Traceback" not in ended.stderr


def test_the_server_is_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], check: bool) -> "subprocess.CompletedProcess[str]":
        ran.append(command)
        return subprocess.CompletedProcess(command, 4 if not check else 0)

    monkeypatch.setattr(subprocess, "run", run)
    assert cli.main(["operator", "add", "zhang"]) == 4
    assert ran == [[sys.executable, "-m", "server", "operator", "add", "zhang"]]
