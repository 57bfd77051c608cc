"""The writing field of one line of the log."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from widgets.base.writing import Writing
from widgets.theme import px

_TALLEST = 6


class LineWriting(Writing):
    """One line of the log: as high as its text up to six lines; Enter asks for the next line."""

    next_wanted = Signal()
    back_wanted = Signal()
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
        """Take Enter as the end of the line, Shift+Enter as a break in it, arrows beyond it as a step.

        Esc wishes to be where the line was asked for.
        """
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.next_wanted.emit()
            return
        if key == Qt.Key.Key_Escape:
            self.back_wanted.emit()
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
