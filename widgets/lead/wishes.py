"""Seats that somebody wants to take from another workstation: a lead says yes or no."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, CardHeader, row
from widgets.base.keys import bind, key_for
from widgets.base.labels import Label
from widgets.theme import px


@dataclass(frozen=True, slots=True)
class WishView:
    """Who asks for which seat since when, and who is there now."""

    id: str
    seat: str
    name: str
    holder: str
    at: datetime


class WishCard(Card):
    """One wish; ``answered`` carries its id and yes or no."""

    answered = Signal(str, bool)

    def __init__(self, wish: WishView, parent: QWidget | None = None) -> None:
        super().__init__(tone="care", gap=4, parent=parent)
        self.body.setContentsMargins(px(12), px(8), px(12), px(8))
        names = {"name": wish.name, "seat": wish.seat}
        self._give = give = KeyButton(t("shift.give"), tone="accent", name=t("shift.give_named", **names))
        deny = KeyButton(t("shift.deny"), name=t("shift.deny_named", **names))
        give.clicked.connect(lambda: self.answered.emit(wish.id, True))
        deny.clicked.connect(lambda: self.answered.emit(wish.id, False))
        self.body.addWidget(Label(t("shift.wish", **names), strong=True, wrap=True))
        said = t("shift.wish_holder", holder=wish.holder, time=f"{wish.at:%H:%M}")
        self.body.addWidget(Label(said, size="small", tone="soft", wrap=True))
        self.body.addLayout(row(give, deny, 1, gap=6))

    def show_first(self, first: bool) -> None:
        """Whether the key gives this one."""
        self._give.show_label(t("shift.give"), key_for("give_seat") if first else "")

    def give(self) -> None:
        """As the button does."""
        self._give.click()


class SeatWishes(QWidget):
    """All wishes, one card under the other; out of sight without any."""

    answered = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, WishCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(6))
        self._column.addWidget(CardHeader(t("shift.wishes")))
        bind(self, "give_seat", self._give_first)
        self.hide()

    def show_wishes(self, wishes: tuple[WishView, ...]) -> None:
        """Show these, in this order."""
        wanted = {wish.id for wish in wishes}
        for gone in [each for each in self._cards if each not in wanted]:
            card = self._cards.pop(gone)
            card.hide()
            card.deleteLater()
        for wish in wishes:
            if wish.id not in self._cards:
                card = self._cards[wish.id] = WishCard(wish)
                card.answered.connect(self.answered)
                self._column.addWidget(card)
        for place, wish in enumerate(wishes):
            self._cards[wish.id].show_first(place == 0)
        self.setVisible(bool(wishes))

    def _give_first(self) -> None:
        if self._cards:
            next(iter(self._cards.values())).give()
