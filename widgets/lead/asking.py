"""Asking for the full text of a record that a lead sees only the card of: why, and for how long."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.labels import Label
from widgets.base.segment import Option, Segment
from widgets.base.tag import LevelTag
from widgets.lead.view import AskView
from widgets.theme import px

_HOURS = (1, 4, 8, 24, 72, 168)
_USUAL = "1"
_LONGEST_REASON = 200


class Asking(QWidget):
    """A reason is required; ``ask_wanted(note, reason, hours)``. What becomes of it is shown below."""

    ask_wanted = Signal(str, str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: AskView | None = None
        self._heading = Label(size="title", strong=True, wrap=True)
        self._level = LevelTag()
        self._reason = LineEdit()
        self._reason.setPlaceholderText(t("access.ask_reason"))
        self._reason.setAccessibleName(t("access.ask_reason"))
        self._reason.setMaxLength(_LONGEST_REASON)
        self._reason.textChanged.connect(self._look)
        self._reason.returnPressed.connect(self._ask)
        self._hours: Segment | None = None
        self._longest = 0
        self._button = KeyButton(t("access.ask"), tone="accent")
        self._button.clicked.connect(self._ask)
        self._state = Label(wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        self._arrange()
        self.hide()

    def show_ask(self, view: AskView | None) -> None:
        """Show what may be asked for, or nothing; what was typed stays while it is the same record."""
        before, self._view = self._view, view
        self.setVisible(view is not None)
        if view is None:
            return
        if before is None or before.id != view.id:
            self._reason.clear()
        self._heading.setText(view.heading)
        self._level.show_level(view.level)
        self._offer(view.longest_hours)
        self._state.setText(view.state)
        self._state.show_tone(view.tone)
        self._state.setVisible(bool(view.state))
        self._look()

    def take_focus(self) -> None:
        """Put the keyboard where the reason is written."""
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        head = row(self._heading, self._level)
        head.setStretch(0, 1)
        head.setAlignment(self._level, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)
        self._column.addWidget(Label(t("access.ask_why"), tone="soft", wrap=True))
        self._column.addWidget(self._reason)
        self._column.addWidget(self._button)
        self._column.addWidget(self._state)
        self._column.addStretch(1)

    def _offer(self, longest: int) -> None:
        """Offer the spans of time that this operator may ask for."""
        if longest == self._longest:
            return
        self._longest = longest
        if self._hours is not None:
            self._hours.deleteLater()
        options = [Option(str(n), _span(n), tone="accent") for n in _HOURS if n <= longest]
        self._hours = Segment(options, t("access.ask_hours"), always=True)
        self._hours.show_choice(_USUAL)
        self._column.insertWidget(3, self._hours, 0, Qt.AlignmentFlag.AlignLeft)

    def _look(self) -> None:
        waits = self._view is not None and self._view.waits
        self._button.setEnabled(bool(self._reason.text().strip()) and not waits)

    def _ask(self) -> None:
        commit_composition(self._reason)
        reason = self._reason.text().strip()
        if self._view is not None and self._hours is not None and reason and self._button.isEnabled():
            self.ask_wanted.emit(self._view.id, reason, int(self._hours.choice or _USUAL))


def _span(hours: int) -> str:
    return t("access.days", n=hours // 24) if hours > 24 else t("access.hours", n=hours)
