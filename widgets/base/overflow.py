"""A row of buttons that fits any width: what finds no room is in a menu at its end."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from widgets.base.buttons import KeyButton
from widgets.theme import px


@dataclass(frozen=True)
class _Offer:
    button: KeyButton
    rank: int


class OverflowRow(QWidget):
    """Buttons in the order they were added; those of the highest `rank` give way first.

    The row asks for room for all and is content with room for the menu alone.
    """

    def __init__(self, more: str, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Facts beside it are never cut for its sake.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._gap = px(gap)
        self._offers: list[_Offer] = []
        self.menu = QMenu(self)
        self.menu.setAccessibleName(more)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.more = KeyButton(more, tone="status", parent=self)
        self.more.clicked.connect(self._open)

    def add(self, button: KeyButton, rank: int) -> None:
        """One more at the end."""
        button.setParent(self)
        self._offers.append(_Offer(button, rank))
        self.setTabOrder(button, self.more)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """Room for every button."""
        width = sum(self._width(one) + self._gap for one in self._offers) - self._gap
        # One of them may ask for care, in a frame that is higher than the words alone.
        height = max(each.sizeHint().height() for each in (self.more, *(one.button for one in self._offers)))
        return QSize(max(0, width), height)

    def minimumSizeHint(self) -> QSize:
        """Room for the menu."""
        return self.more.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits now."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look again when a label grew."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        shown = self._fitting()
        left = 0
        for one in self._offers:
            one.button.setVisible(one in shown)
            if one in shown:
                left = self._place(one.button, left)
        self.more.setVisible(len(shown) < len(self._offers))
        self._place(self.more, left)

    def _fitting(self) -> list[_Offer]:
        """As many as find room; one that is left out takes all of a higher rank with it."""
        if self.sizeHint().width() <= self.width():
            return list(self._offers)
        room = self.width() - self.more.sizeHint().width()
        shown: list[_Offer] = []
        for one in sorted(self._offers, key=lambda offer: offer.rank):
            room -= self._width(one) + self._gap
            if room < 0:
                break
            shown.append(one)
        return shown

    def _place(self, button: KeyButton, left: int) -> int:
        size = button.sizeHint()
        top = max(0, (self.height() - size.height()) // 2)
        button.setGeometry(left, top, size.width(), min(size.height(), self.height()))
        return left + size.width() + self._gap

    def _width(self, one: _Offer) -> int:
        return one.button.sizeHint().width()

    def _fill_menu(self) -> None:
        self.menu.clear()
        for one in self._offers:
            if one.button.isHidden():
                key = f"\t{one.button.key}" if one.button.key else ""
                self.menu.addAction(f"{one.button.text()}{key}", one.button.click)

    def _open(self) -> None:
        """Open the menu above the row, for the row is at the bottom of the window."""
        self._fill_menu()
        corner = self.more.mapToGlobal(QPoint(0, 0))
        self.menu.popup(corner - QPoint(0, self.menu.sizeHint().height()))
