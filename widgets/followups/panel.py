"""The list of calls that are owed: one key dials, overdue stands in words and colour."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
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
from widgets.base.keys import key_for
from widgets.base.labels import Label
from widgets.base.table import list_view
from widgets.followups.model import DueTable, Index
from widgets.followups.view import DueRow
from widgets.theme import colour, px

_WIDTHS = (172, 124, 136, 170, 96)


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
    """Enter or a double click dials the chosen one, the first where none was chosen."""

    dial_wanted = Signal(str)
    close_wanted = Signal(str)
    ask_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = DueTable(self)
        self._summary = Label(tone="soft")
        self._view = self._make_view()
        self._dial = KeyButton(t("followups.dial"), "Enter", "accent")
        self._dial.clicked.connect(self._wish_dial)
        self._close = KeyButton(t("followups.close"), tone="care")
        self._close.clicked.connect(self._wish_close)
        self._ask = KeyButton(t("followups.ask"), key_for("call_back"))
        self._ask.clicked.connect(self.ask_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._summary)
        column.addWidget(self._view, 1)
        column.addWidget(Label(t("followups.hint"), size="small", tone="soft", wrap=True))
        column.addLayout(row(self._dial, self._close, 1, self._ask))
        self.setFocusProxy(self._view)
        self.show_rows((), can_dial=False)

    def show_rows(self, rows: tuple[DueRow, ...], can_dial: bool) -> None:
        """Show these; `can_dial` is false while another call is at hand."""
        chosen = self._chosen()
        self._can_dial = can_dial
        self._table.show_rows(rows)
        for place, one in enumerate(rows):
            if one.id == chosen:
                self._view.selectRow(place)
        if rows and self._row() is None:
            self._view.selectRow(0)
        overdue = sum(one.overdue for one in rows)
        self._summary.setText(t("followups.summary", n=len(rows), overdue=overdue))
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
        self._dial.setEnabled(chosen is not None and self._can_dial)
        self._close.setVisible(chosen is not None and chosen.expired)

    def _wish_dial(self) -> None:
        chosen = self._chosen()
        if chosen and self._can_dial:
            self.dial_wanted.emit(chosen)

    def _wish_close(self) -> None:
        self.close_wanted.emit(self._chosen())
