"""The history of a person as a list: time, what happened, level as tag, what may be opened."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.labels import Label
from widgets.base.rows import Column, RowTable, show_levels
from widgets.base.table import list_view
from widgets.cases.view import LineView
from widgets.theme import px

_WHAT, _LEVEL, _PEAK = 1, 2, 3
_LEAST = 140
_ASSESSED = ("R0", "R1", "R2", "R3", "R4")


class Timeline(QWidget):
    """Enter or a double click opens a record or referral, or asks for what may not be read here."""

    open_wanted = Signal(str)
    ask_wanted = Signal(str)
    referral_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = RowTable[LineView](
            (
                Column(t("cases.column_at"), lambda one: f"{one.at:%Y-%m-%d %H:%M}"),
                Column(t("cases.column_what"), what_of),
                Column(t("cases.column_level"), lambda one: one.level, level=True),
                Column(t("cases.column_peak"), peak_of, level=True),
                Column(t("cases.column_record"), record_of),
            ),
            self,
        )
        self._count = Label(size="small", tone="soft")
        self._view = self._make_view()
        self._open = KeyButton(t("cases.open_record"), "Enter")
        self._open.clicked.connect(self._wish_open)
        self._hint = Label(tone="care", wrap=True)
        self._hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self._view, 1)
        column.addWidget(self._hint)
        column.addLayout(row(self._count, 1, self._open))
        self.setFocusProxy(self._view)
        self._show_button()

    def show_lines(self, lines: tuple[LineView, ...]) -> None:
        """Show these, the latest first as they are given."""
        chosen = self._row()
        self._table.show_rows(lines)
        self._view.clearSpans()
        for place, one in enumerate(lines):
            if not one.level and not peak_of(one):
                # No level stands beside them: the words take that room too.
                self._view.setSpan(place, _WHAT, 1, _PEAK - _WHAT + 1)
        same = (place for place, one in enumerate(lines) if chosen and _is(one, chosen))
        for place in (*same, 0)[:1] if lines else ():
            self._view.selectRow(place)
        calls = len({one.call for one in lines if one.part is not None})
        self._count.setText(t("cases.count", n=len(lines), calls=calls))
        self._show_button()

    def show_hint(self, text: str) -> None:
        """Say what else is to be done; "" for nothing."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def _make_view(self) -> QTableView:
        view = list_view(self._table, t("cases.timeline"), (118, 150, 110, 94, 62), 1)
        view.setMinimumHeight(px(_LEAST))
        show_levels(view, self._table, _LEVEL)
        show_levels(view, self._table, _PEAK, _ASSESSED)
        view.activated.connect(self._wish_open)
        view.selectionModel().selectionChanged.connect(self._show_button)
        return view

    def _row(self) -> LineView | None:
        chosen = self._view.selectionModel().selectedRows()
        return self._table.at(chosen[0].row()) if chosen else None

    def _show_button(self) -> None:
        chosen = self._row()
        self._open.setEnabled(chosen is not None and bool(chosen.opens or chosen.locked or chosen.referral))
        asks = chosen is not None and chosen.locked
        self.show_hint("")
        referral = chosen is not None and bool(chosen.referral)
        self._open.show_label(
            t("cases.ask_record" if asks else "cases.open" if referral else "cases.open_record")
        )

    def _wish_open(self) -> None:
        chosen = self._row()
        if chosen is not None and chosen.opens:
            self.open_wanted.emit(chosen.opens)
        elif chosen is not None and chosen.locked:
            self.ask_wanted.emit(chosen.call)
        elif chosen is not None and chosen.referral:
            self.referral_wanted.emit(chosen.referral)


def _is(one: LineView, other: LineView) -> bool:
    """True for the same line, whatever is known of it by now."""
    return (one.at, one.kind, one.call, one.referral) == (other.at, other.kind, other.call, other.referral)


def what_of(line: LineView) -> str:
    """What happened, with the part in a call and whose line it is."""
    words = [t(f"cases.kind_{line.kind}")]
    if line.part is not None:
        words = [t(f"cases.part_{line.part}")]
    return t("cases.words_separator").join([*words, *(one for one in (line.text, line.who) if one)])


def peak_of(line: LineView) -> str:
    """The peak of the call where it is another level than the one that stands."""
    return line.peak if line.peak != line.level else ""


def record_of(line: LineView) -> str:
    """Whether a record can be opened."""
    if line.opens or line.referral:
        return t("cases.record_here")
    return t("cases.record_locked") if line.locked else ""
