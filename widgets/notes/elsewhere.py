"""What is filled in and cannot be seen on the form as it is now: how much it is, and what."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import clear, scrolling
from widgets.base.labels import Label
from widgets.theme import px

_TALLEST = 140
Entries = Sequence[tuple[str, str]]
"""Names of fields, and what stands in them."""


class Elsewhere(QWidget):
    """A line that says how many, and on a press what it is; nothing where there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[tuple[str, str], ...] = ()
        self._said = Label(tone="soft", wrap=True)
        self._button = KeyButton(t("notes.elsewhere_show"), tone="link")
        self._button.clicked.connect(self._turn)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(px(8), px(4), px(8), px(4))
        self._list.setSpacing(px(4))
        self._area = scrolling(inside)
        self._area.setMaximumHeight(px(_TALLEST))
        self._area.hide()
        line = QHBoxLayout()
        line.addWidget(self._said, 1)
        line.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addLayout(line)
        column.addWidget(self._area)
        self.hide()

    def show_entries(self, entries: Entries) -> None:
        """Show what is kept though the form has no place for it."""
        if tuple(entries) == self._entries:
            return
        self._entries = tuple(entries)
        self._said.setText(t("notes.elsewhere", n=len(entries)))
        clear(self._list)
        for name, text in entries:
            label = Label(t("notes.elsewhere_entry", name=name, text=text), wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._list.addWidget(label)
        self._list.addStretch(1)
        if not entries:
            self._area.hide()
            self._button.show_label(t("notes.elsewhere_show"))
        self.setVisible(bool(entries))

    def _turn(self) -> None:
        opened = self._area.isHidden()
        self._area.setVisible(opened)
        self._button.show_label(t("notes.elsewhere_hide" if opened else "notes.elsewhere_show"))
