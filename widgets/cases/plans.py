"""Caller plans: the list, and the wording of the one that is chosen."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import (
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from models.people.staff import Member
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.labels import Label
from widgets.base.rows import Column, RowTable
from widgets.base.table import list_view
from widgets.cases.caller_view import Draft, PlanRow
from widgets.cases.counsellor import NO_WORDS, NOBODY, CounsellorChoice
from widgets.cases.notice import limits_words
from widgets.theme import px

_WIDTHS = (190, 150, 110, 90)
_LONGEST = 200
_USUAL_REVIEW = timedelta(days=90)
"""[D] The review date that is offered for a new wording."""


def state_text(one: PlanRow) -> str:
    """Where a plan stands: what has to be done about it comes first."""
    if one.ended:
        return t("callers.state_ended")
    if one.review:
        return t("callers.state_review")
    if one.proposed is not None:
        return t("callers.state_proposed")
    return t("callers.state_paused" if one.paused else "callers.state_in_force")


def _columns() -> tuple[Column[PlanRow], ...]:
    def said(name: str, write: Callable[[PlanRow], str]) -> Column[PlanRow]:
        return Column(t(f"callers.column_{name}"), write)

    return (
        said("label", lambda one: t("callers.here", label=one.label) if one.here else one.label),
        said("state", state_text),
        said("review", lambda one: f"{one.text.review_at:%Y-%m-%d}" if one.text.review_at else ""),
        said(
            "agreed",
            lambda one: next((it.agreed_name for it in reversed(one.versions) if it.agreed_name), ""),
        ),
    )


class PlansPanel(QWidget):
    """``proposed(Draft)``, ``row_chosen(plan)``.

    For who leads: ``agreed(plan)``, ``reviewed(plan, date)``, ``paused(plan, reason)``, ``resumed(plan)``,
    ``ended(plan, reason)``.
    """

    proposed = Signal(Draft)
    agreed = Signal(str)
    reviewed = Signal(str, date)
    paused = Signal(str, str)
    resumed = Signal(str)
    ended = Signal(str, str)
    row_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._here, self._leads, self._shown = "", False, "?"
        self._today = date.min
        self._table = RowTable(_columns(), self)
        self._view = list_view(self._table, t("callers.plans"), _WIDTHS, 3)
        self._view.selectionModel().selectionChanged.connect(self._show_chosen)
        self._head = Label(strong=True, wrap=True)
        self._waits = Label(tone="care", wrap=True)
        self._approach, self._limits = QPlainTextEdit(), QPlainTextEdit()
        self._counsellor = CounsellorChoice(t("callers.field_counsellor"))
        self._usual = NOBODY
        self._of_case = Label(size="small", tone="care", wrap=True)
        self._review, self._reason = LineEdit(), LineEdit()
        self._history = Label(size="small", tone="soft", wrap=True)
        self._propose = KeyButton(t("callers.propose"), tone="accent")
        self._acts = {
            name: KeyButton(t(f"callers.{name}")) for name in ("agree", "review", "pause", "resume", "end")
        }
        self._name_fields()
        self._arrange()
        self._connect()
        self.setFocusProxy(self._view)

    def show_plans(self, rows: tuple[PlanRow, ...], here: str, leads: bool, today: date) -> None:
        """Show these; `here` is who is on the line, "" for nobody. What was typed of the chosen one stays."""
        chosen = self._chosen()
        self._here, self._leads, self._today = here, leads, today
        self._table.show_rows(rows)
        wanted = chosen.id if chosen else next((one.id for one in rows if one.here), "")
        for place, one in enumerate(rows):
            if one.id == wanted:
                self._view.selectRow(place)
        self._show_chosen()

    def show_staff(
        self, staff: tuple[Member, ...], usual: Member, words: Mapping[str, str] = NO_WORDS
    ) -> None:
        """Offer these as counsellors; `usual` has the case of who is on the line (no id: nobody).

        `words` say more about them, by their ids.
        """
        self._counsellor.show_staff(staff, words)
        before, self._usual = self._usual, usual
        if self._chosen() is None and self._counsellor.chosen.id == before.id:
            self._counsellor.choose(usual)
        self._look()

    def choose(self, plan: str) -> None:
        """Show this one, as if its line had been chosen."""
        for place, one in enumerate(self._table.rows):
            if one.id == plan:
                self._view.selectRow(place)
                self._view.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell which one is before the eyes: it may have been chosen while nobody looked."""
        super().showEvent(event)
        self.row_chosen.emit(self._id())

    def _name_fields(self) -> None:
        fields: dict[str, QPlainTextEdit | LineEdit] = {
            "approach": self._approach,
            "limits": self._limits,
            "review_at": self._review,
            "reason": self._reason,
        }
        for name, field in fields.items():
            field.setAccessibleName(t(f"callers.field_{name}"))
            field.setPlaceholderText(t(f"callers.hint_{name}"))
        for text in (self._approach, self._limits):
            text.setTabChangesFocus(True)
            text.setFixedHeight(px(62))
        self._reason.setMaxLength(_LONGEST)

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(px(8))
        page.addWidget(self._view, 1)
        page.addWidget(self._head)
        page.addWidget(self._waits)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(6))
        fields = (
            (0, "approach", self._approach),
            (1, "limits", self._limits),
            (2, "counsellor", self._counsellor),
            (4, "review_at", self._review),
        )
        for place, name, field in fields:
            label = Label(t(f"callers.field_{name}"), size="small", tone="soft")
            label.setBuddy(field)
            tall = isinstance(field, QPlainTextEdit)
            grid.addWidget(
                label, place, 0, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
            )
            grid.addWidget(field, place, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._of_case, 3, 1)
        page.addLayout(grid)
        page.addLayout(row(self._propose, self._acts["agree"], self._acts["review"], 1))
        last = row(self._reason, self._acts["pause"], self._acts["resume"], self._acts["end"])
        last.setStretch(0, 1)
        page.addLayout(last)
        page.addWidget(self._history)

    def _connect(self) -> None:
        self._propose.clicked.connect(self._give)
        self._acts["agree"].clicked.connect(lambda: self.agreed.emit(self._id()))
        self._acts["review"].clicked.connect(lambda: self.reviewed.emit(self._id(), self._next_review()))
        self._acts["pause"].clicked.connect(lambda: self._with_reason(self.paused))
        self._acts["resume"].clicked.connect(lambda: self.resumed.emit(self._id()))
        self._acts["end"].clicked.connect(lambda: self._with_reason(self.ended))
        self._counsellor.picked.connect(self._look)
        for field in (self._reason, self._review):
            field.textChanged.connect(self._look)
        for text in (self._approach, self._limits):
            text.textChanged.connect(self._look)

    def _chosen(self) -> PlanRow | None:
        places = self._view.selectionModel().selectedRows()
        return self._table.rows[places[0].row()] if places else None

    def _id(self) -> str:
        chosen = self._chosen()
        return chosen.id if chosen else ""

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self._head.setText(self._heading(chosen))
        waits = chosen is not None and chosen.proposed is not None
        self._waits.setText(t("callers.waits_for_signature") if waits else "")
        self._waits.setVisible(waits)
        self._history.setText(self._versions(chosen) if chosen else "")
        if self._shown != self._id():
            self._shown = self._id()
            self._fill(chosen)
            self.row_chosen.emit(self._shown)
        self._look()

    def _heading(self, chosen: PlanRow | None) -> str:
        if chosen is None:
            return t("callers.new_for", label=self._here) if self._here else t("callers.nobody_here")
        limits = limits_words(chosen.limits, "").rstrip("：: 。") if chosen.text.limits else ""
        return t("callers.plan_of", label=chosen.label, state=limits or state_text(chosen))

    def _fill(self, chosen: PlanRow | None) -> None:
        text = (chosen.proposed or chosen.text) if chosen else None
        self._approach.setPlainText(text.approach if text else "")
        self._limits.setPlainText(text.limits if text else "")
        self._counsellor.choose(Member(text.counsellor, text.counsellor_name) if text else self._usual)
        review = text.review_at.date() if text and text.review_at else self._next_review()
        self._review.setText(review.isoformat())
        self._reason.clear()

    @staticmethod
    def _versions(chosen: PlanRow) -> str:
        lines = []
        for place, one in enumerate(chosen.versions, 1):
            signed = (
                t("callers.signed", name=one.agreed_name, at=f"{one.agreed_at:%Y-%m-%d}")
                if one.agreed_at
                else ""
            )
            lines.append(
                t("callers.version", n=place, at=f"{one.at:%Y-%m-%d %H:%M}", name=one.name, signed=signed)
            )
        return "\n".join(lines[-4:])

    def _next_review(self) -> date:
        return self._today + _USUAL_REVIEW

    def _date(self) -> date | None:
        try:
            return date.fromisoformat(self._review.text().strip())
        except ValueError:
            return None

    def _look(self) -> None:
        chosen, said = self._chosen(), bool(self._reason.text().strip())
        words = bool(self._approach.toPlainText().strip() or self._limits.toPlainText().strip())
        self._propose.setEnabled(
            (chosen is not None or bool(self._here)) and words and self._date() is not None
        )
        live = chosen is not None and not chosen.ended
        paused = chosen is not None and bool(chosen.paused)
        shown = {
            "agree": live and chosen is not None and chosen.proposed is not None,
            "review": live and chosen is not None and chosen.review,
            "pause": live and not paused,
            "resume": live and paused,
            "end": live,
        }
        for name, button in self._acts.items():
            button.setVisible(self._leads and shown[name])
        self._acts["pause"].setEnabled(said)
        self._acts["end"].setEnabled(said)
        self._reason.setVisible(self._leads and live)
        about_here = chosen.here if chosen is not None else bool(self._here)
        other = about_here and bool(self._usual.id) and self._counsellor.chosen.id != self._usual.id
        self._of_case.setText(t("callers.counsellor_of_case", name=self._usual.name) if other else "")
        self._of_case.setVisible(other)

    def _give(self) -> None:
        for field in (self._approach, self._limits, self._review):
            commit_composition(field)
        text = self._approach.toPlainText().strip(), self._limits.toPlainText().strip()
        self.proposed.emit(Draft(self._id(), *text, self._counsellor.chosen, self._date()))

    def _with_reason(self, signal: SignalInstance) -> None:
        commit_composition(self._reason)
        signal.emit(self._id(), self._reason.text().strip())
        self._reason.clear()
