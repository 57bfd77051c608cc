"""What is offered while another console holds the seat: a lead may give it to this one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card
from widgets.base.labels import Label

_WAITS = "asked"


class SeatCard(Card):
    """Why the seat is not here, and a button; ``ask_wanted`` once it is pressed."""

    ask_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tone="care", gap=6, parent=parent)
        self._why = Label(tone="care", strong=True, wrap=True)
        self._ask = KeyButton(t("shift.ask"), tone="care")
        self._ask.clicked.connect(self.ask_wanted)
        self.body.addWidget(self._why)
        self.body.addWidget(self._ask)
        self.hide()

    def show_standing(self, standing: str) -> None:
        """Show why: seat_taken, asked, no_lead, seat_denied or taken_over; "" puts it away."""
        self.setVisible(bool(standing))
        if standing:
            self._why.setText(t(f"shift.{standing}"))
            self._ask.setVisible(standing != _WAITS)
