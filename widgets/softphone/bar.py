"""The telephone rings or talks and the board cannot act: what a telephone on the desk would offer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.labels import Label
from widgets.softphone.view import Standing
from widgets.theme import px


class PhoneBar(QFrame):
    """A line above the desk; hidden while the call panel does all that."""

    answer_wanted = Signal()
    hang_up_wanted = Signal()

    def __init__(self, keypad: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "question")
        self._what = Label(strong=True, wrap=True)
        self._answer = KeyButton(t("softphone.answer"), tone="accent")
        self._answer.clicked.connect(self.answer_wanted)
        self._hang_up = KeyButton(t("softphone.hang_up"))
        self._hang_up.clicked.connect(self.hang_up_wanted)
        self._keypad = keypad
        line = QHBoxLayout(self)
        line.setContentsMargins(px(14), px(6), px(14), px(6))
        line.setSpacing(px(8))
        line.addWidget(self._what, 1)
        for part in (self._keypad, self._answer, self._hang_up):
            line.addWidget(part)
        self.setAccessibleName(t("softphone.title"))
        self.hide()

    def show_standing(self, standing: Standing, board_acts: bool) -> None:
        """Show a ring always, and a conversation where the call panel cannot act on it."""
        rings, talks = standing is Standing.RINGING, standing is Standing.TALKING
        self._what.setText(t("softphone.bar_rings" if rings else "softphone.bar_talks"))
        self._answer.setVisible(rings)
        self._keypad.setVisible(talks)
        self.setVisible(rings or (talks and not board_acts))
