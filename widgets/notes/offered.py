"""What was said of an age or a day, as the form would have it: beside the text, never in its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.labels import ElidedLabel
from widgets.theme import px


@dataclass(frozen=True, slots=True)
class OfferView:
    """Something that could be filled in: the field and its value, and how that is said."""

    key: str
    value: str
    words: str


class Offered(QWidget):
    """Out of sight while there is nothing to say; ``taken(key, value)`` fills a field in on request."""

    taken = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer: OfferView | None = None
        self._days = ElidedLabel(size="small", tone="soft")
        self._take = KeyButton("", tone="link")
        self._take.set_compact()
        self._take.clicked.connect(self._tell)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        line.addWidget(self._days, 1)
        line.addWidget(self._take)
        self.show_offer((), None)

    def show_offer(self, days: Sequence[str], offer: OfferView | None) -> None:
        """Show which days were meant, and what could be filled in."""
        self._offer = offer
        said = t("notes.offer_separator").join(days)
        if said != self._days.text():
            self._days.setText(said)
        self._take.setVisible(offer is not None)
        if offer is not None:
            self._take.show_label(offer.words)
        self.setVisible(bool(said) or offer is not None)

    def _tell(self) -> None:
        if self._offer is not None:
            self.taken.emit(self._offer.key, self._offer.value)
