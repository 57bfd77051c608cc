"""The list of calls that are owed, the call that is made for one, and the question what came of it."""

from PySide6.QtCore import QTimer

from console.calls.service import LineView
from console.followups.service import Due
from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.presenters.window import Parts
from console.workstation import Workstation
from models.calls.place import ENGAGED
from models.clock import Clock
from models.followups.callback import Callback, Result
from models.people.number import mask
from widgets.followups.view import DueRow, Wanted

_EVERY_MS = 20_000


class FollowupsPresenter:
    """Shows what is owed and passes on whom to call."""

    def __init__(self, bridge: Bridge, station: Workstation, parts: Parts, clock: Clock) -> None:
        self._bridge = bridge
        self._station = station
        self._window = parts.window
        self._clock = clock
        self._due = Due()
        self._free = True
        window = parts.window
        window.due.dial_wanted.connect(self._dial)
        window.due.close_wanted.connect(self._close)
        window.due.ask_wanted.connect(self._ask)
        window.call_back_wanted.connect(self._ask)
        window.result.chosen.connect(self._answer)
        self._timer = QTimer(window)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.show_now)
        self._timer.start()
        bridge.show(station.followups.due, self._show)
        bridge.show(station.calls.view, self._show_calls)

    def close(self) -> None:
        """Show nothing any more: the next operator has a list of their own."""
        self._timer.stop()
        self._timer.deleteLater()
        self._window.result.show_wanted(None)
        self._window.due.show_rows((), can_dial=False)

    def show_now(self) -> None:
        """Time makes some of them overdue."""
        now = self._clock.now()
        rows = tuple(self._row(one) for one in self._due.owed)
        tried = self._due.tried
        self._window.due.show_rows(rows, can_dial=self._free and tried is None)
        overdue = sum(one.is_overdue(now) for one in self._due.owed)
        self._window.show_due(len(rows), overdue)

    def _show(self, due: Due) -> None:
        self._due = due
        self.show_now()
        tried = due.tried
        number = next((one.number for one in due.owed if tried and one.id == tried.callback), "")
        over = tried is not None and tried.over
        self._window.result.show_wanted(Wanted(mask(number), tried.how) if tried and over else None)

    def _show_calls(self, view: LineView) -> None:
        self._free = not any(call.state in ENGAGED for call in view.calls)
        self.show_now()

    def _row(self, owed: Callback) -> DueRow:
        now, taken = self._clock.now(), owed.taken
        last = owed.attempts[-1] if owed.attempts else None
        mine = taken is not None and taken.by == self._station.identity.operator.id
        return DueRow(
            id=owed.id,
            number=mask(owed.number),
            why=owed.why,
            due_at=local(owed.due_at),
            overdue=owed.is_overdue(now),
            expired=owed.is_expired(now),
            attempts=len(owed.attempts),
            last=last.result if last else None,
            how=last.how if last else "",
            taken_by=taken.name if taken and taken.on else "",
            mine=mine and taken is not None and taken.on,
        )

    def _dial(self, callback: str) -> None:
        self._window.lay_due(False)
        station = self._station
        self._bridge.wish(lambda: station.spawn(station.followups.dial(callback)))

    def _close(self, callback: str) -> None:
        self._bridge.wish(self._station.followups.close, callback)

    def _ask(self) -> None:
        self._bridge.wish(self._ask_for_current)

    def _ask_for_current(self) -> None:
        current = self._station.calls.view.value.current
        if current is not None:
            self._station.followups.ask_for(current)

    def _answer(self, result: Result, how: str) -> None:
        self._bridge.wish(self._station.followups.answer, result, how)
