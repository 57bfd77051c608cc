"""The white card on grey, its header line and the thin rule."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from widgets.base.labels import ElidedLabel, Label
from widgets.theme import px, restyle


class Card(QFrame):
    """A bordered surface whose contents stand in one column, `body`."""

    def __init__(self, tone: str = "plain", gap: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setProperty("tone", tone)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(12), px(10), px(12), px(12))
        self.body.setSpacing(px(gap))

    def show_tone(self, tone: str) -> None:
        """Change the surface: plain, care, urgent, accent or good."""
        restyle(self, tone=tone)


class CardHeader(QWidget):
    """The small line on top of a card: what it is on the left, a figure or state on the right."""

    def __init__(self, left: str = "", right: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left = ElidedLabel(left, size="small", tone="soft")
        self.right = Label(right, size="small", tone="soft")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self.left, 1)
        row.addWidget(self.right, 0, Qt.AlignmentFlag.AlignRight)

    def show_texts(self, left: str, right: str = "") -> None:
        """Show both sides."""
        self.left.setText(left)
        self.right.setText(right)

    def add_widget(self, widget: QWidget) -> None:
        """Put something that can be pressed, or a tag, at the right end."""
        layout = self.layout()
        if layout is not None:
            layout.addWidget(widget)


class Rule(QFrame):
    """A hair line between two parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "rule")
        self.setFixedHeight(max(1, px(1)))


def row(*items: QWidget | int, gap: int = 8) -> QHBoxLayout:
    """Return a row of widgets; a number stands for a stretch of that weight."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(px(gap))
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addStretch(item)
    return layout


def scrolling(content: QWidget, parent: QWidget | None = None) -> QScrollArea:
    """Return a frameless area that scrolls its content up and down only."""
    content.setProperty("surface", "scroll")
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(content)
    content.setAutoFillBackground(False)
    return area


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, rows within it too, and let its widgets go."""
    while (item := layout.takeAt(0)) is not None:
        widget, within = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        if within is not None:
            clear(within)
            within.deleteLater()
