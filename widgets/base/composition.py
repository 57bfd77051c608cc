"""Text that is still being composed in an input method, and how it becomes text before a field is left."""

from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


class LineEdit(QLineEdit):
    """A line that knows what is being composed in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed."""
        self.composing = event.preeditString()
        super().inputMethodEvent(event)


def composing_text(field: QWidget) -> str:
    """Return what is being composed in a field, empty where nothing is."""
    if isinstance(field, LineEdit):
        return field.composing
    if isinstance(field, QPlainTextEdit):
        return str(field.textCursor().block().layout().preeditAreaText())
    return ""


def commit_composition(field: QWidget) -> None:
    """Make what is being composed part of the field's text.

    The input method is asked first; some answer only after the window is gone or not at all, so what it
    left is entered as it stands: half a word kept is better than half a word lost.
    """
    method = QGuiApplication.inputMethod()
    if field.hasFocus():
        method.commit()
    left = composing_text(field)
    if left:
        enter_text(field, left)
        if field.hasFocus():
            method.reset()


def enter_text(field: QWidget, text: str) -> None:
    """Put a text where the caret is, as an input method does: it is told like typing and can be undone."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QGuiApplication.sendEvent(field, event)
