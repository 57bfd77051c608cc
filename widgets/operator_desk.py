"""The operator's desk: three columns in the order of work."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets.base.card import scrolling
from widgets.referrals.button import ReferralButton
from widgets.theme import px

SMALLEST = (1366, 768)


def column_widths(width: int) -> tuple[int, int]:
    """Return the widths of the left and the right column, in unscaled pixels, for the width of the window.

    276 and 318 at 1366; on wider screens they grow slower than the note, which needs the room most.
    """
    more = max(0, width - SMALLEST[0])
    return min(360, 276 + round(more * 0.13)), min(440, 318 + round(more * 0.17))


class OperatorDesk(QWidget):
    """Who calls, what is said, how dangerous it is; the last piece of the right column takes the room."""

    refer_wanted = Signal()

    def __init__(self, calls: QWidget, note: QWidget, *right: QWidget) -> None:
        super().__init__()
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._left = calls
        self._right = QWidget()
        self.refer = ReferralButton()
        self.refer.referral_wanted.connect(self.refer_wanted)
        self._fill_right(right)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(px(8), px(8), px(8), px(8))
        columns.setSpacing(px(8))
        columns.addWidget(self._left)
        self._middle = QVBoxLayout()
        self._middle.setSpacing(px(8))
        self._middle.addWidget(note, 1)
        columns.addLayout(self._middle, 1)
        columns.addWidget(self._right)

    def add_above_note(self, piece: QWidget) -> None:
        """Put a piece over the note, which gives it the room it needs."""
        self._middle.insertWidget(0, piece)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their widths for this window."""
        left, right = column_widths(round(self.width() / px(100) * 100))
        self._left.setFixedWidth(px(left))
        self._right.setFixedWidth(px(right))
        super().resizeEvent(event)

    def _fill_right(self, pieces: tuple[QWidget, ...]) -> None:
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(8))
        for piece in pieces:
            inside.addWidget(piece)
        inside.setStretch(len(pieces) - 1, 1)
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(scrolling(content), 1)
        column.addWidget(self.refer)
