"""Asking for the whole numbers in a text: a button while some are masked, then the reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.labels import Label
from widgets.base.reasons import UnmaskReasons
from widgets.theme import px


class WholeNumbers(QWidget):
    """``given(reason)``; takes no room while nothing is masked."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._masked = Label(t("access.numbers_masked"), size="small", tone="soft")
        self._button = KeyButton(t("access.unmask"), tone="link", name=t("access.unmask_name"))
        self._why = UnmaskReasons()
        self._button.clicked.connect(self._why.open_or_close)
        self._why.given.connect(self.given)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(row(self._masked, self._button, 1, gap=4))
        column.addWidget(self._why)
        self.hide()

    def show_masked(self, masked: bool) -> None:
        """Whether numbers are hidden in what is shown now."""
        self.setVisible(masked)
        if not masked:
            self._why.hide()
