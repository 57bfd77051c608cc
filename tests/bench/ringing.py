"""From the event of the exchange to the painted card, with five calls on the board."""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QEvent, QObject, QTimer

from console.app import App
from console.workstation import Workstation
from models.calls.call import Call, CallState
from models.clock import SystemClock
from models.shifts.duty import DutyState
from tests.bench.desk import console, until
from tests.bench.figures import percentile
from tests.bench.stand import SEAT, stand
from widgets.calls.card import CallCard
from widgets.calls.panel import CallPanel

ROUNDS = 100
KEPT = 4
_READY = (DutyState.READY, None)


class Painted(QObject):
    """Notes when the card of a ringing call was painted for the first time."""

    def __init__(self, panel: CallPanel, card: CallCard) -> None:
        super().__init__(card)
        self._card = card
        self._clock = SystemClock()
        self._seen = ""
        self._paint = panel.paint_now
        self.at: dict[str, float] = {}
        card.installEventFilter(self)
        # The card is painted with all that is in it when this comes back; a timer would come back after
        # whatever else stood in the queue.
        patch.object(panel, "paint_now", self._paint_now).start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the card painted; by whichever way, it is over when the window is idle again."""
        call = self._card.call
        if event.type() == QEvent.Type.Paint and call and call.state is CallState.RINGING:
            self._seen = call.id
            QTimer.singleShot(0, partial(self._note, call.id))
        return False

    def _paint_now(self) -> None:
        self._seen = ""
        self._paint()
        if self._seen:
            self._note(self._seen)

    def _note(self, call: str) -> None:
        self.at.setdefault(call, self._clock.now().timestamp())


def measure() -> Iterator[tuple[str, float, str]]:
    """p50 and p99 in milliseconds."""
    with (
        tempfile.TemporaryDirectory() as folder,
        stand(Path(folder)) as here,
        console(here) as (app, station),
    ):
        card = app.parts.calls.findChild(CallCard)
        if card is None:
            raise RuntimeError("there is no call card")
        painted, taken = Painted(app.parts.calls, card), list[float]()
        for place in range(ROUNDS + KEPT):
            here.order("ring")
            call = until(app, lambda: _in_state(station, CallState.RINGING))
            at = until(app, partial(painted.at.get, call.id))
            rang = call.offers[SEAT].rang_at
            if place >= KEPT and rang:
                taken.append((at - rang.timestamp()) * 1000)
            _answer_and_end(app, station, call, partial(here.order, "end", call.id))
            _finish(app, station, call.id)
    yield "ring_to_paint_ms_p50", percentile(taken, 50), "ms"
    yield "ring_to_paint_ms_p99", percentile(taken, 99), "ms"


def _answer_and_end(app: App, station: Workstation, call: Call, end: Callable[[], None]) -> None:
    app.parts.calls.answer_wanted.emit(call.id)
    until(app, lambda: _in_state(station, CallState.TALKING))
    end()
    until(app, lambda: not _in_state(station, CallState.TALKING))
    ended = [one for one in station.calls.view.value.calls if one.state is CallState.ENDED]
    for one in ended[:-KEPT]:
        app.bridge.wish(station.calls.leave, one.id)
    app.parts.calls.state_wanted.emit(*_READY)
    until(app, lambda: len(station.calls.view.value.calls) <= KEPT)


def _finish(app: App, station: Workstation, call: str) -> None:
    """Hand the note in, as an operator does before the next call: nobody's desk holds a hundred open ones."""
    until(app, lambda: (note := station.notes.desk.value.note) and note.call == call)
    app.parts.note.finish_wanted.emit("练习")
    until(app, lambda: not station.notes.of_call(call))


def _in_state(station: Workstation, state: CallState) -> Call | None:
    return next((one for one in station.calls.view.value.calls if one.state is state), None)
