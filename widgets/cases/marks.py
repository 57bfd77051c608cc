"""Marks of misuse: asked for by who answered, decided by who leads. Nothing here keeps a call away."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from models.cases.mark import LOWERS, State
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.labels import Label
from widgets.base.rows import Column, RowTable
from widgets.base.table import list_view
from widgets.cases.caller_view import MarkRow
from widgets.theme import px

_WIDTHS = (124, 120, 110, 180, 80)
_LONGEST = 200
_USUAL_DAYS = 7


def _columns() -> tuple[Column[MarkRow], ...]:
    def said(name: str, write: Callable[[MarkRow], str]) -> Column[MarkRow]:
        return Column(t(f"callers.column_{name}"), write)

    return (
        said("number", lambda one: one.number),
        said("mark_state", lambda one: t(f"callers.mark_{one.state}")),
        said("until", lambda one: f"{one.until:%m-%d %H:%M}" if one.until else ""),
        said("reason", lambda one: one.reason),
        said("name", lambda one: one.name),
    )


class MarksPanel(QWidget):
    """``asked(reason)`` about who is on the line.

    For who leads: ``approved(mark, days, reason)``, ``refused(mark, reason)``, ``ended(mark, reason)``.
    """

    asked = Signal(str)
    approved = Signal(str, int, str)
    refused = Signal(str, str)
    ended = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._here, self._leads = "", False
        self._table = RowTable(_columns(), self)
        self._view = list_view(self._table, t("callers.marks"), _WIDTHS, 3)
        self._view.selectionModel().selectionChanged.connect(self._look)
        self._words = Label(wrap=True)
        self._reason = LineEdit()
        self._reason.setMaxLength(_LONGEST)
        self._reason.setAccessibleName(t("callers.mark_reason"))
        self._reason.setPlaceholderText(t("callers.mark_reason"))
        self._reason.textChanged.connect(self._look)
        self._days = QSpinBox()
        self._days.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._days.setAccessibleName(t("callers.days"))
        self._days.lineEdit().setAccessibleName(t("callers.days"))
        self._days.setSuffix(t("callers.days_suffix"))
        self._ask = KeyButton(t("callers.ask_mark"))
        self._approve = KeyButton(t("callers.approve"), tone="accent")
        self._refuse = KeyButton(t("callers.refuse"))
        self._end = KeyButton(t("callers.end_mark"))
        self._ask.clicked.connect(self._wish_ask)
        self._approve.clicked.connect(
            lambda: self.approved.emit(self._id(), self._days.value(), self._said())
        )
        self._refuse.clicked.connect(lambda: self.refused.emit(self._id(), self._said()))
        self._end.clicked.connect(lambda: self.ended.emit(self._id(), self._said()))
        self._arrange()
        self.setFocusProxy(self._view)

    def show_marks(self, rows: tuple[MarkRow, ...], here: str, leads: bool, most_days: int) -> None:
        """Show these; `here` is the masked number on the line, "" for none."""
        chosen = self._id()
        self._here, self._leads = here, leads
        if self._days.maximum() != most_days:
            self._days.setRange(1, most_days)
            self._days.setValue(min(_USUAL_DAYS, most_days))
        self._table.show_rows(rows)
        for place, one in enumerate(rows):
            if one.id == chosen:
                self._view.selectRow(place)
        if rows and not self._id():
            self._view.selectRow(0)
        self._look()

    def suggest(self, reason: str) -> None:
        """Begin with this reason, where none is typed: the note says already what was heard."""
        if reason and not self._reason.text().strip():
            self._reason.setText(reason[:_LONGEST])

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(px(8))
        page.addWidget(self._view, 1)
        page.addWidget(self._words)
        page.addWidget(self._reason)
        page.addLayout(row(self._ask, 1, self._days, self._approve, self._refuse, self._end))
        page.addWidget(Label(t("callers.mark_hint"), size="small", tone="soft", wrap=True))

    def _chosen(self) -> MarkRow | None:
        places = self._view.selectionModel().selectedRows()
        return self._table.rows[places[0].row()] if places else None

    def _id(self) -> str:
        chosen = self._chosen()
        return chosen.id if chosen else ""

    def _said(self) -> str:
        commit_composition(self._reason)
        said = self._reason.text().strip()
        self._reason.clear()
        return said

    def _look(self) -> None:
        chosen, said = self._chosen(), bool(self._reason.text().strip())
        asked = chosen is not None and chosen.state is State.ASKED
        lowers = chosen is not None and chosen.state in LOWERS
        self._words.setText(self._about(chosen))
        self._ask.setEnabled(bool(self._here) and said)
        for button, shown in ((self._approve, asked), (self._refuse, asked), (self._end, lowers)):
            button.setVisible(self._leads and shown)
            button.setEnabled(said)
        self._days.setVisible(self._leads and asked)

    @staticmethod
    def _about(chosen: MarkRow | None) -> str:
        if chosen is None:
            return t("callers.no_marks")
        at = f"{chosen.asked_at:%m-%d %H:%M}"
        return t("callers.mark_about", number=chosen.number, name=chosen.name, at=at, reason=chosen.reason)

    def _wish_ask(self) -> None:
        self.asked.emit(self._said())
