"""How a hit is painted: a line of facts, under it the text with what was wanted marked."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from widgets.base.tag import LevelTag
from widgets.search.model import HitList, Index
from widgets.search.view import HitView
from widgets.theme import Size, colour, font, px

_HEIGHT = 56
_SIDE = 10


class HitPainting(QStyledItemDelegate):
    """Paints two lines for each hit."""

    def __init__(self, hits: HitList, parent: QWidget) -> None:
        super().__init__(parent)
        self._hits = hits
        self._level = LevelTag(parent=parent)
        self._level.hide()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Ask for two lines."""
        return QSize(px(200), px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, facts, level and text."""
        hit = self._hits.hit(index.row())
        box: QRect = option.rect
        inside = box.adjusted(px(_SIDE), px(6), -px(_SIDE), -px(6))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.fillRect(box, colour("accent_soft" if chosen else "hover" if hovered else "surface"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), colour("line"))
        self._facts(painter, inside, hit)
        _text(painter, QRect(inside.left(), inside.top() + px(23), inside.width(), px(22)), hit)
        painter.restore()

    def _facts(self, painter: QPainter, inside: QRect, hit: HitView) -> None:
        self._level.show_level(hit.level)
        size = self._level.sizeHint()
        line = QRect(inside.left(), inside.top(), inside.width() - size.width() - px(8), px(20))
        facts = "  ·  ".join(part for part in (hit.who, hit.kind, hit.category) if part)
        time_font, fact_font = font(Size.TEXT), font(Size.SMALL)
        time_font.setBold(True)
        time = f"{hit.at:%Y-%m-%d %H:%M}"
        width = QFontMetrics(time_font).horizontalAdvance(time) + px(10)
        painter.setFont(time_font)
        painter.setPen(colour("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, time)
        painter.setFont(fact_font)
        painter.setPen(colour("text_soft"))
        room = line.adjusted(width, 0, 0, 0)
        shown = QFontMetrics(fact_font).elidedText(facts, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.save()
        painter.translate(inside.right() - size.width(), inside.top())
        self._level.resize(size)
        self._level.paint_on(painter)
        painter.restore()


def _text(painter: QPainter, line: QRect, hit: HitView) -> None:
    """Paint field and text in one line; where it does not fit, its end is left out."""
    lead = f"{hit.where}  " if hit.where else ""
    text_font = font(Size.TEXT)
    whole = lead + hit.text
    shown = QFontMetrics(text_font).elidedText(whole, Qt.TextElideMode.ElideRight, line.width())
    layout = QTextLayout(shown, text_font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats(_formats(len(lead), len(shown), hit.marks))
    layout.beginLayout()
    row = layout.createLine()
    row.setLineWidth(line.width())
    layout.endLayout()
    painter.setPen(colour("text"))
    top = line.top() + (line.height() - row.height()) / 2
    layout.draw(painter, QPointF(line.left(), top), [], QRectF(line))


def _formats(lead: int, length: int, marks: tuple[tuple[int, int], ...]) -> list[QTextLayout.FormatRange]:
    ranges = [_range(0, lead, "text_soft", "")] if lead else []
    for begin, end in marks:
        if lead + begin < length:
            ranges.append(_range(lead + begin, min(lead + end, length), "text", "mark"))
    return ranges


def _range(begin: int, end: int, ink: str, ground: str) -> QTextLayout.FormatRange:
    look = QTextCharFormat()
    look.setForeground(colour(ink))
    if ground:
        look.setBackground(colour(ground))
        look.setFontWeight(QFont.Weight.Bold)
    made = QTextLayout.FormatRange()
    made.start = begin
    made.length = end - begin
    made.format = look
    return made
