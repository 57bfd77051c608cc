"""Asking somebody in or giving the call away, leaving a conversation that goes on, and coming back to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.calls.call import CallState, PartyPhase
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.keys import key_for
from widgets.calls.view import CallView
from widgets.theme import px


class Handing(QWidget):
    """Transfer while somebody talks; leave, while others are in it; come back, once it was left."""

    transfer_wanted = Signal()
    leave_wanted = Signal()
    come_back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._transfer = KeyButton(t("handing.transfer"), key_for("transfer"))
        self._leave = KeyButton(t("calls.leave"), key_for("leave"))
        self._come_back = KeyButton(t("calls.come_back"), key_for("leave"), "accent", big=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, 0)
        column.setSpacing(px(6))
        for button in (self._transfer, self._leave, self._come_back):
            column.addWidget(button)
        self._transfer.clicked.connect(self.transfer_wanted)
        self._leave.clicked.connect(self.leave_wanted)
        self._come_back.clicked.connect(self.come_back_wanted)

    def show_call(self, call: CallView) -> None:
        """Offer what fits the state of the call."""
        there = [party for party in call.parties if party.phase is PartyPhase.JOINED]
        colleague = next((party for party in there if party.colleague), None)
        joined = bool(there)
        talking = call.state in (CallState.TALKING, CallState.HELD)
        self._transfer.setVisible(talking and not call.by_hand)
        self._leave.show_label(t("handing.hand_to", name=colleague.name) if colleague else t("calls.leave"))
        self._leave.setVisible(talking and joined)
        self._come_back.setVisible(call.state is CallState.RELEASED)
        self.setVisible((talking and not call.by_hand) or call.state is CallState.RELEASED)

    def show_line(self, up: bool) -> None:
        """Act only while there is a line to act on."""
        for button in (self._transfer, self._leave, self._come_back):
            button.setEnabled(up)

    def act(self, wish: str = "leave") -> None:
        """Do what the key wishes, if it fits."""
        if wish == "transfer":
            if self._transfer.isVisible() and self._transfer.isEnabled():
                self._transfer.click()
            return
        for button in (self._leave, self._come_back):
            if button.isVisible() and button.isEnabled():
                button.click()
                return
