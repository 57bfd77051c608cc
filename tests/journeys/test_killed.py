"""A console killed in mid-call: the record is offered again with all that was called saved."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from console.app import App, Given
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from models.calls.call import CallState
from models.clock import SystemClock
from tests.journeys.typing_console import PIECE
from tests.support.gateway import GatewayInThread, gateway_in_thread
from tests.support.hotline import PASSWORD, SITE, Hotline, found_hotline
from tests.support.keyboard import QtKeyboard
from tests.support.processes import ended

OPERATOR, SEAT = "zhang", "1001"
PATIENCE_MS = 60_000
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    founded = found_hotline(tmp_path / "hotline")
    founded.add_operator(OPERATOR)
    return founded


@pytest.fixture
def line(hotline: Hotline) -> Iterator[GatewayInThread]:
    with gateway_in_thread(SITE, public_key=hotline.public_key) as gateway:
        yield gateway


def test_a_killed_console_offers_the_record_with_all_that_was_called_saved(
    hotline: Hotline, line: GatewayInThread, tmp_path: Path, qtbot: QtBot
) -> None:
    data = tmp_path / "workstation"
    with hotline.running("server") as server:
        call, saved = type_until_killed(server, line, data)
        assert saved
        app = App(
            Settings(seat=SEAT, site=SITE, data=str(data)),
            lambda: Endpoints(server, line.url),
            NoSecretStore(),
            SystemClock(),
            Given(OPERATOR),
        )
        app.start()
        try:
            shown = offered_again(app, qtbot)
            assert shown.startswith(saved)
            assert not shown.replace(PIECE, "")
            assert app.station
            (known,) = app.station.calls.view.value.calls
            assert (known.id, known.state) == (call, CallState.TALKING)
        finally:
            app.window.let_close()
            app.stop()


def type_until_killed(server: str, line: GatewayInThread, data: Path) -> tuple[str, str]:
    """Let a console be typed into during a call and kill it; the call, and what was last called saved."""
    command = [sys.executable, "-m", "tests.journeys.typing_console", server, line.url, str(data), OPERATOR]
    with ended(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)) as console:
        assert console.stdout
        told = [json.loads(console.stdout.readline())]
        assert told[0] == {"ready": True}
        call = line.scene(lambda scene: scene.ring("13834400000", "12356"))
        for _ in range(3):
            told.append(json.loads(console.stdout.readline()))
        console.kill()
        told += [json.loads(rest) for rest in console.stdout if rest.endswith("\n")]
    return call, str(told[-1]["saved"])


def offered_again(app: App, qtbot: QtBot) -> str:
    """Sign in; the complaint that stands on the desk without anybody asking for it."""
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow, timeout=PATIENCE_MS)
    keys = QtKeyboard(app.window)
    keys.write(PASSWORD)
    keys.press("Return")
    qtbot.waitUntil(lambda: bool(app.parts.note.note), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: bool(app.station and app.station.calls.view.value.calls), timeout=PATIENCE_MS)
    # The section with the field is made once nobody presses a key.
    qtbot.waitUntil(lambda: bool(_written(app)), timeout=PATIENCE_MS)
    return _written(app)[0]


def _written(app: App) -> list[str]:
    fields = app.parts.note.findChildren(QPlainTextEdit)
    return [each.toPlainText() for each in fields if each.toPlainText()]
