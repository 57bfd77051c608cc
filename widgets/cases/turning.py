"""Closing a case with a reason, or opening it again with a word."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.cases.case import Why
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.flow import Flow
from widgets.base.labels import Label
from widgets.theme import px


class Turning(QWidget):
    """A quiet link first; the reasons come into sight when it is pressed."""

    turned = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self._begin = KeyButton(t("cases.close"), tone="link")
        self._begin.clicked.connect(self._open_or_close)
        self._words = LineEdit()
        self._words.setPlaceholderText(t("cases.close_words"))
        self._words.setAccessibleName(t("cases.close_words"))
        self._more = QWidget()
        self._buttons = {why: KeyButton(t(f"cases.why_{why}")) for why in Why}
        for why, button in self._buttons.items():
            button.clicked.connect(lambda _=False, why=why: self._turn(why))
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(px(6))
        more.addWidget(Label(t("cases.close_why"), size="small", tone="soft", wrap=True))
        more.addWidget(self._words)
        more.addWidget(Flow(*self._buttons.values()))
        self._more.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row(self._begin, 1))
        column.addWidget(self._more)

    def show_closed(self, closed: bool) -> None:
        """Offer to close it, or to open it again."""
        self._closed = closed
        self._begin.show_label(t("cases.reopen" if closed else "cases.close"))
        if closed:
            self._more.hide()

    def forget(self) -> None:
        """Another case is shown."""
        self._words.clear()
        self._more.hide()

    def _open_or_close(self) -> None:
        if self._closed:
            self.turned.emit(None, "")
        else:
            self._more.setVisible(self._more.isHidden())
            if self._more.isVisible():
                self._words.setFocus()

    def _turn(self, why: Why) -> None:
        commit_composition(self._words)
        self.turned.emit(why, self._words.text())
        self.forget()
