"""The ladder for a caller who says nothing: marks with their time, the caller's keys, one free line."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, CardHeader, clear, row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.durations import elapsed_seconds, short_text
from widgets.base.labels import Label
from widgets.calls.view import CallView
from widgets.theme import px

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class StepView:
    """One step: what it says, and when it was marked."""

    id: str
    label: str
    at: datetime | None = None


class Ladder(Card):
    """Opened by its key while somebody is talked to; a digit marks its step, from no text field.

    ``marked(step id)``, ``said(words)``; what is marked shows once the note has it. ``note`` says where the
    words stand (say, unconfirmed).
    """

    marked = Signal(str)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=4, parent=parent)
        self._call: CallView | None = None
        self._steps: tuple[StepView, ...] = ()
        self._buttons: list[KeyButton] = []
        self._words: list[Label] = []
        self._header = CardHeader(t("ladder.title"))
        self._note = Label(size="small", tone="soft", wrap=True)
        self._column = QVBoxLayout()
        self._column.setSpacing(px(4))
        self._keys = Label(wrap=True, strong=True)
        self._line = LineEdit()
        self._line.setPlaceholderText(t("ladder.line"))
        self._line.setAccessibleName(t("ladder.line"))
        self._line.setMaxLength(_LONGEST)
        self._line.returnPressed.connect(self._say)
        self.body.addWidget(self._header)
        self.body.addWidget(self._keys)
        self.body.addLayout(self._column)
        self.body.addWidget(self._line)
        self.body.addWidget(self._note)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("ladder.title"))
        self.hide()

    def show_steps(self, steps: tuple[StepView, ...], note: str = "") -> None:
        """Show the steps and which of them are marked."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        if [one.id for one in steps] != [one.id for one in self._steps]:
            clear(self._column)
            self._buttons = [KeyButton(str(digit), name=one.label) for digit, one in enumerate(steps, 1)]
            self._words = [Label(one.label, wrap=True) for one in steps]
            for button, words, one in zip(self._buttons, self._words, steps, strict=True):
                button.clicked.connect(partial(self._mark, one.id))
                button.set_compact()
                line, inside = QWidget(), row(button, words, gap=8)
                inside.setStretch(1, 1)
                line.setLayout(inside)
                self._column.addWidget(line)
        self._steps = steps
        for button, words, one in zip(self._buttons, self._words, steps, strict=True):
            button.show_tone("soft" if one.at else "plain")
            words.show_tone("accent" if one.at else "plain")
            if one.at is None:
                words.setText(one.label)

    def show_call(self, call: CallView | None) -> None:
        """Show the keys of the call that is talked; another call, or none, puts the ladder away."""
        if call is None or self._call is None or call.id != self._call.id or not call.talks:
            self.hide()
            self._line.clear()
        self._call = call
        pressed = call.pressed if call else ()
        self._keys.setText(t("ladder.pressed", keys="  ".join(key for _, key in pressed)))
        self._keys.setVisible(bool(pressed))

    def toggle(self) -> None:
        """Open it while somebody is talked to, or put it away."""
        if self.isVisible():
            self.hide()
        elif self._call is not None and self._call.talks:
            self.show()
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_now(self, now: datetime) -> None:
        """Bring the times up to a moment: since the answer, and of each mark since the answer."""
        began = self._call.answered_at if self._call else None
        if began is None or self.isHidden():
            return
        passed = short_text(elapsed_seconds(began, now))
        self._header.show_texts(t("ladder.title"), t("ladder.since", passed=passed))
        for words, one in zip(self._words, self._steps, strict=True):
            if one.at is not None:
                at = short_text(elapsed_seconds(began, one.at))
                words.setText(t("ladder.marked_at", label=one.label, passed=at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark a step by its digit; Esc puts the ladder away."""
        digit = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif digit.isascii() and digit.isdigit() and 1 <= int(digit) <= len(self._steps):
            if not event.isAutoRepeat():
                self._mark(self._steps[int(digit) - 1].id)
        else:
            super().keyPressEvent(event)

    def _mark(self, step: str) -> None:
        if all(one.at is None for one in self._steps if one.id == step):
            self.marked.emit(step)

    def _say(self) -> None:
        commit_composition(self._line)
        words = self._line.text().strip()
        if words:
            self.said.emit(words)
            self._line.clear()
