"""The foot of the note: whether it is saved, and finishing it, complete or with a reason."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.keys import key_for
from widgets.base.labels import ElidedLabel, Label
from widgets.notes.view import SaveState
from widgets.theme import px

_TONES = {SaveState.SAVED: "good", SaveState.WAITING: "soft", SaveState.FAILED: "care"}


class Finish(QWidget):
    """Finishing asks for a reason while something is missing; the reason is filled in, so Enter is enough."""

    finish_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._missing = 0
        self._saved = ElidedLabel(size="small", tone="soft")
        self._button = KeyButton(t("notes.finish"), key_for("finish_note"), tone="accent")
        self._button.clicked.connect(self.press)
        self._reason = LineEdit()
        self._reason.setAccessibleName(t("notes.reason"))
        self._reason.returnPressed.connect(self._finish_incomplete)
        self._why = Label(tone="care", wrap=True)
        self._ask = self._question()
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self._saved, 1)
        foot.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self._ask)
        column.addLayout(foot)
        self._ask.hide()

    def show_missing(self, count: int) -> None:
        """Show how many required fields are empty."""
        self._missing = count
        self._why.setText(t("notes.finish_incomplete", n=count))
        if not count:
            self._ask.hide()

    def show_finished(self, at: datetime | None) -> None:
        """Show that the note was finished at a moment, or, with None, that it is a draft."""
        self._ask.hide()
        self._button.setEnabled(at is None)
        label = t("notes.finish") if at is None else t("notes.finished", time=f"{at.astimezone():%H:%M}")
        self._button.show_label(label, key_for("finish_note") if at is None else "")

    def show_saved_state(self, state: SaveState, detail: str = "") -> None:
        """Show how far the words are saved; the detail is when, or why not."""
        clean = state is SaveState.CLEAN
        self._saved.setText("" if clean else t(f"notes.save_{state}", detail=detail).strip())
        self._saved.show_tone(_TONES.get(state, "soft"))

    def press(self) -> None:
        """Finish, or ask for the reason first where something is missing."""
        if not self._button.isEnabled():
            return
        if not self._missing:
            self.finish_wanted.emit("")
        elif self._ask.isHidden():
            self._ask.show()
            self._reason.setText(t("notes.reason_usual"))
            self._reason.selectAll()
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._finish_incomplete()

    def _finish_incomplete(self) -> None:
        commit_composition(self._reason)
        reason = self._reason.text().strip() or t("notes.reason_usual")
        self._ask.hide()
        self.finish_wanted.emit(reason)

    def _question(self) -> QWidget:
        ask = QWidget()
        take = KeyButton(t("notes.finish_anyway"), tone="care")
        take.clicked.connect(self._finish_incomplete)
        drop = KeyButton(t("notes.keep_writing"))
        drop.clicked.connect(ask.hide)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for part in (self._reason, take, drop):
            row.addWidget(part)
        column = QVBoxLayout(ask)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self._why)
        column.addLayout(row)
        return ask
