"""A form as an operator will see it, before it is used: the note panel with nothing behind it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, clear, scrolling
from widgets.base.labels import Label
from widgets.notes.panel import NotePanel
from widgets.theme import px

_TALLEST = 180


class FormPreview(QWidget):
    """The panel, and above it what file this is and what is wrong in it. ``again_wanted()``: read it anew."""

    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = NotePanel()
        self._file = Label(strong=True, wrap=True)
        self._said = Label(tone="soft", wrap=True)
        self._again = KeyButton(t("forms.again"), "F5")
        self._again.clicked.connect(self.again_wanted)
        inside = QWidget()
        self._faults = QVBoxLayout(inside)
        self._faults.setContentsMargins(0, 0, 0, 0)
        self._faults.setSpacing(px(4))
        self._area = scrolling(inside)
        self._area.setMaximumHeight(px(_TALLEST))
        head = Card()
        line = QHBoxLayout()
        line.addWidget(self._file, 1)
        line.addWidget(self._again)
        head.body.addLayout(line)
        head.body.addWidget(self._said)
        head.body.addWidget(self._area)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(12))
        column.setSpacing(px(10))
        column.addWidget(head)
        column.addWidget(self.panel, 1)
        self.setWindowTitle(t("forms.preview"))

    def show_file(self, name: str, said: str, faults: Sequence[str]) -> None:
        """Show which file it is, what it is worth, and each fault in words."""
        self._file.setText(name)
        self._said.setText(said)
        self._said.show_tone("care" if faults else "soft")
        clear(self._faults)
        for fault in faults:
            label = Label(fault, wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._faults.addWidget(label)
        self._area.setVisible(bool(faults))
