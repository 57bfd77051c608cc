"""How a record stands, as word and shape: what is open is never told by colour alone."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from models.cases.closing import RecordState
from resources.texts import t
from widgets.base.levels import shape_path
from widgets.base.tag import Tag
from widgets.theme import px

_LOOKS = {
    RecordState.UNCLOSED: ("urgent", "square", True),
    RecordState.DRAFT: ("care", "circle", False),
    RecordState.INCOMPLETE: ("unsure", "diamond", False),
    RecordState.COMPLETE: ("plain", "circle", True),
}
_WORDS = {
    RecordState.UNCLOSED: "records.not_closed",
    RecordState.DRAFT: "records.draft",
    RecordState.INCOMPLETE: "records.incomplete",
    RecordState.COMPLETE: "records.finished",
}


def state_text(state: RecordState) -> str:
    """The state of a record in words."""
    return t(_WORDS[state])


class StateTag(Tag):
    """The state of a record: a shape before the word, on the ground of its tone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._shape, self._filled = "circle", True
        super().__init__(parent=parent)

    def show_state(self, state: RecordState) -> None:
        """Show a state."""
        self._shape, self._filled = _LOOKS[state][1:]
        self.show_text(state_text(state), _LOOKS[state][0])

    def lead(self) -> int:
        """Leave room for the shape."""
        return px(14)

    def _paint_ground(self, painter: QPainter) -> None:
        ink = self._colours()[1]
        box = QRectF(px(7), (self.height() - px(8)) / 2, px(8), px(8))
        painter.setPen(QPen(ink, max(1.0, px(1.5))))
        painter.setBrush(ink if self._filled else Qt.BrushStyle.NoBrush)
        painter.drawPath(shape_path(self._shape, box))
