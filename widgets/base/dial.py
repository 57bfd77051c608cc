"""A value from 0 to 100 on a bar, before and now."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from resources.texts import t
from widgets.base.labels import ElidedLabel, Label
from widgets.theme import colour, px

LOWEST, HIGHEST = 0, 100
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
}


class DialBar(QWidget):
    """The bar alone: click or drag, arrows for 1, page keys for 10, or type the number."""

    rated = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: int | None = None
        self._value: int | None = None
        self._typed = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)

    def show_values(self, before: int | None, now: int | None) -> None:
        """Show the first and the latest rating; None where it was not asked."""
        self._before, self._value = before, now
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a bar of 140 by 24 px."""
        return QSize(px(140), px(24))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Rate where it was clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._rate(self._at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Rate along while dragging."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._rate(self._at(event.position().x()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start a new number with the next digit."""
        self._typed = ""
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rate by arrows, page keys, Home, End and digits."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._typed = ""
            self._rate((self._value or 0) + _STEPS[key])
        elif key == Qt.Key.Key_Home:
            self._rate(LOWEST)
        elif key == Qt.Key.Key_End:
            self._rate(HIGHEST)
        elif event.text().isascii() and event.text().isdigit():
            self._type(event.text())
        else:
            super().keyPressEvent(event)

    def _type(self, digit: str) -> None:
        typed = self._typed + digit
        self._typed = typed if int(typed) <= HIGHEST and not self._typed.startswith("0") else digit
        self._rate(int(self._typed))

    def _rate(self, value: int) -> None:
        value = min(HIGHEST, max(LOWEST, value))
        if value != self._value:
            self._value = value
            self.update()
            self.rated.emit(value)

    def _at(self, x: float) -> int:
        return round((x - px(4)) / max(1, self.width() - px(8)) * HIGHEST)

    def _x(self, value: int) -> float:
        return px(4) + value / HIGHEST * (self.width() - px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track, a grey mark for before and an accent one for now."""
        middle = self.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("track"))
            painter.drawRoundedRect(QRectF(0, middle - px(4), self.width(), px(8)), px(4), px(4))
            if self._before is not None:
                painter.setBrush(colour("text_faint"))
                painter.drawRect(QRectF(self._x(self._before) - px(1.5), middle - px(7), px(3), px(14)))
            if self._value is not None:
                painter.setBrush(colour("accent"))
                box = QRectF(self._x(self._value) - px(2.5), middle - px(8), px(5), px(16))
                painter.drawRoundedRect(box, px(2), px(2))
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colour("accent"), px(2)))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(4), px(4))


class Dial(QWidget):
    """A named rating: what is rated, the bar, and both numbers."""

    rated = Signal(int)

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: int | None = None
        self.bar = DialBar(label)
        self.bar.rated.connect(self._bar_rated)
        self._numbers = Label(t("base.not_rated"), tone="faint")
        self._numbers.setMinimumWidth(px(62))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(8))
        name = ElidedLabel(label)
        name.setFixedWidth(px(72))
        grid.addWidget(name, 0, 0)
        grid.addWidget(self.bar, 0, 1)
        grid.addWidget(self._numbers, 0, 2)
        grid.setColumnStretch(1, 1)

    def show_values(self, before: int | None, now: int | None) -> None:
        """Show the rating at the start of the call and the latest; None where it was not asked."""
        self._before = before
        self.bar.show_values(before, now)
        self._write(now)

    def _bar_rated(self, value: int) -> None:
        self._write(value)
        self.rated.emit(value)

    def _write(self, now: int | None) -> None:
        if now is None and self._before is None:
            self._numbers.setText(t("base.not_rated"))
        elif self._before is None or now is None:
            self._numbers.setText(str(now if now is not None else self._before))
        else:
            self._numbers.setText(t("base.before_now", before=self._before, now=now))
        self._numbers.show_tone("faint" if now is None else "plain")
