"""Writing fields: plain text only, safe for input methods, fast with a hundred thousand characters."""

from PySide6.QtCore import QMimeData, QSignalBlocker, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from models.notes.limits import MOST_CHARACTERS, storable
from resources.texts import t
from widgets.base.composition import commit_composition

_BREAKS = ("\u2028", "\u2029", "\ufdd0", "\ufdd1")
"""How a document keeps the ends of its lines."""


class Writing(QPlainTextEdit):
    """A plain text that tells each change once; composed text counts from the moment it is committed."""

    written = Signal(str)
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.textChanged.connect(self._tell)

    def show_text(self, text: str) -> None:
        """Show a text without telling it."""
        with QSignalBlocker(self):
            self.setPlainText(text)
        # Line ends of another system become one here: that is no change by anybody.
        self._told = self.words

    def commit(self) -> None:
        """Take what is still being composed into the text."""
        commit_composition(self)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste the words only; what would be more than a note can hold is not taken, and said so."""
        words = storable(source.text())
        if self.document().characterCount() + len(words) > MOST_CHARACTERS:
            below = self.mapToGlobal(self.cursorRect().bottomLeft())
            QToolTip.showText(below, t("notes.paste_too_long", limit=MOST_CHARACTERS), self)
            return
        self.insertPlainText(words)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that writing paused here."""
        super().focusOutEvent(event)
        self.left.emit()

    @property
    def words(self) -> str:
        """The text as it was typed; Qt's own plain text would make a common blank of a no-break one."""
        text = str(self.document().toRawText())
        for end in _BREAKS:
            text = text.replace(end, "\n")
        return text

    def _tell(self) -> None:
        text = self.words
        if text != self._told:
            self._told = text
            self.written.emit(text)
