"""A ring is noticed whatever the machine can do: a player, one that fails, or none at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.presenters.attention import Attention
from tests.console.taken_away import take_away

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)", extend=True)


@pytest.fixture
def beeps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append("beep"))
    return heard


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    del qapp
    window = QWidget()
    window.show()
    yield window
    take_away(window)


def player(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """The only sound player there is."""
    (folder / "aplay").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "aplay").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_without_a_player_the_machine_beeps(
    window: QWidget, beeps: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    attention = Attention(window)
    attention.ring()
    attention.quiet()
    assert beeps == ["beep"]


def test_a_player_that_fails_is_made_up_for_by_a_beep(
    window: QWidget, beeps: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    player(tmp_path, monkeypatch, "exit 1")
    attention = Attention(window)
    attention.ring()
    qtbot.waitUntil(lambda: beeps == ["beep"])
    attention.quiet()


def test_the_sound_stops_when_nothing_rings_any_more(
    window: QWidget, beeps: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    player(tmp_path, monkeypatch, "read forever")
    attention = Attention(window)
    attention.ring()
    sounding = attention.findChildren(QProcess)[0]
    qtbot.waitUntil(lambda: sounding.state() is QProcess.ProcessState.Running)
    attention.quiet()
    qtbot.waitUntil(lambda: sounding.state() is QProcess.ProcessState.NotRunning)
    assert beeps == []


def test_an_alert_has_a_sound_of_its_own_beside_a_ring(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told = tmp_path / "played"
    player(tmp_path, monkeypatch, f'echo "$2" >> {told}')
    attention = Attention(window)
    attention.ring()
    for sound in ("alert", ""):
        attention.alarm(sound)
    qtbot.waitUntil(lambda: told.exists() and len(told.read_text().splitlines()) == 2)
    attention.quiet()
    assert {Path(line).name for line in told.read_text().splitlines()} == {"ring.wav", "alert.wav"}
    assert all(Path(line).is_file() for line in told.read_text().splitlines())


def test_a_window_that_was_put_away_comes_forward(window: QWidget) -> None:
    window.showMinimized()
    Attention(window).come_forward()
    assert not window.isMinimized()
