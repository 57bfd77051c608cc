"""The small cross that empties a line."""

from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QLineEdit

from widgets.theme import icon_path

_QT_NAME = "_q_qlineeditclearaction"


def show_clear(line: QLineEdit) -> None:
    """Let a line offer its cross, in the drawing of the console: Qt's own is black on a dark ground."""
    line.setClearButtonEnabled(True)
    action = line.findChild(QAction, _QT_NAME)
    if action is not None:
        action.setIcon(QIcon(icon_path("close")))
