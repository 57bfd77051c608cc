"""A growing list of words in a case, each with who and when, and a line to add one more."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import clear, row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.labels import Label
from widgets.base.tab_order import walk_before
from widgets.cases.view import EntryView
from widgets.theme import px

_LONGEST = 2000


class Entries(QWidget):
    """One's own entries can be struck out; they stay in the history."""

    added = Signal(list)
    struck = Signal(str)

    def __init__(self, title: str, fields: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[EntryView, ...] | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(6))
        self._fields = [_field(key) for key in fields]
        self._add = KeyButton(t("cases.add"), tone="soft")
        self._add.setAccessibleName(t("cases.add_named", what=title))
        self._add.clicked.connect(self._wish)
        for field in self._fields:
            field.returnPressed.connect(self._wish)
            field.textChanged.connect(self._show_add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(Label(title, strong=True))
        column.addLayout(self._lines)
        column.addLayout(row(*self._fields, self._add, gap=6))
        self._show_add()

    def show_entries(self, entries: tuple[EntryView, ...]) -> None:
        """Show these in their order; what is being typed stays."""
        if entries == self._shown:
            return
        self._shown = entries
        clear(self._lines)
        for one in entries:
            entry = self._entry(one)
            self._lines.addWidget(entry)
            walk_before(self._fields[0], entry)

    def forget(self) -> None:
        """What was typed belongs to another case."""
        for field in self._fields:
            field.clear()

    def _entry(self, entry: EntryView) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = row(Label(entry.small, size="small", tone="soft"), 1)
        if entry.mine:
            strike = KeyButton(t("cases.strike"), tone="link")
            strike.set_compact()
            strike.setAccessibleName(t("cases.strike_named", text=entry.text[:40]))
            strike.clicked.connect(lambda: self.struck.emit(entry.id))
            head.addWidget(strike)
        column.addLayout(head)
        column.addWidget(Label(entry.text, wrap=True))
        return holder

    def _show_add(self) -> None:
        self._add.setEnabled(bool(self._fields[0].text().strip()))

    def _wish(self) -> None:
        for field in self._fields:
            commit_composition(field)
        if self._fields[0].text().strip():
            self.added.emit([field.text() for field in self._fields])
            self.forget()


def _field(key: str) -> QLineEdit:
    field = LineEdit()
    field.setPlaceholderText(t(key))
    field.setAccessibleName(t(key))
    field.setMaxLength(_LONGEST)
    return field
