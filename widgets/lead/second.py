"""A second person's word about a level that somebody wishes to lower."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, row
from widgets.base.labels import Label
from widgets.lead.view import LoweringView


class SecondWord(Card):
    """What is wished and why, and both answers; ``decided(lowering, agrees)`` tells one of them once."""

    decided = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__("care", gap=4)
        self._view: LoweringView | None = None
        self._what = Label(strong=True, wrap=True)
        self._reason = Label(wrap=True)
        agree, refuse = KeyButton(t("lead.lower_agree"), tone="soft"), KeyButton(t("lead.lower_refuse"))
        for button, agrees in ((agree, True), (refuse, False)):
            button.set_compact()
            button.clicked.connect(lambda _=False, agrees=agrees: self._decide(agrees))
        column: QVBoxLayout = self.body
        column.addWidget(self._what)
        column.addWidget(self._reason)
        column.addLayout(row(1, refuse, agree))
        self.show_lowering(None)

    def show_lowering(self, view: LoweringView | None) -> None:
        """Show a wish that waits, or nothing."""
        self._view = view
        self.setVisible(view is not None)
        if view is not None:
            self._what.setText(t("lead.lower_wished", who=view.who, stood=view.stood, to=view.to))
            self._reason.setText(t("lead.lower_reason", reason=view.reason))

    def _decide(self, agrees: bool) -> None:
        if self._view is not None:
            lowering = self._view.id
            self.show_lowering(None)
            self.decided.emit(lowering, agrees)
