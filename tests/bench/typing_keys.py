"""From a key in the note to its painting: 30,000 characters stand there, callers ring, the note is synced."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.app import App
from console.workstation import Workstation
from models.calls.call import CallState
from models.clock import SystemClock
from tests.bench.desk import console, until
from tests.bench.figures import percentile
from tests.bench.stand import stand
from widgets.base.writing import Writing
from widgets.notes.paper import Papers

LENGTH = 30_000
ROUNDS = 20
KEYS = 30
_CLOCK = SystemClock()
_SENTENCE = "来电者说已经两周睡不着，昨晚站到桥上，母亲在家。" * 12 + "\n"
"""A paragraph as somebody writes it: Qt lays out the whole paragraph at each key."""


class Painted(QObject):
    """Notes when the text was painted last."""

    def __init__(self, field: Writing) -> None:
        super().__init__(field)
        self.at = 0.0
        field.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the clock once the painting is over."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._look)
        return False

    def _look(self) -> None:
        self.at = _CLOCK.monotonic()


def measure() -> Iterator[tuple[str, float, str]]:
    """p50 and p99 in milliseconds."""
    with (
        tempfile.TemporaryDirectory() as folder,
        stand(Path(folder)) as here,
        console(here) as (app, station),
    ):
        field = _field(app, station)
        painted, taken = Painted(field), list[float]()
        for _ in range(ROUNDS):
            here.order("ring")
            call = until(app, partial(_ringing, station))
            # Each round is pushed and pulled while somebody types.
            app.bridge.wish(partial(station.journal.write, urgent=True))
            taken += [_struck(app, field, painted) for _ in range(KEYS)]
            here.order("end", call)
            until(app, partial(_over, station, call))
    yield "typing_ms_p50", percentile(taken, 50), "ms"
    yield "typing_ms_p99", percentile(taken, 99), "ms"


def _field(app: App, station: Workstation) -> Writing:
    app.bridge.wish(station.calls.open_by_hand, "13800138000")
    until(app, lambda: station.notes.desk.value.note)
    until(app, lambda: app.parts.note.note)
    papers = app.parts.note.findChildren(Papers)[0]
    papers.front.pages.go_to("complaint")
    app.window.activateWindow()
    field = until(app, _in_sight)
    field.insertPlainText((_SENTENCE * (LENGTH // len(_SENTENCE) + 1))[:LENGTH])
    until(app, lambda: station.notes.desk.value.saved_at)
    return field


def _in_sight() -> Writing | None:
    focus = QApplication.focusWidget()
    return focus if isinstance(focus, Writing) else None


def _struck(app: App, field: Writing, painted: Painted) -> float:
    """Milliseconds from a key to the end of the painting that shows it."""
    began = _CLOCK.monotonic()
    QTest.keyClick(field, Qt.Key.Key_A)
    while painted.at < began:
        app.qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return (painted.at - began) * 1000


def _over(station: Workstation, call: str) -> bool:
    return _ringing(station) != call


def _ringing(station: Workstation) -> str:
    calls = station.calls.view.value.calls
    return next((one.id for one in calls if one.state is CallState.RINGING), "")
