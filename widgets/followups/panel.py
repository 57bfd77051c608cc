"""The list of calls that are owed: one key dials, overdue stands in words and colour."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.keys import key_for
from widgets.base.labels import Label
from widgets.base.rows import Index
from widgets.base.segment import Option, Segment
from widgets.base.tab_order import walk_before
from widgets.base.table import list_view
from widgets.followups.detail import Detail
from widgets.followups.model import DueTable
from widgets.followups.outcomes import Outcomes
from widgets.followups.view import DueDetail, DueRow, OutcomeRow
from widgets.followups.whole_number import WholeNumber
from widgets.theme import colour, px

_WIDTHS = (158, 108, 266, 130, 60)
_SHIFT, _MINE = "shift", "mine"
_LONGEST = 200


class _DueDelegate(QStyledItemDelegate):
    """Writes a time that is over in the colour of what needs care."""

    def __init__(self, table: DueTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Colour the words."""
        super().initStyleOption(option, index)
        if self._table.at(index.row()).overdue:
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, colour("care"))


class DuePanel(QWidget):
    """Enter or a double click dials the chosen one, the first where none was chosen.

    ``end_wanted(followup, reason)``, ``allow_wanted(owed, reason)``, ``row_chosen(owed)`` ("" for none),
    ``seen(followup)``, ``unmask_wanted(owed, reason)``.
    """

    dial_wanted = Signal(str)
    close_wanted = Signal(str)
    ask_wanted = Signal()
    end_wanted = Signal(str, str)
    allow_wanted = Signal(str, str)
    row_chosen = Signal(str)
    seen = Signal(str)
    unmask_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[DueRow, ...] = ()
        self._later, self._leads, self._can_dial = 0, False, False
        self._told = ""
        self._table = DueTable(self)
        self._summary = Label(tone="soft", wrap=True)
        options = [Option(name, t(f"followups.whose_{name}"), tone="accent") for name in (_SHIFT, _MINE)]
        self._whose = Segment(options, t("followups.whose"), always=True)
        self._whose.show_choice(_SHIFT)
        self._whose.chosen.connect(self._filter)
        self._view = self._make_view()
        self._outcomes, self._detail, self._number = Outcomes(), Detail(), WholeNumber()
        self._dial = KeyButton(t("followups.dial"), "Enter", "accent")
        self._close = KeyButton(t("followups.close"), tone="care")
        self._ask = KeyButton(t("followups.ask"), key_for("call_back"))
        self._reason = LineEdit()
        self._reason.setMaxLength(_LONGEST)
        self._end = KeyButton(t("followups.end"))
        self._allow = KeyButton(t("followups.allow"), tone="care")
        self._barred = Label(tone="urgent", wrap=True)
        self._connect()
        self._arrange()
        self.setFocusProxy(self._view)
        self.show_rows((), can_dial=False)

    def show_rows(
        self, rows: tuple[DueRow, ...], can_dial: bool, later: int = 0, leads: bool = False
    ) -> None:
        """Show these; `can_dial` is false while another call is at hand. `later` more are due after today.

        `leads`: who looks may open the way to somebody who wishes no contact.
        """
        self._rows, self._can_dial = rows, can_dial
        self._later, self._leads = later, leads
        self._filter()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell who is chosen: while nobody looked nothing that was agreed with them was brought here."""
        super().showEvent(event)
        self.row_chosen.emit(self._chosen())

    def show_outcomes(self, rows: tuple[OutcomeRow, ...]) -> None:
        """Show what others brought back of calls that I promised."""
        walk_before(self._view, *self._outcomes.show_outcomes(rows))

    def show_detail(self, detail: DueDetail | None) -> None:
        """Show what was agreed with the person of the chosen row."""
        chosen = self._chosen()
        self._detail.show_detail(detail if detail is not None and detail.id == chosen else None)

    def _connect(self) -> None:
        self._outcomes.seen.connect(self.seen)
        self._number.wanted.connect(self._wish_unmask)
        self._dial.clicked.connect(self._wish_dial)
        self._close.clicked.connect(self._wish_close)
        self._ask.clicked.connect(self.ask_wanted)
        self._reason.textChanged.connect(self._show_buttons)
        self._end.clicked.connect(self._wish_end)
        self._allow.clicked.connect(self._wish_allow)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        head = row(self._summary, self._whose)
        head.setStretch(0, 1)
        column.addLayout(head)
        column.addWidget(self._outcomes)
        column.addWidget(self._view, 1)
        column.addWidget(self._number)
        column.addWidget(self._detail)
        column.addWidget(self._barred)
        column.addWidget(Label(t("followups.hint"), size="small", tone="soft", wrap=True))
        acts = row(self._reason, self._end, self._allow)
        acts.setStretch(0, 1)
        column.addLayout(acts)
        column.addLayout(row(self._dial, self._close, self._number.button, 1, self._ask))

    def _filter(self, _whose: str = "") -> None:
        chosen = self._chosen()
        mine = self._whose.choice == _MINE
        rows = tuple(one for one in self._rows if not mine or one.mine or one.own)
        self._table.show_rows(rows)
        for place, one in enumerate(rows):
            if chosen in (one.id, *one.others):
                self._view.selectRow(place)
        if rows and self._row() is None:
            self._view.selectRow(0)
        overdue = sum(one.overdue for one in rows)
        words = t("followups.summary", n=len(rows), overdue=overdue)
        more = t("followups.later", n=self._later) if self._later else ""
        self._summary.setText(words + more)
        self._summary.show_tone("care" if overdue else "soft")
        self._show_buttons()

    def _make_view(self) -> QTableView:
        view = list_view(self._table, t("followups.title"), _WIDTHS, 3)
        view.setItemDelegateForColumn(0, _DueDelegate(self._table, view))
        view.activated.connect(self._wish_dial)
        view.selectionModel().selectionChanged.connect(self._show_buttons)
        return view

    def _row(self) -> DueRow | None:
        chosen = self._view.selectionModel().selectedRows()
        return self._table.at(chosen[0].row()) if chosen else None

    def _chosen(self) -> str:
        chosen = self._row()
        return chosen.id if chosen else ""

    def _show_buttons(self) -> None:
        chosen = self._row()
        self._number.show_row(chosen)
        series = chosen is not None and chosen.why is None
        barred = chosen is not None and chosen.barred
        said = bool(self._reason.text().strip())
        self._dial.setEnabled(chosen is not None and self._can_dial and not barred)
        self._close.setVisible(chosen is not None and chosen.expired)
        self._end.setVisible(series)
        self._end.setEnabled(said)
        self._allow.setVisible(barred and self._leads)
        self._allow.setEnabled(said)
        self._reason.setVisible(series or (barred and self._leads))
        self._barred.setText(t("followups.barred") if barred else "")
        self._barred.setVisible(barred)
        hint = t("followups.allow_reason" if barred and self._leads else "followups.end_reason")
        self._reason.setPlaceholderText(hint)
        self._reason.setAccessibleName(hint)
        if not series:
            self._detail.show_detail(None)
        if self._chosen() != self._told:
            self._told = self._chosen()
            self._reason.clear()
            self.row_chosen.emit(self._told)

    def _wish_dial(self) -> None:
        if self._chosen() and self._dial.isEnabled():
            self.dial_wanted.emit(self._chosen())

    def _wish_unmask(self, owed: str, reason: str) -> None:
        self.unmask_wanted.emit(owed, reason)
        self._view.setFocus()

    def _wish_close(self) -> None:
        self.close_wanted.emit(self._chosen())

    def _wish_end(self) -> None:
        commit_composition(self._reason)
        self.end_wanted.emit(self._chosen(), self._reason.text().strip())
        self._reason.clear()

    def _wish_allow(self) -> None:
        commit_composition(self._reason)
        self.allow_wanted.emit(self._chosen(), self._reason.text().strip())
        self._reason.clear()
