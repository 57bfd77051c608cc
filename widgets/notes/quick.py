"""One key each: marks for the course of the call, and the way to the operator's own phrases."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import clear
from widgets.base.flow import Flow
from widgets.base.keys import bind, key_for
from widgets.base.labels import Label
from widgets.notes.phrases import PhrasePicker
from widgets.theme import px


class QuickBar(QWidget):
    """``marked(words)`` puts a line with the time into the course, wherever the focus is; it stays there.

    A phrase for which there is no caret becomes such a line too.
    """

    marked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.phrases = PhrasePicker(self)
        self.phrases.loose.connect(self.marked)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(4))
        whole.addLayout(self._column)
        bind(self, "phrase", self._ask)
        self._keys: list[QShortcut] = []
        self.show_marks((), "")

    def show_marks(self, marks: Sequence[str], note: str) -> None:
        """Offer these marks in the order of their keys; `note` says where their wording stands."""
        clear(self._column)
        for key in self._keys:
            key.deleteLater()
        self._keys = []
        parts: list[QWidget] = []
        if marks:
            head = Label(t("notes.marks"), size="small", tone="faint")
            head.setToolTip(note)
            parts.append(head)
        for number, words in enumerate(marks, 1):
            button = KeyButton(words, str(number), tone="link", name=t("notes.mark_name", words=words))
            button.set_compact()
            button.clicked.connect(lambda _=False, words=words: self.marked.emit(words))
            parts.append(button)
            key = QShortcut(QKeySequence(f"Ctrl+Alt+{number}"), self)
            key.setAutoRepeat(False)
            key.activated.connect(lambda words=words: self.marked.emit(words))
            self._keys.append(key)
        phrase = KeyButton(t("notes.phrase"), key_for("phrase"), tone="link")
        phrase.set_compact()
        phrase.clicked.connect(lambda: self.phrases.open_for(None))
        self._column.addWidget(Flow(*parts, phrase, gap=4))

    def _ask(self) -> None:
        self.phrases.open_for(QApplication.focusWidget())
