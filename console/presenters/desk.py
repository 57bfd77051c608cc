"""The operator's desk: calls, note and risk between their panels and their services."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from console.calls.handing import HandingView
from console.calls.service import LineView
from console.line.port import Done
from console.notes.service import Desk
from console.presenters.answering import answer
from console.presenters.assessing import Assessing
from console.presenters.attention import Attention
from console.presenters.bridge import Bridge
from console.presenters.calls import call_views, queue_view
from console.presenters.form import FormPresenter
from console.presenters.rings import RingNotice
from console.presenters.times import local, local_or_none
from console.presenters.wakefulness import Wakefulness
from console.runtime.reach import Reach
from console.shifts.service import DutyView
from console.workstation import Workstation
from models.access.reasons import UnmaskReason
from models.calls.call import CallState
from models.calls.events import Origin
from models.clock import Clock
from models.ids import new_id
from models.notes.note import LogLine, Note
from models.shifts.duty import BreakReason, DutyState
from resources.hotline import Hotline
from resources.texts import t
from widgets.calls.panel import CallPanel
from widgets.calls.view import DutyView as DutyCardView
from widgets.calls.view import GreetingView
from widgets.notes.panel import NotePanel
from widgets.notes.view import SaveState
from widgets.risk.panel import RiskPanel

_TALKS = (CallState.TALKING, CallState.HELD)


class DeskPresenter:
    """Shows what the services publish; passes wishes on. A button never changes the state, the line does."""

    def __init__(
        self,
        bridge: Bridge,
        station: Workstation,
        panels: tuple[CallPanel, NotePanel, RiskPanel],
        hotline: Hotline,
        attention: Attention,
        clock: Clock,
    ) -> None:
        self._bridge = bridge
        self._clock = clock
        self._station = station
        self._calls, self._note, self._risk = panels
        self._site = hotline.site
        self._form = FormPresenter(self._note, hotline)
        self.assessing = Assessing(bridge, station, self._risk, hotline.instruments, clock)
        self._shown: Note | None = None
        self._view = LineView()
        self._told = HandingView()
        self._unmasked: frozenset[str] = frozenset()
        self._awake = Wakefulness(t("window.call_running"), attention)
        self._rings = RingNotice(self._calls, self._calls.paint_now, attention.ring, attention.quiet)

    def start(self) -> None:
        """Connect panels and services."""
        note = "" if self._site.greeting_confirmed else t("calls.greeting_unconfirmed")
        self._calls.show_greeting(GreetingView(self._site.greeting, note))
        self._note.screen_wanted.connect(self._risk.ask_screen)
        self._listen()
        self._speak()

    @property
    def busy(self) -> bool:
        """True while somebody is at the other end, whether that is in sight already or not."""
        over = (CallState.ENDED, CallState.RELEASED)
        return any(call.state not in over for call in self._station.calls.view.value.calls)

    def close(self) -> None:
        """The window goes: let the machine sleep again."""
        self._awake.close()
        self._rings.stop()

    def commit(self) -> None:
        """Take over half-composed words and let all be saved."""
        self._note.commit()
        self._risk.settle()
        self._bridge.wish(self._station.notes.leave)

    def _listen(self) -> None:
        station, show = self._station, self._bridge.show
        show(station.calls.view, self._show_calls, urgent=True)
        show(station.shifts.view, self._show_duty)
        show(station.reach, self._show_line)
        show(station.notes.desk, self._show_desk)
        self.assessing.start(self._form.show_assessment)
        show(station.access.unmasked, self._show_unmasked)
        show(station.handing.view, self._show_told)

    def _speak(self) -> None:
        line, calls, notes = self._station.line, self._calls, self._station.notes
        calls.answer_wanted.connect(partial(answer, self._bridge, self._station))
        calls.hang_up_wanted.connect(self._hang_up)
        calls.hold_wanted.connect(lambda call, on: self._command(line.hold if on else line.resume, call))
        calls.mute_wanted.connect(lambda call, on: self._command(line.mute, call, on))
        calls.leave_wanted.connect(lambda call: self._command(line.handing.leave, call))
        calls.come_back_wanted.connect(lambda call: self._command(line.handing.come_back, call))
        calls.tape_wanted.connect(lambda call, on: self._command(line.tape, call, on))
        calls.keys_wanted.connect(lambda call, keys: self._command(line.press, call, keys))
        calls.state_wanted.connect(self._set_duty)
        calls.unmask_wanted.connect(self._unmask)
        calls.call_chosen.connect(partial(self._wish, self._station.take_up))
        calls.join_wanted.connect(partial(self._wish, self._station.calls.join_by_hand))
        calls.open_by_hand_wanted.connect(partial(self._wish, self._station.calls.open_by_hand))
        self._note.edited.connect(partial(self._wish_for_note, notes.edit))
        self._note.log_edited.connect(partial(self._wish_for_note, notes.edit_log))
        self._note.log_line_wanted.connect(self._add_log_line)
        self._note.category_chosen.connect(self._choose_category)
        self._note.finish_wanted.connect(partial(self._wish_for_note, self._station.finish_note))
        self._note.focus_left.connect(partial(self._wish, notes.leave))

    def _wish(self, act: Callable[..., object], *arguments: object) -> None:
        self._bridge.wish(act, *arguments)

    def _wish_for_note(self, act: Callable[..., object], *arguments: object) -> None:
        """A wish about the note in sight, whichever comes to the front before it is heard."""
        self._bridge.wish(act, *arguments, self._note.note)

    def _choose_category(self, code: str) -> None:
        """The form at once; the service's word that it knows comes behind all that the note was before."""
        choice = self._form.choose(code)
        self._wish_for_note(self._station.notes.choose_category, code)
        self._bridge.wish(self._bridge.post, partial(self._form.heard, choice))

    def _command(self, order: Callable[..., Coroutine[Any, Any, Done]], *arguments: object) -> None:
        station = self._station
        self._bridge.wish(lambda: station.spawn(station.command(order(*arguments))))

    def _set_duty(self, state: DutyState, reason: BreakReason | None) -> None:
        station = self._station
        self._bridge.wish(lambda: station.spawn(station.set_duty(state, reason)))

    def _hang_up(self, call: str) -> None:
        self.commit()
        known = next((one for one in self._view.calls if one.id == call), None)
        if known and known.origin is Origin.MANUAL:
            self._wish(self._station.calls.close_by_hand, call)
        else:
            self._command(self._station.line.hang_up, call)

    def _add_log_line(self) -> None:
        """At once: the words that follow the key belong into the new line."""
        line = LogLine(new_id(), self._clock.now(), "")
        self._wish_for_note(self._station.notes.put_log_line, line)
        self._note.show_log_line(line.id, local(line.at))

    def _show_calls(self, view: LineView) -> None:
        if view is not self._station.calls.view.value:
            # A newer one is on its way here: of a burst only what it comes to is shown, and that sooner.
            return
        before, self._view = self._view, view
        # A caller who only waits changes no card: the ring that follows at once finds the window idle.
        if (view.calls, view.callers) != (before.calls, before.callers):
            self._show_board()
        self._calls.show_queue(queue_view(view.queue))
        self._rings.look(view)
        self._awake.keep(any(call.state in _TALKS for call in view.calls))

    def _show_board(self) -> None:
        seat = self._station.identity.seat
        self._calls.show_board(call_views(self._view, self._site, self._unmasked, self._told, seat))

    def _show_told(self, told: HandingView) -> None:
        before, self._told = self._told, told
        if told.briefs != before.briefs:
            self._show_board()

    def _show_unmasked(self, calls: frozenset[str]) -> None:
        self._unmasked = calls
        self._show_board()

    def _unmask(self, call: str, reason: str) -> None:
        known = next((one for one in self._view.calls if one.id == call), None)
        if known is not None:
            self._wish(self._station.access.unmask, known, None, (), UnmaskReason(reason))

    def _show_duty(self, view: DutyView) -> None:
        if view.mine:
            mine = view.mine
            more = (local_or_none(mine.until), mine.lengthened, mine.unanswered)
            self._calls.show_duty(DutyCardView(mine.state, local(mine.since), mine.reason, *more))

    def _show_line(self, reach: Reach) -> None:
        self._calls.show_line(local_or_none(reach.since) if reach.up is False else None)

    def _show_desk(self, desk: Desk) -> None:
        if desk is not self._station.notes.desk.value:
            return
        before, self._shown = self._shown, desk.note
        if desk.note is None:
            if before is not None:
                self._form.forget()
                self._note.clear()
            return
        if not self._station.access.editable(desk.note).allowed:
            return
        self._form.show_note(desk.note)
        if desk.saved_at is not None:
            self._note.show_saved_state(SaveState.SAVED, f"{local(desk.saved_at):%H:%M:%S}")
        else:
            self._note.show_saved_state(SaveState.WAITING)
