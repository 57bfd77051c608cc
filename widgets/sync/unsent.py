"""What is not at the server yet, with age and reason, and what is to be decided about."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import CardHeader, row, scrolling
from widgets.base.keys import key_for
from widgets.base.labels import Label, StatusDot
from widgets.sync.acts import ActList
from widgets.sync.held import HeldList
from widgets.sync.view import ActView, HeldView, LinkWords
from widgets.theme import px


class NotSent(QWidget):
    """The link on top, then what waits, what was not taken, and for a lead what others did that waits."""

    again_wanted = Signal()
    shown = Signal()
    put_away_wanted = Signal(str)
    texts_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dot = StatusDot()
        self._link = Label(wrap=True)
        self._again = KeyButton(t("sync.again"), tone="accent")
        self._again.clicked.connect(self.again_wanted)
        self._waiting_head = CardHeader()
        self._waiting = ActList()
        self._refused_head = CardHeader()
        self._refused = ActList()
        self._refused.put_away_wanted.connect(self.put_away_wanted)
        self._texts = Label(wrap=True)
        self._compare = KeyButton(t("sync.compare"), key_for("texts"))
        self._compare.clicked.connect(self.texts_wanted)
        self._held_head = CardHeader()
        self.held = HeldList()
        self._nothing = Label(t("sync.nothing"), tone="soft", wrap=True)
        self._arrange()
        self.setFocusProxy(self._again)
        self.show_unsent((), 0)
        self.show_refused(())
        self.show_texts(0)
        self.show_held(())

    def show_link(self, link: LinkWords) -> None:
        """Show how the link to the server is."""
        self._dot.show_tone(link.tone)
        self._link.setText(link.text)

    def show_unsent(self, acts: tuple[ActView, ...], count: int) -> None:
        """Show the first acts that wait, of so many."""
        self._waiting_head.show_texts(t("sync.waiting"), t("sync.count", n=count))
        self._waiting.show_acts(acts)
        for part in (self._waiting_head, self._waiting):
            part.setVisible(bool(acts))
        self._nothing.setVisible(not acts)

    def show_refused(self, acts: tuple[ActView, ...]) -> None:
        """Show what the server did not take, and how it ended."""
        self._refused_head.show_texts(t("sync.refused"), t("sync.count", n=len(acts)))
        self._refused.show_acts(acts)
        for part in (self._refused_head, self._refused):
            part.setVisible(bool(acts))

    def show_texts(self, count: int) -> None:
        """Show how many notes have two texts."""
        self._texts.setText(t("sync.texts", n=count))
        for part in (self._texts, self._compare):
            part.setVisible(bool(count))

    def show_held(self, acts: tuple[HeldView, ...]) -> None:
        """Show what waits for this lead."""
        self._held_head.show_texts(t("sync.held"), t("sync.count", n=len(acts)))
        self.held.show_held(acts)
        for part in (self._held_head, self.held):
            part.setVisible(bool(acts))

    def show_now(self, now: datetime) -> None:
        """Bring the ages up to a moment."""
        for part in (self._waiting, self._refused, self.held):
            part.show_now(now)

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks: what is shown shall be of now."""
        super().showEvent(event)
        self.shown.emit()

    def _arrange(self) -> None:
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, px(8), 0)
        inside.setSpacing(px(10))
        texts = row(self._texts, self._compare)
        texts.setStretch(0, 1)
        inside.addWidget(self._nothing)
        inside.addWidget(self._held_head)
        inside.addWidget(self.held)
        inside.addLayout(texts)
        inside.addWidget(self._refused_head)
        inside.addWidget(self._refused)
        inside.addWidget(self._waiting_head)
        inside.addWidget(self._waiting)
        inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        head = row(self._dot, self._link, self._again)
        head.setStretch(1, 1)
        column.addLayout(head)
        column.addWidget(scrolling(content), 1)
