"""The live call panel: the left column of the desk."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.calls.at_hand import in_front
from models.calls.call import CallState
from models.shifts.duty import DutyState
from widgets.base.card import scrolling
from widgets.base.keys import bind
from widgets.calls.by_hand import ByHand
from widgets.calls.card import CallCard
from widgets.calls.duty_card import DutyCard
from widgets.calls.greeting import Greeting
from widgets.calls.ladder import Ladder
from widgets.calls.seat_card import SeatCard
from widgets.calls.side_row import SideRow
from widgets.calls.supervised import Supervised
from widgets.calls.view import CallView, DutyView, GreetingView, QueueView
from widgets.theme import px

_TALKS = (CallState.TALKING, CallState.HELD)


class CallPanel(QWidget):
    """All calls of this seat, the own state between them, and what to do without a line.

    ``answer_wanted`` names the call, "" for whichever rings by now.
    """

    answer_wanted = Signal(str)
    hold_wanted = Signal(str, bool)
    mute_wanted = Signal(str, bool)
    three_way_wanted = Signal(str)
    hang_up_wanted = Signal(str)
    leave_wanted = Signal(str)
    come_back_wanted = Signal(str)
    transfer_wanted = Signal(str)
    drop_wanted = Signal(str, str)
    first_note_wanted = Signal(str)
    tape_wanted = Signal(str, bool)
    keys_wanted = Signal(str, str)
    unmask_wanted = Signal(str, str)
    join_wanted = Signal(str)
    call_chosen = Signal(str)
    state_wanted = Signal(DutyState, object)
    open_by_hand_wanted = Signal(str)
    seat_wanted = Signal()
    front_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calls: tuple[CallView, ...] = ()
        self._rows: dict[str, SideRow] = {}
        self._spare: list[SideRow] = []
        self._now: datetime | None = None
        self._line_up = True
        self._written = ""
        self._gone_since: datetime | None = None
        self._elsewhere = False
        self._card = CallCard()
        self._card.hide()
        self.supervised = Supervised()
        self._greeting = Greeting()
        self.ladder = Ladder()
        self._duty = DutyCard()
        self._by_hand = ByHand()
        self._seat = SeatCard()
        self._arrange()
        self._connect()

    def show_board(self, calls: tuple[CallView, ...], front: str = "") -> None:
        """Show these calls; ``front`` names the one in full, by default the one that matters most."""
        self._calls = calls
        by_id = {call.id: call for call in calls}
        chosen = by_id.get(front) or in_front(calls, self._written)
        self._card.setVisible(chosen is not None)
        self.ladder.show_call(chosen)
        if chosen is not None:
            self._show_front(chosen)
        self._show_side(tuple(call for call in calls if call is not chosen))
        self.front_changed.emit(chosen.id if chosen else "")
        self.show_written(self._written)
        self._show_gone()
        if self._now is not None:
            self.show_now(self._now)

    def paint_now(self) -> None:
        """Paint what changed at once, before all else that waits, and nothing that did not change."""
        QCoreApplication.sendPostedEvents(self.window(), QEvent.Type.UpdateRequest)

    def show_written(self, call: str) -> None:
        """Show which call the note in front is about, "" where that needs no saying."""
        moved, self._written = self._written != call, call
        over = {one.id for one in self._calls if one.state is CallState.ENDED}
        front = self._card.call
        if moved and front is not None and {front.id, call} <= over and front.id != call:
            # Whose card stands there is taken for whom the note is about.
            self.show_board(self._calls, call)
            return
        self._card.show_written(front is not None and bool(call) and front.id == call)
        for each, side in self._rows.items():
            side.show_written(each == call)

    def add_below_card(self, piece: QWidget) -> None:
        """Put a piece under the card of the call in front."""
        self._below.addWidget(piece)

    def show_duty(self, duty: DutyView) -> None:
        """Show the operator's state as the line knows it."""
        self._duty.show_duty(duty)
        self._refresh()

    def show_queue(self, queue: QueueView) -> None:
        """Show who waits."""
        self._duty.show_queue(queue)
        self._refresh()

    def show_line(self, gone_since: datetime | None) -> None:
        """Show since when the line is gone and the way without it; None while it is there."""
        self._line_up = gone_since is None
        self._gone_since = gone_since
        self._show_gone()
        self._card.show_line(self._line_up)
        self._duty.show_line(self._line_up)
        for side in self._rows.values():
            side.show_line(self._line_up)

    def show_standing(self, standing: str) -> None:
        """Show why another console has the seat; "" while it is here."""
        self._elsewhere = bool(standing)
        self._seat.show_standing(standing)
        self._show_gone()

    def show_greeting(self, greeting: GreetingView | None) -> None:
        """Set the site's words; they come into sight when a call is answered."""
        self._greeting.show_greeting(greeting)

    def toggle_greeting(self) -> None:
        """Show the words, or put them away."""
        self._greeting.open_or_close()

    def show_now(self, now: datetime) -> None:
        """Bring every running time up to a moment."""
        self._now = now
        self._refresh()

    def _show_gone(self) -> None:
        """Without the seat nothing rings here, and nobody knows what the operator's state is."""
        talks = any(call.state in _TALKS and not call.by_hand for call in self._calls)
        self._by_hand.show_line(None if self._elsewhere else self._gone_since, talks)
        self._duty.setVisible(not self._elsewhere and not any(call.live for call in self._calls))

    def _refresh(self) -> None:
        if self._now is None:
            return
        self._card.show_now(self._now)
        self.ladder.show_now(self._now)
        self._duty.show_now(self._now)
        for side in self._rows.values():
            side.show_now(self._now)

    def _show_front(self, call: CallView) -> None:
        before = self._card.call
        self._card.show_call(call)
        was_ringing = before is not None and before.id == call.id and before.state is CallState.RINGING
        if was_ringing and call.state is CallState.TALKING:
            self._greeting.open_greeting()
        elif not call.live:
            self._greeting.hide()

    def _show_side(self, calls: tuple[CallView, ...]) -> None:
        wanted = {call.id for call in calls}
        for gone in [each for each in self._rows if each not in wanted]:
            side = self._rows.pop(gone)
            side.hide()
            self._side.removeWidget(side)
            self._spare.append(side)
        for call in calls:
            known = self._rows.get(call.id)
            side = known or self._new_row(call.id)
            side.show_call(call)
            if known is None:
                # At once, in its place: a ring is painted with the board that it comes on.
                side.show()

    def _new_row(self, call_id: str) -> SideRow:
        """A row at the end: one whose call is gone, where there is one; to make and dress one takes long."""
        side = self._spare.pop() if self._spare else self._make_row()
        side.show_line(self._line_up)
        self._rows[call_id] = side
        self._side.addWidget(side)
        return side

    def _make_row(self) -> SideRow:
        side = SideRow(self._content)
        side.hide()
        side.chosen.connect(self._choose)
        side.answer_wanted.connect(self.answer_wanted)
        return side

    def _choose(self, call_id: str) -> None:
        self.show_board(self._calls, call_id)
        self.call_chosen.emit(call_id)

    def _arrange(self) -> None:
        content = self._content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self._side = QVBoxLayout()
        self._side.setSpacing(px(6))
        column.addWidget(self._seat)
        column.addWidget(self._by_hand)
        column.addWidget(self._card)
        self._below = QVBoxLayout()
        self._below.setSpacing(px(8))
        column.addLayout(self._below)
        column.addWidget(self.supervised)
        column.addWidget(self.ladder)
        column.addWidget(self._greeting)
        column.addWidget(self._duty)
        column.addLayout(self._side)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(content))

    def _connect(self) -> None:
        card = self._card
        card.answer_wanted.connect(self.answer_wanted)
        card.hold_wanted.connect(self.hold_wanted)
        card.mute_wanted.connect(self.mute_wanted)
        card.three_way_wanted.connect(self.three_way_wanted)
        card.hang_up_wanted.connect(self.hang_up_wanted)
        card.leave_wanted.connect(self.leave_wanted)
        card.come_back_wanted.connect(self.come_back_wanted)
        card.transfer_wanted.connect(self.transfer_wanted)
        card.drop_wanted.connect(self.drop_wanted)
        card.first_note_wanted.connect(self.first_note_wanted)
        card.ladder_wanted.connect(self.ladder.toggle)
        card.tape_wanted.connect(self.tape_wanted)
        card.keys_wanted.connect(self.keys_wanted)
        card.unmask_wanted.connect(self.unmask_wanted)
        card.join_wanted.connect(self.join_wanted)
        self._duty.state_wanted.connect(self.state_wanted)
        self._seat.ask_wanted.connect(self.seat_wanted)
        self._by_hand.open_wanted.connect(self.open_by_hand_wanted)
        for wish in ("answer", "hold", "mute", "three_way", "leave", "transfer", "hang_up"):
            bind(self, wish, partial(self._act, wish))
        bind(self, "greeting", self.toggle_greeting)
        bind(self, "ladder", self.ladder.toggle)
        bind(self, "help", self.supervised.act)

    def _act(self, wish: str) -> None:
        """Let a key act on the front call."""
        if wish == "answer":
            self._answer()
        else:
            self._card.act(wish)

    def _answer(self) -> None:
        """Answer the ring that is seen; the telephone on the desk may be heard before it is."""
        ringing = [call.id for call in self._calls if call.state is CallState.RINGING]
        front = self._card.call
        if self._line_up:
            seen = front.id if front is not None and front.id in ringing else "".join(ringing[:1])
            self.answer_wanted.emit(seen)
