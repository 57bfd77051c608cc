"""The sound as a line: what was heard, what is to come, where it was paused; a click or a key goes there."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.texts import t
from widgets.base.durations import short_text
from widgets.theme import colour, px

_STEPS = {
    Qt.Key.Key_Left: -5.0,
    Qt.Key.Key_Down: -5.0,
    Qt.Key.Key_Right: 5.0,
    Qt.Key.Key_Up: 5.0,
    Qt.Key.Key_PageDown: -30.0,
    Qt.Key.Key_PageUp: 30.0,
}


class Track(QWidget):
    """``sought(seconds)``: somebody wants to hear from there. Arrows go 5 seconds, page keys 30."""

    sought = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._position = 0.0
        self._seconds = 0.0
        self._silent: tuple[tuple[float, float], ...] = ()
        self._dragged: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(t("recordings.position_name"))

    @property
    def seconds(self) -> float:
        """Where it stands, or where it is being dragged to."""
        return self._position if self._dragged is None else self._dragged

    def show_sound(self, position: float, seconds: float, silent: tuple[tuple[float, float], ...]) -> None:
        """Show where the sound is; while somebody drags, the mark stays under the hand."""
        self._position, self._seconds, self._silent = position, seconds, silent
        self.setToolTip(t("recordings.silent") if silent else "")
        said = t("recordings.position", at=short_text(int(position)), all=short_text(int(seconds)))
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a line of 160 by 20 px."""
        return QSize(px(160), px(20))

    def minimumSizeHint(self) -> QSize:
        """It can be shorter, not lower."""
        return QSize(px(60), px(20))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the mark where it was clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take it along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go there, once."""
        at, self._dragged = self._dragged, None
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self._seek(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on or back by keys."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._seek(self._position + _STEPS[key])
        elif key == Qt.Key.Key_Home:
            self._seek(0.0)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line, the pauses and the mark."""
        middle, height = self.height() / 2, px(6)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_line"))
            whole = QRectF(self._x(0.0), middle - height / 2, self._width(), height)
            painter.drawRoundedRect(whole, height / 2, height / 2)
            painter.setBrush(colour("accent"))
            heard = self._x(self.seconds)
            painter.drawRoundedRect(
                QRectF(whole.left(), whole.top(), heard - whole.left(), height), height / 2, height / 2
            )
            painter.setBrush(colour("text_faint"))
            for start, end in self._silent:
                left = self._x(start)
                painter.drawRect(QRectF(left, whole.top(), max(px(3), self._x(end) - left), height))
            painter.setBrush(colour("accent"))
            painter.drawEllipse(QRectF(heard - px(6), middle - px(6), px(12), px(12)))
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colour("accent"), px(2)))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(4), px(4))

    def _drag(self, x: float) -> None:
        share = (x - px(8)) / max(1.0, self._width())
        self._dragged = min(1.0, max(0.0, share)) * self._seconds
        self.update()

    def _seek(self, seconds: float) -> None:
        self.sought.emit(min(self._seconds, max(0.0, seconds)))

    def _width(self) -> float:
        return float(self.width() - px(16))

    def _x(self, seconds: float) -> float:
        share = seconds / self._seconds if self._seconds else 0.0
        return px(8) + min(1.0, max(0.0, share)) * self._width()
