"""The card of the call that matters now: who calls, how long, and what can be done with it."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QWidget

from models.calls.call import CallState
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, CardHeader, row
from widgets.base.durations import clock_text, elapsed_seconds, short_text
from widgets.base.flow import Flow
from widgets.base.keys import key_for
from widgets.base.labels import ElidedLabel, Label
from widgets.base.reasons import UnmaskReasons
from widgets.base.tag import Tag
from widgets.calls.brief import Brief
from widgets.calls.handing import Handing
from widgets.calls.keypad import Keypad
from widgets.calls.parties import Parties
from widgets.calls.quality import LineQuality
from widgets.calls.ranking import Ranking
from widgets.calls.recording import Recording
from widgets.calls.view import CallView
from widgets.theme import px

_KEYS_SHOWN = 8


class CallCard(Card):
    """One call in full. The buttons only wish: what is shown changes when the line says so."""

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
    ladder_wanted = Signal()
    tape_wanted = Signal(str, bool)
    keys_wanted = Signal(str, str)
    unmask_wanted = Signal(str, str)
    join_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=4, parent=parent)
        self._call: CallView | None = None
        self._line_up = True
        self._header = CardHeader()
        self._number = ElidedLabel(size="figure", strong=True)
        self._unmask = KeyButton(t("access.unmask"), tone="link", name=t("access.unmask_name"))
        self._why = UnmaskReasons()
        self._place = Tag()
        self._earlier = Tag()
        self._ranking = Ranking()
        self._written = Tag(t("notes.written_now"), "accent")
        self._written.hide()
        self._timer = Label(size="figure", tone="accent", strong=True)
        self._held = Tag()
        self._muted = Tag(t("calls.muted"), "care")
        self._parties = Parties()
        self._brief = Brief()
        self._quality = LineQuality()
        self._pressed = Tag()
        self._came_back = Label(t("handing.came_back"), tone="care", strong=True, wrap=True)
        self._recording = Recording()
        self._handing = Handing()
        self._keypad = Keypad()
        self._silent = KeyButton(t("ladder.title"), key_for("ladder"), "link")
        self._answer = KeyButton(t("calls.answer"), key_for("answer"), "accent", big=True)
        self._join = KeyButton(t("calls.join"), tone="care")
        self._build_buttons()
        self._arrange()
        self._connect()

    @property
    def call(self) -> CallView | None:
        """The call that is shown."""
        return self._call

    def show_call(self, call: CallView) -> None:
        """Show a call in its present state."""
        talking = call.state in (CallState.TALKING, CallState.HELD)
        if self._call is None or self._call.id != call.id or not talking:
            self._keypad.put_away()
        self._call = call
        self.show_line(self._line_up)
        self.show_tone("accent" if call.state is CallState.RINGING else "plain")
        self._show_caller(call)
        self._answer.setVisible(call.state is CallState.RINGING)
        dialling = call.state is CallState.DIALLING
        self._buttons.setVisible(talking or dialling)
        self._join.setVisible(bool(call.joins))
        self._keypad.setVisible(talking and not call.by_hand)
        self._silent.setVisible(talking)
        self._recording.show_call(call)
        self._handing.show_call(call)
        self._show_told(call)
        for button in (self._hold, self._mute, self._three_way):
            button.setVisible(not call.by_hand and not dialling)
        self._hang_up.show_label(t("calls.end_by_hand" if call.by_hand else "calls.hang_up"))
        self._hold.show_label(t("calls.resume" if call.state is CallState.HELD else "calls.hold"))
        self._hold.show_tone("care" if call.state is CallState.HELD else "plain")
        self._mute.show_label(t("calls.unmute" if call.muted else "calls.mute"))
        self._mute.show_tone("care" if call.muted else "plain")
        self._held.setVisible(call.state is CallState.HELD)
        self._muted.setVisible(call.muted and talking)
        self._timer.show_tone("accent" if call.live else "soft")
        self._parties.show_parties(call.parties)
        self.setAccessibleName(t("calls.card_name", state=t(f"calls.state_{call.state}"), number=call.number))

    def show_written(self, on: bool) -> None:
        """Show whether the note in front is about this call, where there are several."""
        self._written.setVisible(on)

    def show_line(self, up: bool) -> None:
        """Let the buttons act only while there is a line to act on."""
        self._line_up = up
        by_hand = self._call is not None and self._call.by_hand
        for button in (self._answer, self._hold, self._mute, self._three_way):
            button.setEnabled(up)
        for piece in (self._recording, self._handing, self._keypad, self._parties):
            piece.show_line(up)
        self._hang_up.setEnabled(up or by_hand)

    def show_now(self, now: datetime) -> None:
        """Bring the timers up to a moment."""
        call = self._call
        if call is None:
            return
        self._header.show_texts(self._heading(call), self._waited(call, now))
        self._timer.setText(clock_text(self._timed(call, now)))
        if call.held_at is not None:
            self._held.show_text(
                t("calls.held_for", passed=short_text(elapsed_seconds(call.held_at, now))), "care"
            )
        self._parties.show_now(now)

    def act(self, wish: str) -> None:
        """Do what a key wishes, if it fits the state of the call."""
        if wish in ("leave", "transfer"):
            self._handing.act(wish)
            return
        button = {
            "answer": self._answer,
            "hold": self._hold,
            "mute": self._mute,
            "three_way": self._three_way,
            "hang_up": self._hang_up,
        }[wish]
        if button.isVisible() and button.isEnabled():
            button.click()

    def _show_caller(self, call: CallView) -> None:
        self._number.setText(
            call.number or t("calls.number_unknown" if call.by_hand else "calls.number_withheld")
        )
        asks = call.masked and bool(call.number)
        self._unmask.setVisible(asks)
        if not asks:
            self._why.hide()
        place = t(f"calls.place_{call.place}", city=call.city)
        self._place.show_text(place, "plain")
        self._place.setVisible(not call.by_hand)
        self._ranking.show_call(call)
        self._earlier.setVisible(call.earlier > 0)
        if call.earlier:
            key = "calls.earlier_level" if call.earlier_level else "calls.earlier"
            level = t(f"base.level_{call.earlier_level}") if call.earlier_level else ""
            tone = "care" if call.earlier_level in ("R3", "R4") else "plain"
            self._earlier.show_text(t(key, n=call.earlier + 1, code=call.earlier_level, level=level), tone)

    def _show_told(self, call: CallView) -> None:
        self._brief.show_call(call)
        self._quality.show_call(call)
        self._came_back.setVisible(call.came_back)
        keys = "  ".join(key for _, key in call.pressed[-_KEYS_SHOWN:])
        self._pressed.setVisible(call.talks and bool(keys))
        self._pressed.show_text(t("ladder.pressed", keys=keys), "accent")

    def _heading(self, call: CallView) -> str:
        if call.by_hand:
            return t("calls.by_hand")
        return t(f"calls.heading_{call.state}", dialled=call.dialled)

    def _waited(self, call: CallView, now: datetime) -> str:
        if call.state is CallState.RINGING or call.entered_at is None:
            return ""
        until = call.answered_at or call.ended_at or now
        return t("calls.waited", passed=short_text(elapsed_seconds(call.entered_at, until)))

    def _timed(self, call: CallView, now: datetime) -> int:
        since = call.answered_at or call.entered_at or now
        return elapsed_seconds(since, call.ended_at or now)

    def _build_buttons(self) -> None:
        self._hold = KeyButton(t("calls.hold"), key_for("hold"))
        self._mute = KeyButton(t("calls.mute"), key_for("mute"))
        self._three_way = KeyButton(t("calls.three_way"), key_for("three_way"))
        self._hang_up = KeyButton(t("calls.hang_up"), key_for("hang_up"))
        self._buttons = QWidget()
        grid = QGridLayout(self._buttons)
        grid.setContentsMargins(0, px(4), 0, 0)
        grid.setSpacing(px(6))
        grid.addWidget(self._hold, 0, 0)
        grid.addWidget(self._mute, 0, 1)
        grid.addWidget(self._three_way, 1, 0)
        grid.addWidget(self._hang_up, 1, 1)

    def _arrange(self) -> None:
        self.body.addWidget(self._header)
        number = row(self._number, self._unmask, gap=4)
        number.setStretch(0, 1)
        self.body.addLayout(number)
        self.body.addWidget(self._why)
        self.body.addWidget(Flow(self._written, self._ranking, self._place, self._earlier))
        timer = row(self._timer, self._held, self._muted, 1, gap=6)
        timer.setAlignment(self._held, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(timer)
        self.body.addWidget(Flow(self._quality, self._pressed))
        self.body.addWidget(self._came_back)
        self.body.addWidget(self._brief)
        self.body.addWidget(self._recording)
        self.body.addWidget(self._join)
        self.body.addWidget(self._parties)
        self.body.addWidget(self._buttons)
        self.body.addWidget(self._handing)
        self.body.addWidget(self._keypad)
        self.body.addLayout(row(self._silent, 1))
        self.body.addWidget(self._answer)

    def _connect(self) -> None:
        self._answer.clicked.connect(lambda: self._wish(self.answer_wanted))
        self._three_way.clicked.connect(lambda: self._wish(self.three_way_wanted))
        self._hang_up.clicked.connect(lambda: self._wish(self.hang_up_wanted))
        self._unmask.clicked.connect(self._why.open_or_close)
        self._why.given.connect(self._wish_unmask)
        self._join.clicked.connect(self._wish_join)
        self._hold.clicked.connect(self._wish_hold)
        self._mute.clicked.connect(self._wish_mute)
        self._handing.leave_wanted.connect(lambda: self._wish(self.leave_wanted))
        self._handing.come_back_wanted.connect(lambda: self._wish(self.come_back_wanted))
        self._handing.transfer_wanted.connect(lambda: self._wish(self.transfer_wanted))
        self._silent.clicked.connect(self.ladder_wanted)
        self._brief.first_note_wanted.connect(self.first_note_wanted)
        self._parties.drop_wanted.connect(self._wish_drop)
        self._recording.wanted.connect(self._wish_tape)
        self._keypad.pressed.connect(self._wish_keys)

    def _wish(self, signal: SignalInstance) -> None:
        if self._call is not None:
            signal.emit(self._call.id)

    def _wish_unmask(self, reason: str) -> None:
        if self._call is not None:
            self.unmask_wanted.emit(self._call.id, reason)

    def _wish_join(self) -> None:
        if self._call is not None:
            self.join_wanted.emit(self._call.joins)

    def _wish_hold(self) -> None:
        if self._call is not None:
            self.hold_wanted.emit(self._call.id, self._call.state is not CallState.HELD)

    def _wish_mute(self) -> None:
        if self._call is not None:
            self.mute_wanted.emit(self._call.id, not self._call.muted)

    def _wish_drop(self, party: str) -> None:
        if self._call is not None:
            self.drop_wanted.emit(self._call.id, party)

    def _wish_tape(self, on: bool) -> None:
        if self._call is not None:
            self.tape_wanted.emit(self._call.id, on)

    def _wish_keys(self, keys: str) -> None:
        if self._call is not None:
            self.keys_wanted.emit(self._call.id, keys)
