"""A piece of the window that is to be seen and not touched, in its own colours: grey would say less."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.base.buttons import KeyButton
from widgets.theme import restyle


class ReadOnly(QWidget):
    """Holds one piece; no mouse, no key and no focus reaches it."""

    def __init__(self, piece: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._piece = piece
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(piece)
        self.close_off()

    def close_off(self) -> None:
        """Also what the piece has made of itself since."""
        self._piece.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for part in (self._piece, *self._piece.findChildren(QWidget)):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for button in self._piece.findChildren(KeyButton):
            # What they say stays; nothing about them says that they could be pressed.
            restyle(button, tone="status")
        for shortcut in self._piece.findChildren(QShortcut):
            shortcut.setEnabled(False)
