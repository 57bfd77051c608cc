"""The sheet in which somebody is named: known persons, others by alias or code word, a new one, merging."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTableView, QToolButton, QVBoxLayout, QWidget

from models.people.person import Part
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.clearing import show_clear
from widgets.base.composition import LineEdit
from widgets.base.labels import Label
from widgets.base.rows import Column, RowTable, show_levels
from widgets.base.segment import Option, Segment
from widgets.base.table import list_view
from widgets.people.merging import MergeCard
from widgets.people.newcomer import Newcomer
from widgets.people.view import MergeView, PersonRow
from widgets.people.words import calls_of, name_of, part_of
from widgets.theme import px

_LONGEST = 40
_LEVEL = 3


class WhoPanel(QWidget):
    """Enter chooses whom the list shows first; what will be together is shown before anything is merged."""

    person_chosen = Signal(str, Part)
    newcomer_noted = Signal(str, str, Part)
    taken_back = Signal(str)
    untied = Signal(str)
    renamed = Signal(str, str, str)
    sought = Signal(str)
    history_wanted = Signal(str)
    merge_proposed = Signal(str, str)
    merge_confirmed = Signal(str, str)
    merge_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: tuple[PersonRow, ...] = ()
        self._found: tuple[PersonRow, ...] = ()
        self._first: PersonRow | None = None
        self._in_call = True
        self._part_row = QWidget()
        self._table = RowTable[PersonRow](
            (
                Column(t("persons.column_name"), name_of),
                Column(t("persons.column_word"), lambda one: one.code_word),
                Column(t("persons.column_calls"), calls_of),
                Column(t("persons.column_level"), lambda one: one.level, level=True),
                Column(t("persons.column_part"), part_of),
            ),
            self,
        )
        self._part = Segment(
            [Option(one, t(f"persons.part_{one}"), str(place)) for place, one in enumerate(Part, 1)],
            t("persons.part"),
            always=True,
        )
        self._part.show_choice(Part.SELF)
        self._box = LineEdit()
        self._said = Label(size="small", tone="soft", wrap=True)
        self._view = self._make_view()
        self._choose = KeyButton(t("persons.choose"), "Enter", "accent")
        self._back = KeyButton(t("persons.take_back"))
        self._untie = KeyButton(t("persons.untie"), tone="link")
        self._history = KeyButton(t("persons.history"), tone="link")
        self._merge = KeyButton(t("persons.merge"), tone="link")
        self._newcomer = Newcomer()
        self._merging = MergeCard()
        self._connect()
        self._arrange()
        self.setFocusProxy(self._box)
        self._show_rows()

    def begin(self, in_call: bool) -> None:
        """Show the sheet as it is before anybody typed; without a call somebody can only be looked for."""
        self.show_call(in_call)
        self._first = None
        self._box.clear()
        self._newcomer.clear()
        self._part.show_choice(Part.SELF)
        self.show_merging(None)

    def show_call(self, in_call: bool) -> None:
        """Whether somebody can be said to have a part in a call; what is typed stays."""
        self._in_call = in_call
        for piece in (self._part_row, self._choose):
            piece.setVisible(in_call)
        self._newcomer.show_call(in_call)
        self._show_buttons()

    def show_known(self, known: tuple[PersonRow, ...]) -> None:
        """Show who calls under the number, and who was said to have a part in the call."""
        self._known = known
        self._show_rows()

    def show_found(self, found: tuple[PersonRow, ...]) -> None:
        """Show who was found for what stands in the box."""
        self._found = found
        self._show_rows()

    def show_merging(self, view: MergeView | None) -> None:
        """Show what will be together; None where nothing is proposed."""
        self._merging.show_view(view)
        if view is None:
            self._first = None
        self._show_buttons()

    def _show_rows(self) -> None:
        chosen, seeks = self._row(), bool(self._box.text().strip())
        rows = self._found if seeks else self._known
        self._table.show_rows(rows)
        for place, one in enumerate(rows):
            if chosen is not None and one.id == chosen.id:
                self._view.selectRow(place)
        if rows and self._row() is None:
            self._view.selectRow(0)
        empty = "persons.none_found" if seeks else "persons.none_known"
        self._said.setText(t("persons.found", n=len(rows)) if rows else t(empty))
        self._show_buttons()

    def _make_view(self) -> QTableView:
        view = list_view(self._table, t("persons.list"), (140, 104, 192, 116, 130), 0)
        show_levels(view, self._table, _LEVEL)
        view.activated.connect(self._wish_choose)
        view.selectionModel().selectionChanged.connect(self._show_buttons)
        return view

    def _connect(self) -> None:
        self._box.setPlaceholderText(t("persons.seek"))
        self._box.setAccessibleName(t("persons.seek"))
        self._box.setMaxLength(_LONGEST)
        show_clear(self._box)
        for button in self._box.findChildren(QToolButton):
            button.setAccessibleName(t("persons.clear"))
        self._box.textChanged.connect(self.sought)
        self._box.textChanged.connect(self._show_rows)
        self._box.returnPressed.connect(self._wish_choose)
        self._choose.clicked.connect(self._wish_choose)
        self._back.clicked.connect(self._wish_back)
        self._untie.clicked.connect(self._wish_untie)
        self._newcomer.renamed.connect(self._wish_rename)
        self._history.clicked.connect(self._wish_history)
        self._merge.clicked.connect(self._wish_merge)
        self._newcomer.noted.connect(self._wish_newcomer)
        self._merging.confirmed.connect(self.merge_confirmed)
        self._merging.cancelled.connect(self.merge_cancelled)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        parts = row(Label(t("persons.part"), tone="soft"), self._part, 1)
        self._part_row.setLayout(parts)
        column.addWidget(self._part_row)
        column.addWidget(self._box)
        column.addWidget(self._said)
        column.addWidget(self._view, 1)
        column.addLayout(row(self._choose, self._back, 1, self._untie, self._history, self._merge))
        column.addWidget(self._merging)
        column.addWidget(self._newcomer)

    def _row(self) -> PersonRow | None:
        chosen = self._view.selectionModel().selectedRows()
        return self._table.at(chosen[0].row()) if chosen else None

    def _show_buttons(self) -> None:
        chosen = self._row()
        for button in (self._choose, self._history, self._merge):
            button.setEnabled(chosen is not None)
        self._back.setVisible(chosen is not None and chosen.part is not None)
        offered = chosen is not None and chosen.part is None and chosen in self._known
        self._untie.setVisible(offered and self._in_call)
        self._newcomer.show_chosen(name_of(chosen) if chosen else "")
        other = self._first is not None and chosen is not None and chosen.id != self._first.id
        name = name_of(self._first) if self._first else ""
        self._merge.show_label(t("persons.merge_with", name=name) if other else t("persons.merge"))
        waits = self._first is not None and not other
        self._merge.setEnabled(chosen is not None and not waits)
        if waits:
            self._said.setText(t("persons.merge_choose", name=name))

    @property
    def _wanted_part(self) -> Part:
        return Part(str(self._part.choice))

    def _wish_choose(self) -> None:
        chosen = self._row()
        if chosen is not None and self._in_call:
            self.person_chosen.emit(chosen.id, self._wanted_part)
        elif chosen is not None:
            self.history_wanted.emit(chosen.id)

    def _wish_back(self) -> None:
        chosen = self._row()
        if chosen is not None:
            self.taken_back.emit(chosen.id)

    def _wish_untie(self) -> None:
        chosen = self._row()
        if chosen is not None:
            self.untied.emit(chosen.id)

    def _wish_rename(self, alias: str, word: str) -> None:
        chosen = self._row()
        if chosen is not None:
            self.renamed.emit(chosen.id, alias, word)

    def _wish_history(self) -> None:
        chosen = self._row()
        if chosen is not None:
            self.history_wanted.emit(chosen.id)

    def _wish_merge(self) -> None:
        chosen = self._row()
        if chosen is None:
            return
        if self._first is not None and self._first.id != chosen.id:
            self.merge_proposed.emit(self._first.id, chosen.id)
        else:
            self._first = chosen
            self._show_buttons()

    def _wish_newcomer(self, alias: str, word: str) -> None:
        self.newcomer_noted.emit(alias, word, self._wanted_part)
