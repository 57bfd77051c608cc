"""The question before the window closes during a call; it blocks nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.labels import Label
from widgets.theme import px


class CloseBar(QFrame):
    """A line at the top of the window with the two answers; staying is the easy one."""

    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "question")
        self._question = Label(strong=True, wrap=True)
        self._stay = KeyButton(t("window.stay"), "Esc", tone="accent")
        self._stay.clicked.connect(self.hide)
        leave = KeyButton(t("window.close_anyway"))
        leave.clicked.connect(self._leave)
        line = row(self._question, self._stay, leave)
        line.setStretch(0, 1)
        line.setContentsMargins(px(14), px(6), px(14), px(6))
        self.setLayout(line)
        self.setAccessibleName(t("window.close_question"))
        self.hide()

    def ask(self, question: str) -> None:
        """Ask, with the focus on staying."""
        self._question.setText(question)
        self.show()
        self._stay.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Stay on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.hide()
        self.confirmed.emit()
