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
    renamed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._alias = _line("persons.alias")
        self._word = _line("persons.word")
        self._add = KeyButton(t("persons.add"), tone="soft")
        self._add.clicked.connect(self._note)
        self._rename = KeyButton("", tone="link")
        self._rename.clicked.connect(self._name)
        for line in (self._alias, self._word):
            line.returnPressed.connect(self._note)
            line.textChanged.connect(self._show_add)
        self.body.addWidget(CardHeader(t("persons.newcomer")))
        self.body.addLayout(row(self._alias, self._word, self._add))
        self.body.addLayout(row(1, self._rename))
        self.body.addWidget(Label(t("persons.newcomer_hint"), size="small", tone="soft", wrap=True))
        self._show_add()

    def clear(self) -> None:
        """Forget what was typed."""
        self._alias.clear()
        self._word.clear()

    def show_chosen(self, name: str) -> None:
        """Offer to call somebody who is known so from now on; "" where nobody is chosen."""
        self._rename.setVisible(bool(name))
        self._rename.show_label(t("persons.rename", name=name))

    def show_call(self, on: bool) -> None:
        """Offer to add somebody only where there is a call that they had a part in."""
        self._add.setVisible(on)

    def _show_add(self) -> None:
        typed = bool(self._alias.text().strip())
        self._add.setEnabled(typed)
        self._rename.setEnabled(typed)

    def _name(self) -> None:
        self._commit()
        if self._alias.text().strip():
            self.renamed.emit(self._alias.text(), self._word.text())
            self.clear()

    def _commit(self) -> None:
        for line in (self._alias, self._word):
            commit_composition(line)

    def _note(self) -> None:
        self._commit()
        if self._alias.text().strip() and not self._add.isHidden():
            self.noted.emit(self._alias.text(), self._word.text())
            self.clear()


def _line(key: str) -> LineEdit:
    line = LineEdit()
    line.setPlaceholderText(t(key))
    line.setAccessibleName(t(key))
    line.setMaxLength(_LONGEST)
    return line
