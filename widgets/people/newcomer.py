"""Somebody who is not known yet: an alias, and a code word by which they can be known again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, CardHeader, row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.labels import Label

_LONGEST = 40


class Newcomer(Card):
    """Enter in either line notes them down."""

    noted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._alias = _line("persons.alias")
        self._word = _line("persons.word")
        self._add = KeyButton(t("persons.add"), tone="soft")
        self._add.clicked.connect(self._note)
        for line in (self._alias, self._word):
            line.returnPressed.connect(self._note)
            line.textChanged.connect(self._show_add)
        self.body.addWidget(CardHeader(t("persons.newcomer")))
        self.body.addLayout(row(self._alias, self._word, self._add))
        self.body.addWidget(Label(t("persons.newcomer_hint"), size="small", tone="soft", wrap=True))
        self._show_add()

    def clear(self) -> None:
        """Forget what was typed."""
        self._alias.clear()
        self._word.clear()

    def _show_add(self) -> None:
        self._add.setEnabled(bool(self._alias.text().strip()))

    def _note(self) -> None:
        for line in (self._alias, self._word):
            commit_composition(line)
        if self._alias.text().strip():
            self.noted.emit(self._alias.text(), self._word.text())
            self.clear()


def _line(key: str) -> LineEdit:
    line = LineEdit()
    line.setPlaceholderText(t(key))
    line.setAccessibleName(t(key))
    line.setMaxLength(_LONGEST)
    return line
