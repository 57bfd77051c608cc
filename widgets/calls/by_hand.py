"""What is offered while the line is gone: the call is taken on the telephone and opened by hand."""

from datetime import datetime

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card
from widgets.base.labels import Label


class ByHand(Card):
    """A number, if it is known, and a button; ``open_wanted`` carries the digits or nothing."""

    open_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tone="care", gap=6, parent=parent)
        self._title = Label(tone="care", strong=True, wrap=True)
        self._talks = Label(t("shift.by_telephone"), strong=True, wrap=True)
        self._number = QLineEdit()
        self._number.setPlaceholderText(t("calls.number_optional"))
        self._number.setAccessibleName(t("calls.number_optional"))
        self._number.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,20}"), self))
        self._open = KeyButton(t("calls.open_by_hand"), tone="care")
        self._open.clicked.connect(self._wish)
        self._number.returnPressed.connect(self._wish)
        self.body.addWidget(self._title)
        self.body.addWidget(self._talks)
        self.body.addWidget(Label(t("calls.line_gone_advice"), wrap=True))
        self.body.addWidget(self._number)
        self.body.addWidget(self._open)
        self.hide()

    def show_line(self, gone_since: datetime | None, talks: bool = False) -> None:
        """Show it while the line is gone; None when it is back.

        While somebody `talks` it says that the telephone alone ends the conversation.
        """
        self.setVisible(gone_since is not None)
        self._talks.setVisible(talks)
        if gone_since is not None:
            self._title.setText(t("calls.line_gone", time=f"{gone_since:%H:%M}"))

    def _wish(self) -> None:
        number = self._number.text()
        self._number.clear()
        self.open_wanted.emit(number)
