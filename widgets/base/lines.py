"""A list of single lines: one that is longer than the list is wide is shortened with … and told in full."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget


class LineList(QListWidget):
    """Never scrolled sideways; the tool tip and the screen reader have the whole line."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def add_line(self, text: str) -> None:
        """Put one more at the end."""
        item = QListWidgetItem(" ".join(text.splitlines()))
        item.setToolTip(item.text())
        self.addItem(item)
        # As wide as the list and no wider: only then a long line is shortened.
        item.setSizeHint(QSize(1, self.sizeHintForRow(self.row(item))))
