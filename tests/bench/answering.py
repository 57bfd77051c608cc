"""From a key in the risk panel to the painted answer and level, in the whole window, each act kept."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.app import App
from console.workstation import Workstation
from models.clock import Clock, SystemClock
from tests.bench.desk import console, until
from tests.bench.figures import percentile
from tests.bench.stand import stand

CALLS, ROUNDS = 6, 6
_ITEMS = 7
_PATIENCE_MS = 10_000
_ANSWERS = (Qt.Key.Key_N, Qt.Key.Key_U, Qt.Key.Key_R)
"""Each round gives each item another answer than the one before."""


class Painted(QObject):
    """Notes when a widget was painted last."""

    def __init__(self, watched: QWidget, clock: Clock) -> None:
        super().__init__(watched)
        self._clock = clock
        self.at = 0.0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the clock as the painting begins; what follows it is waited for outside."""
        if event.type() == QEvent.Type.Paint:
            self.at = self._clock.monotonic()
        return False


def measure() -> Iterator[tuple[str, float, str]]:
    """p99 in milliseconds, the answer and all that it repaints."""
    with (
        tempfile.TemporaryDirectory() as folder,
        stand(Path(folder)) as here,
        console(here) as (app, station),
    ):
        app.window.activateWindow()
        until(app, lambda: QGuiApplication.focusWindow() is app.window.windowHandle())
        clock, taken = SystemClock(), list[float]()
        for number in range(CALLS):
            app.bridge.wish(station.calls.open_by_hand, f"1380000800{number}")
            until(app, partial(_opened, station, number))
            call = station.calls.view.value.calls[-1].id
            app.bridge.wish(station.take_up, call)
            until(app, partial(_on_desk, app, station, call))
            # The note is there to be read before somebody answers; what opening it takes is not a key's.
            app.parts.note.repaint()
            QApplication.processEvents()
            for place in range(ROUNDS):
                QTest.keyClick(app.window, Qt.Key.Key_F5)
                until(app, partial(_in_panel, app))
                key = _ANSWERS[place % len(_ANSWERS)]
                taken += [_pressed(clock, key) for _ in range(_ITEMS)]
    yield "risk_key_to_paint_ms_p99", percentile(taken, 99), "ms"


def _opened(station: Workstation, number: int) -> bool:
    return len(station.calls.view.value.calls) > number


def _on_desk(app: App, station: Workstation, call: str) -> bool:
    note = station.notes.desk.value.note
    return note is not None and note.call == call and app.parts.note.note == note.id


def _in_panel(app: App) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and app.parts.risk.isAncestorOf(focus)


def _pressed(clock: Clock, key: Qt.Key) -> float:
    focus = QApplication.focusWidget()
    if focus is None:
        raise RuntimeError("nothing has the keys")
    painted = Painted(focus, clock)
    before = clock.monotonic()
    QTest.keyClick(focus, key)
    patience = QDeadlineTimer(_PATIENCE_MS)
    while painted.at < before:
        if patience.hasExpired():
            raise TimeoutError("a key in the risk panel painted nothing")
        QApplication.processEvents()
    # The rest of the window that the answer repainted, in the same round.
    QApplication.processEvents()
    after = clock.monotonic()
    painted.deleteLater()
    return (after - before) * 1000
