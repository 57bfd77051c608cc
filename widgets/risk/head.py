"""The line over the items: what is asked, how much of it is open, and the ways there and to words for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.keys import key_for
from widgets.base.labels import ElidedLabel
from widgets.risk.rows import ASK_KEY


class ItemsHead(QWidget):
    """``next_wanted`` and ``words_wanted`` tell a press; both have a key too, so that Tab passes them by."""

    next_wanted = Signal()
    words_wanted = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(title, size="small", tone="soft")
        self._words = KeyButton(ASK_KEY.upper(), tone="link", name=t("risk.words_name"))
        self._words.setToolTip(f"{t('risk.words_name')}  {ASK_KEY.upper()}")
        self._next = KeyButton("", tone="link")
        self._next.setToolTip(f"{t('base.key_next_unasked')}  {key_for('next_unasked')}")
        for button, told in ((self._words, self.words_wanted), (self._next, self.next_wanted)):
            button.set_compact()
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(told)
        self._words.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._title, 1)
        row.addWidget(self._words)
        row.addWidget(self._next)

    def offer_words(self, offered: bool) -> None:
        """Show the way to words where there are some."""
        self._words.setVisible(offered)

    def show_open(self, said: str, open_items: int) -> None:
        """Say how much is open; the way to it is there while something is."""
        self._next.show_label(said)
        self._next.setEnabled(bool(open_items))
