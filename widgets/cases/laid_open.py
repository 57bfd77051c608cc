"""What was opened of a person's calls: the steps of a safety plan or the story of a referral, to be read."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, clear, row, scrolling
from widgets.base.labels import Label
from widgets.theme import px


class LaidOpenCard(Card):
    """One part under the other; ``away_wanted()`` by the button beside its title."""

    away_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=6, parent=parent)
        self._title = Label(size="title", strong=True, wrap=True)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(4))
        self._area = scrolling(self._content)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(t("cases.laid_open"))
        self._away = KeyButton(t("cases.away"))
        self._away.clicked.connect(self.away_wanted)
        head = row(self._title, self._away)
        head.setStretch(0, 1)
        # The keyboard walks in the order of making: from the words, where it is set, to what puts them away.
        self.body.addWidget(self._area, 1)
        self.body.insertLayout(0, head)
        self.setFocusProxy(self._area)
        self.hide()

    def show_parts(self, title: str, parts: Sequence[tuple[str, str]]) -> None:
        """Show what something says, each part under its name; the keyboard goes there."""
        self._title.setText(title)
        self._area.setAccessibleName(title)
        clear(self._column)
        for name, text in parts:
            self._column.addWidget(Label(name, size="small", tone="soft", wrap=True))
            self._column.addWidget(Label(text, wrap=True))
        self._column.addStretch(1)
        self.show()
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)
