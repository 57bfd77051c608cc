"""A list of which one entry is chosen."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

from widgets.theme import px

_FEW = 8
"""So many characters of a choice are shown whatever the room."""


class ChoiceBox(QComboBox):
    """A list that the wheel changes only while it has the focus, so that scrolling a form changes nothing.

    As wide as a few characters, whatever its entries are: Qt's own way to that makes each popup beforehand.
    """

    def sizeHint(self) -> QSize:
        """Ask for the room of a few characters, between the frame and the arrow of the style."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        face = self.fontMetrics()
        words = QSize(_FEW * face.horizontalAdvance("X") + px(20), face.height())
        return self.style().sizeFromContents(QStyle.ContentsType.CT_ComboBox, option, words, self)

    def minimumSizeHint(self) -> QSize:
        """Need what it asks for."""
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form unless somebody is in this list."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
