"""The ratings of this call and of earlier ones as a small plot: from before to after, call by call."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.risk.course import Change, RatingsOfCall
from models.risk.trail import Dial
from resources.texts import t
from widgets.base.levels import level_text
from widgets.theme import Size, colour, font, px

_MOST = 8
"""The last calls that have room beside one another."""


class Plot(QWidget):
    """Three bands, one for each dial: hollow is before, filled after, a line joins the two; time goes right.

    Each band has its name, and all of it is said in words too.
    """

    def __init__(self, names: dict[Dial, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._calls: tuple[RatingsOfCall, ...] = ()
        self._now = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_course(())

    def show_course(self, earlier: Sequence[RatingsOfCall], now: RatingsOfCall | None = None) -> None:
        """Show the last of these calls, the present one after them."""
        self._calls = (*earlier, *((now,) if now else ()))[-_MOST:]
        self._now = now.assessment if now else ""
        words = said(self._calls, self._names, self._now)
        self.setAccessibleName("\n".join([t("risk.course_change"), *words]))
        self.update()

    def sizeHint(self) -> QSize:
        """Three bands and the line of days under them."""
        return QSize(px(200), 3 * self._band() + self._foot())

    def minimumSizeHint(self) -> QSize:
        """It may be narrow, never lower."""
        return QSize(px(120), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint bands, calls and days."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font(Size.SMALL))
            left = self._left()
            for place, dial in enumerate(Dial):
                top = place * self._band()
                painter.setPen(colour("text_soft"))
                room = QRectF(0, top, left - px(6), self._band())
                painter.drawText(
                    room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._names[dial]
                )
                painter.setPen(QPen(colour("line"), 1))
                bottom = top + self._band() - px(3)
                painter.drawLine(QPointF(left, bottom), QPointF(self.width(), bottom))
                for n, call in enumerate(self._calls):
                    change = call.of(dial)
                    if change is not None:
                        self._paint_change(painter, change, self._column(n), top)
            self._paint_days(painter)

    def _paint_change(self, painter: QPainter, change: Change, column: QRectF, top: float) -> None:
        ink = colour("accent")
        pair = [
            QPointF(column.left() + column.width() * share, self._height_of(value, top))
            for share, value in ((0.3, change.before), (0.7, change.after))
            if value is not None
        ]
        painter.setPen(QPen(ink, px(2)))
        if len(pair) == 2:
            painter.drawLine(pair[0], pair[1])
        for point in pair:
            hollow = change.before is not None and point is pair[0]
            painter.setBrush(colour("surface") if hollow else ink)
            painter.drawEllipse(point, px(3), px(3))

    def _paint_days(self, painter: QPainter) -> None:
        painter.setPen(colour("text_soft"))
        foot = 3 * self._band()
        for n, call in enumerate(self._calls):
            column = self._column(n)
            day = _day(call, self._now)
            if QFontMetrics(font(Size.SMALL)).horizontalAdvance(day) <= column.width():
                room = QRectF(column.left(), foot, column.width(), self._foot())
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, day)

    def _column(self, n: int) -> QRectF:
        width = (self.width() - self._left()) / max(1, len(self._calls))
        return QRectF(self._left() + n * width, 0, width, self.height())

    def _height_of(self, value: int, top: float) -> float:
        room = self._band() - px(11)
        return top + px(4) + room * (100 - value) / 100

    def _left(self) -> int:
        widest = max(QFontMetrics(font(Size.SMALL)).horizontalAdvance(one) for one in self._names.values())
        return widest + px(8)

    def _band(self) -> int:
        return px(32)

    def _foot(self) -> int:
        return QFontMetrics(font(Size.SMALL)).height() + px(2)


def said(calls: Sequence[RatingsOfCall], names: dict[Dial, str], now: str = "") -> list[str]:
    """All that the plot shows, in words: each dial with its calls, then the level of each call.

    `now` is the assessment of the present call.
    """
    lines = []
    for dial in Dial:
        changes = [(call, change) for call in calls if (change := call.of(dial)) is not None]
        spoken = [
            t("risk.course_call", day=_day(call, now), values=_values(change)) for call, change in changes
        ]
        if spoken:
            lines.append(t("risk.course_said", dial=names[dial], calls=t("risk.separator").join(spoken)))
    return lines + [
        t("risk.course_level", day=_day(call, now), level=level_text(call.level or "RX")) for call in calls
    ]


def _values(change: Change) -> str:
    return " → ".join(str(value) for value in (change.before, change.after) if value is not None)


def _day(call: RatingsOfCall, now: str) -> str:
    return t("risk.course_now") if call.assessment == now else f"{call.at.astimezone():%m-%d}"
