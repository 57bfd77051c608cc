"""The open cases that may be read here: what is due first, what others say came of a task."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTableView, QToolButton, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.clearing import show_clear
from widgets.base.composition import LineEdit
from widgets.base.labels import Label
from widgets.base.rows import Column, RowTable, show_levels
from widgets.base.table import list_view
from widgets.cases.view import CaseRow
from widgets.theme import px

_LEVEL = 2
_LONGEST = 80


class CaseList(QWidget):
    """Enter or a double click opens the chosen one; what is typed is looked for in names and stories."""

    open_wanted = Signal(str)
    sought = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = RowTable[CaseRow](
            (
                Column(t("cases.column_person"), lambda one: one.name),
                Column(t("cases.column_counsellor"), lambda one: one.counsellor),
                Column(t("cases.column_level"), lambda one: one.level, level=True),
                Column(t("cases.column_due"), lambda one: one.due),
                Column(t("cases.column_news"), lambda one: one.news),
                Column(t("cases.column_opened"), lambda one: f"{one.opened_at:%Y-%m-%d}"),
            ),
            self,
        )
        self._box = LineEdit()
        self._box.setPlaceholderText(t("cases.seek"))
        self._box.setAccessibleName(t("cases.seek"))
        self._box.setMaxLength(_LONGEST)
        show_clear(self._box)
        for button in self._box.findChildren(QToolButton):
            button.setAccessibleName(t("cases.clear"))
        self._box.textChanged.connect(self.sought)
        self._box.returnPressed.connect(self._wish)
        self._said = Label(tone="soft")
        self._view = self._make_view()
        self._open = KeyButton(t("cases.open"), "Enter", "accent")
        self._open.clicked.connect(self._wish)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._box)
        column.addWidget(self._said)
        column.addWidget(self._view, 1)
        column.addLayout(row(self._open, 1))
        self.setFocusProxy(self._box)
        self.show_rows(())

    def show_rows(self, rows: tuple[CaseRow, ...]) -> None:
        """Show these in the order in which they are given."""
        chosen = self._row()
        self._table.show_rows(rows)
        for place, one in enumerate(rows):
            if chosen is not None and one.person == chosen.person:
                self._view.selectRow(place)
        if rows and self._row() is None:
            self._view.selectRow(0)
        due = sum(bool(one.due) for one in rows)
        self._said.setText(t("cases.summary", n=len(rows), due=due) if rows else t("cases.no_cases"))
        self._open.setEnabled(bool(rows))

    def clear(self) -> None:
        """Forget what was typed."""
        self._box.clear()

    def _make_view(self) -> QTableView:
        view = list_view(self._table, t("cases.title"), (150, 110, 104, 190, 200, 96), 4)
        show_levels(view, self._table, _LEVEL)
        view.activated.connect(self._wish)
        return view

    def _row(self) -> CaseRow | None:
        chosen = self._view.selectionModel().selectedRows()
        return self._table.at(chosen[0].row()) if chosen else None

    def _wish(self) -> None:
        chosen = self._row()
        if chosen is not None:
            self.open_wanted.emit(chosen.person)
