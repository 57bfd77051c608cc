"""The one button that brings in help."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.keys import bind, key_for


class ReferralButton(KeyButton):
    """Asks for the referral sheet, also by F8; red while the level is R3 or R4."""

    referral_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(t("referrals.one_click"), key_for("refer"), tone="soft", big=True, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.referral_wanted)
        bind(self, "refer", self.referral_wanted.emit)

    def show_alarming(self, alarming: bool) -> None:
        """Show whether the level of the call alarms (R3 and R4)."""
        self.show_tone("urgent" if alarming else "soft")
