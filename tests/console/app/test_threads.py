"""The GUI thread waits for nobody: disk and network are touched by other threads alone."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from console.app import App
from console.line.gateway import GatewayLine
from console.runtime.db_thread import DbThread
from console.sync.api import ServerApi
from models.risk.quick_screen import AskState, Item
from models.shifts.duty import DutyState
from tests.console.app.conftest import PATIENCE_MS
from tests.support.gateway import GatewayInThread


@pytest.fixture(autouse=True)
def touched(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Which threads touched the disk, the server and the gateway."""
    known: dict[str, set[str]] = {"disk": set(), "server": set(), "gateway": set()}

    def watch(kind: type, name: str, what: str) -> None:
        real: Callable[..., Any] = getattr(kind, name)

        def noted(*arguments: Any, **options: Any) -> Any:
            known[what].add(threading.current_thread().name)
            return real(*arguments, **options)

        monkeypatch.setattr(kind, name, noted)

    watch(DbThread, "_with_storage", "disk")
    watch(ServerApi, "_http", "server")
    watch(GatewayLine, "_ask", "gateway")
    return known


def test_a_whole_call_leaves_the_gui_thread_alone(
    touched: dict[str, set[str]], signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app, parts, station = signed_in, signed_in.parts, signed_in.station
    assert station
    parts.calls.state_wanted.emit(DutyState.READY, None)
    call = line.scene(lambda scene: scene.ring("13834400000", "12356"))
    qtbot.waitUntil(lambda: station.calls.view.value.current is not None, timeout=PATIENCE_MS)
    parts.calls.answer_wanted.emit(call)
    qtbot.waitUntil(lambda: bool(parts.note.note), timeout=PATIENCE_MS)
    parts.note.edited.emit("complaint", "练习用的话")
    parts.risk.answered.emit(Item.PLAN_72H, AskState.YES)
    parts.window.refer_wanted.emit()
    parts.window.records_wanted.emit()
    parts.note.finish_wanted.emit("caller_gone")
    qtbot.waitUntil(lambda: bool(station.records.records.value), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: app.seat.sync.value.up is True, timeout=PATIENCE_MS)
    assert touched["disk"]
    assert all(name.startswith("db") for name in touched["disk"])
    assert touched["server"] == touched["gateway"] == {"io"}
