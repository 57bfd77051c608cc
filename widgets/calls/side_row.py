"""A call beside the one that matters now, in one line and a half."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.calls.call import CallState
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.durations import elapsed_seconds, short_text
from widgets.base.labels import ElidedLabel, Label
from widgets.base.pressed import PressedCard
from widgets.base.tag import Tag
from widgets.calls.view import CallView
from widgets.theme import px

_TONES = {CallState.RINGING: "accent", CallState.HELD: "care"}


class SideRow(PressedCard):
    """Press it to bring the call to the front; a ringing one can be answered at once."""

    chosen = Signal(str)
    answer_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pressed.connect(self._choose)
        self._call: CallView | None = None
        self.body.setContentsMargins(px(12), px(5), px(8), px(5))
        self.setMinimumHeight(px(36))
        self._number = ElidedLabel(strong=True)
        self._state = Tag()
        self._written = Tag(t("notes.written_now"), "accent")
        self._written.hide()
        self._time = Label(tone="soft")
        self._answer = KeyButton(t("calls.answer"), tone="soft")
        self._answer.set_compact()
        self._answer.clicked.connect(self._wish_answer)
        layout = row(self._number, self._written, self._state, self._time, self._answer, gap=6)
        layout.setStretch(0, 1)
        self.body.addLayout(layout)

    def show_call(self, call: CallView) -> None:
        """Show a call in its present state."""
        self._call = call
        self._number.setText(call.number or t("calls.number_withheld"))
        state = t(f"calls.state_{call.state}")
        self._state.show_text(state, _TONES.get(call.state, "plain"))
        self._answer.setVisible(call.state is CallState.RINGING)
        self._answer.setAccessibleName(t("calls.answer_named", number=self._number.text()))
        self.setAccessibleName(t("calls.card_name", state=state, number=self._number.text()))

    def show_written(self, on: bool) -> None:
        """Show whether the note in front is about this call."""
        self._written.setVisible(on)

    def show_line(self, up: bool) -> None:
        """Let it be answered only while there is a line."""
        self._answer.setEnabled(up)

    def show_now(self, now: datetime) -> None:
        """Bring the time up to a moment."""
        call = self._call
        if call is not None:
            since = call.held_at or call.answered_at or call.entered_at or now
            self._time.setText(short_text(elapsed_seconds(since, call.ended_at or now)))

    def _choose(self) -> None:
        if self._call is not None:
            self.chosen.emit(self._call.id)

    def _wish_answer(self) -> None:
        if self._call is not None:
            self.answer_wanted.emit(self._call.id)
