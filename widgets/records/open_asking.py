"""The few words that an act on an open task needs: asked in its place, never in a window of their own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.composition import LineEdit, commit_composition

_LONGEST = 500


class Asking(QWidget):
    """A line with its button; ``given(what, words)`` tells them once, Esc puts it away."""

    given = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = ""
        self.field = LineEdit()
        self.field.setMaxLength(_LONGEST)
        self.field.returnPressed.connect(self._take)
        self.field.setAccessibleName(t("records.words"))
        self._done = KeyButton(t("records.record"), tone="accent")
        self._done.set_compact()
        self._done.clicked.connect(self._take)
        line = row(self.field, self._done)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()

    def ask(self, what: str, question: str, usual: str = "") -> None:
        """Ask for the words of an act; asked again it is put away."""
        if self._what == what and not self.isHidden():
            self.hide()
            return
        self._what = what
        self.field.setPlaceholderText(question)
        self.field.setAccessibleName(question)
        self.field.setText(usual)
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put it away on Esc, and nothing else with it."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        commit_composition(self.field)
        words = self.field.text().strip()
        if words:
            self.hide()
            self.given.emit(self._what, words)
