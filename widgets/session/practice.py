"""The mark of practice, on every screen of it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from widgets.base.labels import Label
from widgets.theme import px


class PracticeMark(QFrame):
    """A word on amber that no real screen has."""

    def __init__(self, text: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "practice")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(8), px(1), px(8), px(1))
        layout.addWidget(Label(text, size="small", strong=True))
        self.setAccessibleName(name or text)
        self.setToolTip(name)
