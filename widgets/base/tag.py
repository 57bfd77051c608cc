"""Small labels on a coloured ground: plain tags and the tag of a risk level."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.texts import t
from widgets.base.levels import LEVELS, level_text, level_word, shape_path
from widgets.theme import Size, colour, font, px

_TONES = {
    "plain": ("tag", "text_soft"),
    "accent": ("accent_soft", "accent"),
    "care": ("care_soft", "care"),
    "good": ("good_soft", "good"),
    "unsure": ("unsure_soft", "unsure"),
    "urgent": ("urgent", "on_urgent"),
}


class Tag(QWidget):
    """A few words on a ground that says how they are meant: plain, accent, care, good, unsure or urgent."""

    def __init__(self, text: str = "", tone: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._tone = ""
        self.setFont(font(Size.SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_text(text, tone)

    def text(self) -> str:
        """Return what it says."""
        return self._text

    def show_text(self, text: str, tone: str = "plain") -> None:
        """Say something, in a tone; nothing is laid out anew while it says the same."""
        if (text, tone) == (self._text, self._tone):
            return
        self._text = text
        self._tone = tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the words and a margin, 20 px high."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + px(14) + self.lead(), px(20))

    def minimumSizeHint(self) -> QSize:
        """Never be squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and words."""
        with QPainter(self) as painter:
            self.paint_on(painter)

    def paint_on(self, painter: QPainter) -> None:
        """Paint it at the origin of a painter, for tags inside a table."""
        back, front = self._colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(self.rect(), px(3), px(3))
        self._paint_ground(painter)
        painter.setFont(self.font())
        painter.setPen(front)
        room = self.rect().adjusted(px(7) + self.lead(), 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)

    def _colours(self) -> tuple[QColor, QColor]:
        back, front = _TONES[self._tone]
        return colour(back), colour(front)

    def lead(self) -> int:
        """Return the room before the words."""
        return 0

    def _paint_ground(self, painter: QPainter) -> None:
        """Paint what a kind of tag adds under its words."""


class LevelTag(Tag):
    """A risk level as code, word and shape; RX is striped."""

    def __init__(self, code: str = "RX", parent: QWidget | None = None) -> None:
        self._code = code
        super().__init__(parent=parent)
        self.show_level(code)

    @property
    def code(self) -> str:
        """The level's code."""
        return self._code

    def show_level(self, code: str) -> None:
        """Show a level by its code, R0 to R4 or RX."""
        self._code = code
        self.show_text(level_text(code))
        self.setAccessibleName(t("base.level_name", code=code, word=level_word(code)))

    def _colours(self) -> tuple[QColor, QColor]:
        look = LEVELS[self._code]
        return colour(look.back), colour(look.front)

    def lead(self) -> int:
        """Leave room for the shape."""
        return px(14)

    def _paint_ground(self, painter: QPainter) -> None:
        look = LEVELS[self._code]
        if look.striped:
            # Beside the words, not across them: there they would look struck out.
            paint_stripes(painter, QRectF(0, 0, px(9) + self.lead(), self.height()), px(3))
        paint_level_shape(painter, self._code, QRectF(px(7), (self.height() - px(9)) / 2, px(9), px(9)))


def widest(texts: Iterable[str], tag: Tag) -> int:
    """Return the width that a kind of tag needs for the longest of these texts, for tags in columns."""
    return max(tag.fontMetrics().horizontalAdvance(text) for text in texts) + px(14) + tag.lead()


def paint_stripes(painter: QPainter, box: QRectF, radius: float) -> None:
    """Stripe a ground, the sign of a level that is not known."""
    ink = colour("text_faint")
    ink.setAlpha(90)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(ink, Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(box, radius, radius)


def paint_level_shape(painter: QPainter, code: str, box: QRectF) -> None:
    """Paint a level's shape in its front colour."""
    look = LEVELS[code]
    ink = colour(look.front)
    painter.setPen(QPen(ink, max(1.0, px(1.5))))
    painter.setBrush(ink if look.filled else Qt.BrushStyle.NoBrush)
    painter.drawPath(shape_path(look.shape, box))
