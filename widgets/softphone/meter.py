"""How loud a device is, as a row of marks."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.texts import t
from widgets.theme import colour, px

_MARKS = 24
_LOUD = 0.9
"""From this part of the row on it is too loud."""


class LevelMeter(QWidget):
    """0 is silence, 100 as loud as the device can be; louder is more marks, not colour alone."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = 0
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def level(self) -> int:
        """What is shown."""
        return self._level

    def show_level(self, level: int) -> None:
        """Show how loud it is now."""
        if level != self._level:
            self._level = level
            self.setAccessibleDescription(t("softphone.level", n=level))
            self.update()

    def sizeHint(self) -> QSize:
        """Wide enough to see it move."""
        return QSize(px(160), px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the marks."""
        step = self.width() / _MARKS
        with QPainter(self) as painter:
            for mark in range(_MARKS):
                lit = self._level * _MARKS > mark * 100
                tone = "care" if mark >= _MARKS * _LOUD else "good"
                area = QRectF(mark * step, 0, step - px(2), self.height())
                painter.fillRect(area, colour(tone if lit else "line"))
