"""How a risk level looks: its words, its colours and its shape, so that colour never stands alone."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from resources.texts import t


@dataclass(frozen=True)
class LevelLook:
    """The palette names and the shape of one level."""

    back: str
    front: str
    shape: str
    filled: bool = True
    striped: bool = False


LEVELS = {
    "R0": LevelLook("tag", "text_soft", "circle", filled=False),
    "R1": LevelLook("good_soft", "good", "circle"),
    "R2": LevelLook("unsure_soft", "unsure", "diamond"),
    "R3": LevelLook("care_soft", "care", "triangle"),
    "R4": LevelLook("urgent", "on_urgent", "square"),
    "RX": LevelLook("tag", "text_soft", "square", filled=False, striped=True),
}


def level_word(code: str) -> str:
    """Return the word of a level code such as R4."""
    return t(f"base.level_{code}")


def level_text(code: str) -> str:
    """Return code and word together."""
    return t("base.level", code=code, word=level_word(code))


def shape_path(shape: str, box: QRectF) -> QPainterPath:
    """Return the outline of a level's shape inside a box."""
    path = QPainterPath()
    if shape == "circle":
        path.addEllipse(box)
        return path
    path.addPolygon(QPolygonF([_at(box, x, y) for x, y in _CORNERS[shape]]))
    path.closeSubpath()
    return path


_CORNERS = {
    "square": ((0, 0), (1, 0), (1, 1), (0, 1)),
    "diamond": ((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)),
    "triangle": ((0.5, 0.02), (1.02, 0.96), (-0.02, 0.96)),
}


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height())
