"""The list of calls that are owed, the call that is made for one, and the question what came of it."""

from datetime import timedelta

from PySide6.QtCore import QTimer

from console.calls.service import LineView
from console.followups.owing import Due
from console.presenters.answered import Answered
from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.presenters.window import Parts
from console.workstation import Workstation
from models.access.reasons import UnmaskReason
from models.calls.place import ENGAGED
from models.clock import Clock
from models.followups.callback import Attempt, Callback, Result
from models.followups.dates import is_safe
from models.followups.followup import ASSESSED, Followup
from models.followups.in_note import noted_result, result_in
from models.followups.known import Owed
from models.followups.together import Row, rows_of
from models.people.number import mask
from models.people.site import Site
from models.trace.entry import Act, Happening, as_code
from resources.texts import t
from widgets.followups.view import AttemptRow, DueDetail, DueRow, OutcomeRow, Wanted
from widgets.main_window import MainWindow

_EVERY_MS = 20_000
SOON = timedelta(hours=24)
"""Follow-ups that are due later than this are counted, not listed."""


class FollowupsPresenter:
    """Shows what is owed and passes on whom to call."""

    def __init__(self, bridge: Bridge, station: Workstation, parts: Parts, clock: Clock, site: Site) -> None:
        self._bridge = bridge
        self._station = station
        self._following = station.following
        self._window = parts.window
        self._screen = parts.risk
        self._clock = clock
        self._zone = site.zone
        self._due = Due()
        self._free = True
        self._me = station.identity.operator
        self._whole: frozenset[str] = frozenset()
        self._chosen = ""
        self._note = parts.note
        self._answered = Answered(bridge, station, parts)
        self._finished: dict[str, tuple[Result, str, str]] = {}
        self._listen(parts.window)
        parts.note.finish_wanted.connect(self._finish)
        self._timer = QTimer(parts.window)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._look_again)
        self._timer.start()
        bridge.show(self._following.owing.due, self._show)
        bridge.show(station.calls.view, self._show_calls)
        bridge.show(station.access.unmasked, self._show_whole)

    def _listen(self, window: MainWindow) -> None:
        window.due.dial_wanted.connect(self._dial)
        window.due.close_wanted.connect(self._close)
        window.due.ask_wanted.connect(self._ask)
        window.due.end_wanted.connect(self._end)
        window.due.allow_wanted.connect(self._allow)
        window.due.row_chosen.connect(self._show_detail)
        window.due.seen.connect(self._see)
        window.due.unmask_wanted.connect(self._unmask)
        window.call_back_wanted.connect(self._ask)
        window.result.chosen.connect(self._answer)
        window.result.stop_wanted.connect(self._stop)

    def close(self) -> None:
        """Show nothing any more: the next operator has a list of their own."""
        self._timer.stop()
        self._timer.deleteLater()
        self._window.result.show_wanted(None)
        self._window.due.show_rows((), can_dial=False)
        self._window.due.show_outcomes(())

    def show_now(self) -> None:
        """Time makes some of them overdue."""
        now = self._clock.now()
        near = [one for one in self._due.owed if isinstance(one, Callback) or one.due_at <= now + SOON]
        rows = tuple(map(self._row, rows_of(near)))
        free = self._free and self._due.tried is None
        self._window.due.show_rows(rows, free, len(self._due.owed) - len(near), self._me.leads)
        overdue = sum(one.overdue for one in rows)
        self._window.show_due(len(rows), overdue, len(self._due.told))

    def _look_again(self) -> None:
        self.show_now()
        # A permission of a lead runs out by time.
        self._bridge.wish(self._following.owing.publish)

    def _show(self, due: Due) -> None:
        self._due = due
        self.show_now()
        self._window.due.show_outcomes(tuple(self._outcome(one) for one in due.told))
        tried = due.tried
        known = self._known(tried.callback) if tried else None
        if tried is None or known is None or not tried.over:
            self._window.result.show_wanted(None)
            return
        day = known.series.days[known.step] if isinstance(known, Followup) else 0
        number = known.dial if isinstance(known, Followup) else known.number
        note = self._answered.of_call(tried.call)
        said = result_in(note.body.values) if note else None
        if tried.call in self._finished:
            # The note was handed in with its result: nobody is asked a second time.
            self._window.result.show_wanted(None)
            self._bridge.wish(self._following.followups.answer, *self._finished.pop(tried.call))
            return
        self._window.result.show_wanted(Wanted(mask(number), tried.how, day, said[0] if said else None))

    def _show_calls(self, view: LineView) -> None:
        self._free = not any(call.state in ENGAGED for call in view.calls)
        self.show_now()

    def _known(self, owed: str) -> Owed | None:
        return next((one for one in self._due.owed if one.id == owed), None)

    def _row(self, line: Row) -> DueRow:
        """One line: the call that is owed, with the later ones of its number that nobody answered."""
        owed, now = line[0], self._clock.now()
        taken = next((one.taken for one in line if one.taken and one.taken.on), None)
        # One call that was made for all of them is one attempt.
        tried = {attempt.call or attempt.op: attempt for one in line for attempt in one.attempts}
        last = max(tried.values(), key=lambda one: one.at, default=None)
        series = owed if isinstance(owed, Followup) else None
        callback = owed if isinstance(owed, Callback) else None
        plain = series.dial if series else owed.number
        number = plain if self._is_whole(line) else mask(plain)
        return DueRow(
            id=owed.id,
            number=number,
            why=callback.why if callback else None,
            due_at=local(owed.due_at),
            overdue=owed.is_overdue(now),
            expired=callback.is_expired(now) if callback else False,
            attempts=len(tried),
            last=last.result if last else None,
            how=last.how if last else "",
            taken_by=taken.name if taken else "",
            mine=taken is not None and taken.by == self._me.id,
            own=owed.author == self._me.id,
            level=series.level if series else "",
            day=series.series.days[series.step] if series else 0,
            place=series.step + 1 if series else 0,
            places=len(series.due) if series else 0,
            barred=owed.id in self._due.barred,
            masked=number != plain,
            others=tuple(one.id for one in line[1:]),
            latest=local(line[-1].made_at) if line[1:] else None,
        )

    def _is_whole(self, line: Row) -> bool:
        """Whether the number was asked for a moment ago."""
        return any(one.id in self._whole for one in line)

    def _show_whole(self, records: frozenset[str]) -> None:
        if records != self._whole:
            self._whole = records
            self.show_now()
            self._tell_detail()

    def _unmask(self, owed: str, reason: str) -> None:
        known = self._known(owed)
        if known is not None:
            self._bridge.wish(self._station.access.unmask_owed, known, UnmaskReason(reason))

    def _outcome(self, one: Followup) -> OutcomeRow:
        attempts = tuple(self._attempt(attempt) for attempt in one.unseen)
        return OutcomeRow(
            one.id, mask(one.dial), attempts, local(one.due_at) if one.is_open else None, one.closing
        )

    def _attempt(self, one: Attempt) -> AttemptRow:
        return AttemptRow(local(one.at), self._name(one), one.result, one.source)

    def _name(self, one: Attempt) -> str:
        return one.name or (self._me.name if one.by == self._me.id else one.by)

    def _show_detail(self, owed: str) -> None:
        self._chosen = owed
        if self._tell_detail():
            what = Happening(Act.READ, "followup", as_code(owed), where="due")
            self._bridge.wish(self._station.seeing.saw, what)

    def _tell_detail(self) -> bool:
        """Show what was agreed with the person of the chosen line; False where nothing was."""
        known = self._known(self._chosen)
        if not isinstance(known, Followup) or not self._window.due.isVisible():
            self._window.due.show_detail(None)
            return False
        agreed = known.agreed
        safe = is_safe(self._clock.now(), self._zone, agreed.windows)
        attempts = tuple(self._attempt(one) for one in known.attempts)
        number = agreed.number if self._is_whole((known,)) else mask(agreed.number)
        self._window.due.show_detail(DueDetail(known.id, agreed, safe, number, attempts))
        return True

    def _dial(self, owed: str) -> None:
        self._window.lay_due(False)
        station = self._station
        self._bridge.wish(lambda: station.spawn(station.following.followups.dial(owed)))

    def _close(self, callback: str) -> None:
        self._bridge.wish(self._following.followups.close, callback)

    def _end(self, followup: str, reason: str) -> None:
        self._bridge.wish(self._following.agreeing.end, followup, reason)

    def _allow(self, owed: str, reason: str) -> None:
        self._bridge.wish(self._following.agreeing.allow, owed, reason)

    def _see(self, followup: str) -> None:
        self._bridge.wish(self._following.agreeing.saw, followup)
        what = Happening(Act.READ, "followup", as_code(followup), where="outcomes")
        self._bridge.wish(self._station.seeing.saw, what)

    def _ask(self) -> None:
        self._bridge.wish(self._ask_for_current)

    def _ask_for_current(self) -> None:
        note = self._station.notes.desk.value.note
        current = self._station.calls.view.value.at_hand(note.call if note is not None else "")
        if current is not None:
            self._following.followups.ask_for(current)

    def _finish(self, _reason: str) -> None:
        """A note is handed in: where it says what came of the call, that is the answer."""
        tried = self._due.tried
        note = self._answered.of_call(tried.call) if tried else None
        said = result_in(note.body.values) if note and note.id == self._note.note else None
        if tried is not None and said is not None:
            self._finished[tried.call] = (said[0], "", said[1])
            self._show(self._due)

    def _answer(self, result: Result, how: str, source: str) -> None:
        tried = self._due.tried
        note = self._answered.of_call(tried.call) if tried else None
        if note is not None:
            self._answered.put(note.id, noted_result(result, source))
        self._bridge.wish(self._following.followups.answer, result, how, source)
        if result in ASSESSED:
            # The danger is assessed in the note of this call, which lies on the desk.
            self._screen.open_screen()

    def _stop(self) -> None:
        """They want no call any more: said in the very call, which declines the series too."""
        known = self._known(self._due.tried.callback) if self._due.tried else None
        if known is None:
            return

        def stop() -> None:
            tried = self._due.tried
            self._following.followups.answer(Result.DECLINED)
            keys = self._following.owing.keys_of(known)
            self._following.agreeing.stop(keys, tried.call if tried else "", t("followups.stop"))

        self._bridge.wish(stop)
