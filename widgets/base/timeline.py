"""What happened, one dot after the other on a line."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets.base.card import clear
from widgets.base.labels import Label
from widgets.base.tag import LevelTag
from widgets.theme import colour, px


@dataclass(frozen=True)
class Point:
    """One thing that happened: when (already written out), what, and a note under it.

    ``tone``: plain (hollow), accent (done), care (hollow orange), urgent (now, red), waiting (still to come).
    """

    time: str
    text: str
    tone: str = "plain"
    note: str = ""
    level: str = ""


_DOTS = {
    "plain": ("text_faint", False),
    "accent": ("accent", True),
    "care": ("care", False),
    "urgent": ("urgent", True),
    "waiting": ("text_faint", False),
}


class _Row(QWidget):
    """One point of the line; it paints its own dot and its piece of the line."""

    def __init__(self, point: Point, last: bool, gap: int) -> None:
        super().__init__()
        self._point = point
        self._last = last
        tone = "faint" if point.tone == "waiting" else "plain"
        column = QVBoxLayout(self)
        column.setContentsMargins(px(19), 0, 0, px(gap))
        column.setSpacing(0)
        column.addLayout(self._head(tone))
        if point.note:
            column.addWidget(Label(point.note, size="small", tone="soft", wrap=True))
        self.setAccessibleName(f"{point.time} {point.text} {point.note}".strip())

    def _head(self, tone: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(Label(self._point.time, strong=True, tone=tone), 0, Qt.AlignmentFlag.AlignTop)
        if self._point.text:
            head.addWidget(Label(self._point.text, tone=tone, wrap=True), 1)
        if self._point.level:
            head.addWidget(LevelTag(self._point.level), 0, Qt.AlignmentFlag.AlignTop)
        if not self._point.text:
            head.addStretch(1)
        return head

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line down to the next dot and the dot on it."""
        name, filled = _DOTS[self._point.tone]
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle, top = px(6), px(6)
            painter.setPen(QPen(colour("line"), px(2)))
            if not self._last:
                painter.drawLine(middle, top + px(4), middle, self.height() + px(6))
            painter.setPen(QPen(colour(name), px(2)))
            painter.setBrush(colour(name) if filled else colour("surface"))
            painter.drawEllipse(QRectF(middle - px(4), top, px(8), px(8)))


class Timeline(QWidget):
    """A column of points, oldest or newest first as they are given, `gap` apart."""

    def __init__(self, gap: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._points: tuple[Point, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def points(self) -> tuple[Point, ...]:
        """What is shown."""
        return self._points

    def show_points(self, points: tuple[Point, ...]) -> None:
        """Show these points; nothing is repainted if they are the same as before."""
        if points == self._points:
            return
        self._points = points
        clear(self._column)
        for place, point in enumerate(points):
            self._column.addWidget(_Row(point, place == len(points) - 1, self._gap))
