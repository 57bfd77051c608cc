"""A layout that sets its items side by side and goes on in the next line where the room ends."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from widgets.theme import px


class FlowLayout(QLayout):
    """Tags and chips of different widths, line by line."""

    def __init__(self, gap: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._gap = px(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Put one more at the end."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return the item at a place, None beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at a place out, None beyond the end."""
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        """Forget what was worked out: an item changed."""
        self._heights.clear()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more room than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at a width."""
        known = self._heights.get(width)
        if known is None:
            # Everything in the window is asked anew whenever one part of it changes.
            known = self._heights[width] = self._arrange(QRect(0, 0, width, 0), place=False)
        return known

    def setGeometry(self, rect: QRect) -> None:
        """Set the items out in the given room."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        """Need the widest single item."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, place: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        beside: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if line and x + size.width() > rect.right() + 1:
                _centre(beside, line)
                beside.clear()
                x, y, line = rect.x(), y + line + self._gap, 0
            if place:
                width = min(size.width(), rect.width())
                beside.append((item, QRect(QPoint(x, y), QSize(width, size.height()))))
            x += size.width() + self._gap
            line = max(line, size.height())
        _centre(beside, line)
        return y + line - rect.y()


def _centre(beside: Sequence[tuple[QLayoutItem, QRect]], line: int) -> None:
    """Set the items of a line on its middle: a word beside buttons stands as high as their words."""
    for item, place in beside:
        item.setGeometry(place.translated(0, (line - place.height()) // 2))


class Flow(QWidget):
    """A widget whose children flow."""

    def __init__(self, *children: QWidget, gap: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(gap, self)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for child in children:
            self.add(child)

    def add(self, child: QWidget) -> None:
        """Put one more at the end."""
        self._flow.addWidget(child)

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at a width."""
        return self._flow.heightForWidth(width)
