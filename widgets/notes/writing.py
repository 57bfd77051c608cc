"""Writing fields: plain text only, safe for input methods, fast with a hundred thousand characters."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QToolTip, QWidget

from models.notes.limits import MOST_CHARACTERS, storable
from resources.texts import t
from widgets.base.composition import commit_composition
from widgets.theme import px

_TALLEST = 6


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
        self._told = text
        self.setPlainText(text)

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

    def _tell(self) -> None:
        text = self.toPlainText()
        if text != self._told:
            self._told = text
            self.written.emit(text)


class LineWriting(Writing):
    """One line of the log: as high as its text up to six lines; Enter asks for the next line."""

    next_wanted = Signal()
    stepped = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(px(2))
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter as the end of the line, Shift+Enter as a break in it, arrows beyond it as a step."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.next_wanted.emit()
            return
        before = self.textCursor().position()
        super().keyPressEvent(event)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.textCursor().position() == before:
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew and fit the height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = round(self.document().size().height())
        shown = min(_TALLEST, max(1, lines))
        height = self.fontMetrics().lineSpacing() * shown + px(8)
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if lines > _TALLEST
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        if height != self.height():
            self.setFixedHeight(height)
