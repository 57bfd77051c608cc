"""From a key in the risk panel to the painted level, in the whole window, each act kept."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.app import App
from console.workstation import Workstation
from models.clock import Clock, SystemClock
from tests.bench.desk import console, until
from tests.bench.figures import percentile
from tests.bench.stand import stand
from widgets.risk.banner import LevelBanner

CALLS, ROUNDS = 6, 6
_ITEMS = 7
_PATIENCE_SECONDS = 10.0
_REST_SECONDS = 0.3
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


class Desk:
    """The console's risk panel under somebody's keys."""

    def __init__(self, app: App, clock: Clock) -> None:
        banner = app.parts.risk.findChild(LevelBanner)
        if banner is None:
            raise RuntimeError("there is no level")
        self._app, self._clock = app, clock
        self._level = Painted(banner, clock)
        self._window = Painted(app.window, clock)

    def rest(self) -> None:
        """Wait until the window is painted and nothing more comes: what opening a note takes is no key's."""
        began = self._clock.monotonic()
        until(self._app, lambda: self._clock.monotonic() - max(began, self._window.at) > _REST_SECONDS)

    def press(self, key: Qt.Key) -> float:
        """Milliseconds from a key to the end of the painting of the level that comes of it.

        The answer goes to the thread that keeps the assessment, which comes back: a mark that follows it
        the same way says that it was shown.
        """
        app, focus, shown = self._app, QApplication.focusWidget(), list[bool]()
        if focus is None:
            raise RuntimeError("nothing has the keys")
        before = self._clock.monotonic()
        QTest.keyClick(focus, key)
        app.bridge.wish(partial(app.bridge.post, partial(shown.append, True)))
        while not shown or self._level.at < before:
            app.qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if self._clock.monotonic() - before > _PATIENCE_SECONDS:
                raise TimeoutError("a key in the risk panel painted no level")
        # The rest of the window that the level repaints, in the same round.
        app.qt.processEvents()
        return (self._clock.monotonic() - before) * 1000


def measure() -> Iterator[tuple[str, float, str]]:
    """p99 in milliseconds, the level and all that is repainted with it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        stand(Path(folder)) as here,
        console(here) as (app, station),
    ):
        app.window.activateWindow()
        until(app, lambda: QGuiApplication.focusWindow() is app.window.windowHandle())
        taken, desk = list[float](), Desk(app, SystemClock())
        for number in range(CALLS):
            app.bridge.wish(station.calls.open_by_hand, f"1380000800{number}")
            until(app, partial(_opened, station, number))
            call = station.calls.view.value.calls[-1].id
            app.bridge.wish(station.take_up, call)
            until(app, partial(_on_desk, app, station, call))
            for place in range(ROUNDS):
                QTest.keyClick(app.window, Qt.Key.Key_F5)
                until(app, partial(_in_panel, app))
                desk.rest()
                taken += [desk.press(_ANSWERS[place % len(_ANSWERS)]) for _ in range(_ITEMS)]
    yield "risk_key_to_paint_ms_p99", percentile(taken, 99), "ms"


def _opened(station: Workstation, number: int) -> bool:
    return len(station.calls.view.value.calls) > number


def _on_desk(app: App, station: Workstation, call: str) -> bool:
    note = station.notes.desk.value.note
    return note is not None and note.call == call and app.parts.note.note == note.id


def _in_panel(app: App) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and app.parts.risk.isAncestorOf(focus)
