"""All keys at a glance, from the one table."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.card import scrolling
from widgets.base.keys import KEYS, PRACTICE, key_for
from widgets.base.labels import Label
from widgets.theme import px


class KeysOverview(QWidget):
    """The list that F1 shows: groups of keys, each with what it does."""

    def __init__(self, practice: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(5))
        for group in dict.fromkeys(key.group for key in KEYS if practice or key.group != PRACTICE):
            column.addWidget(Label(t(f"base.keys_{group}"), tone="accent", strong=True))
            column.addLayout(self._group(group))
        column.addWidget(Label(t("base.keys_hint"), size="small", tone="soft", wrap=True))
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(content))

    def _group(self, group: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(2))
        grid.setColumnMinimumWidth(0, px(96))
        grid.setColumnStretch(1, 1)
        members = [key for key in KEYS if key.group == group]
        for line, key in enumerate(members):
            cap = Label(key_for(key.wish))
            cap.setProperty("surface", "key")
            grid.addWidget(cap, line, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Label(t(f"base.key_{key.wish}"), wrap=True), line, 1)
        return grid
