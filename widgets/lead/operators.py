"""The operators on duty as small cards."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.shifts.duty import DutyState
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, row
from widgets.base.durations import elapsed_seconds, short_text
from widgets.base.keys import bind, key_for
from widgets.base.labels import ElidedLabel, Label, StatusDot
from widgets.base.tag import LevelTag
from widgets.lead.view import OperatorView
from widgets.theme import px

_DOTS = {
    DutyState.READY: "good",
    DutyState.RINGING: "care",
    DutyState.TALKING: "accent",
    DutyState.HELD: "care",
    DutyState.WRAP_UP: "unsure",
    DutyState.BREAK: "text_faint",
    DutyState.OFF: "text_faint",
}


LENGTHEN_MINUTES = 5


class OperatorCard(Card):
    """One operator: name and title, state and minutes, the level of the running call.

    ``lengthen_wanted`` carries the seat whose wrap-up shall last longer, and by how many minutes.
    """

    lengthen_wanted = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=2, parent=parent)
        self.body.setContentsMargins(px(12), px(8), px(12), px(8))
        self._view: OperatorView | None = None
        self._name = Label(strong=True, wrap=True)
        self._seat = Label(size="small", tone="soft")
        self._dot = StatusDot()
        self._state = ElidedLabel()
        self._minutes = Label(tone="soft")
        self._level = LevelTag()
        self._more = Label(size="small", tone="care", wrap=True)
        self._longer = KeyButton(t("shift.lengthen", n=LENGTHEN_MINUTES), tone="link")
        self._longer.set_compact()
        self._longer.clicked.connect(self._wish_longer)
        top = row(self._name, self._seat)
        top.setStretch(0, 1)
        top.setAlignment(self._seat, Qt.AlignmentFlag.AlignTop)
        below = row(self._dot, self._state, self._level, self._minutes, gap=6)
        below.setStretch(1, 1)
        self.body.addLayout(top)
        self.body.addLayout(below)
        self._third = QWidget()
        third = row(self._more, self._longer, gap=6)
        third.setStretch(0, 1)
        third.setAlignment(self._longer, Qt.AlignmentFlag.AlignTop)
        self._third.setLayout(third)
        self.body.addWidget(self._third)
        self._third.hide()

    def show_operator(self, view: OperatorView) -> None:
        """Show somebody's present state."""
        self._view = view
        self._name.setText(t("lead.operator", name=view.name, title=view.title) if view.title else view.name)
        self._seat.setText(t("lead.seat", n=view.seat))
        state = t(f"base.state_{view.state}")
        if view.reason is not None:
            state = t("lead.break_reason", state=state, reason=t(f"base.reason_{view.reason}"))
        self._state.setText(state)
        self._dot.show_tone(_DOTS[view.state])
        self._level.setVisible(bool(view.level))
        if view.level:
            self._level.show_level(view.level)
        self._longer.setVisible(view.until is not None)
        self.setAccessibleName(f"{view.name} {state}")

    def show_now(self, now: datetime) -> None:
        """Bring the minutes up to a moment."""
        if self._view is not None:
            self._minutes.setText(t("lead.minutes", n=elapsed_seconds(self._view.since, now) // 60))
            more = _more(self._view, now)
            self._more.setText(more)
            self._third.setVisible(bool(more))

    def show_first(self, first: bool) -> None:
        """Whether the key lengthens this one."""
        label = t("shift.lengthen", n=LENGTHEN_MINUTES)
        self._longer.show_label(label, key_for("lengthen") if first else "")
        if self._view is not None:
            named = t("shift.lengthen_named", name=self._view.name, n=LENGTHEN_MINUTES)
            self._longer.setAccessibleName(named)

    def lengthen(self) -> None:
        """As the button does."""
        self._wish_longer()

    def _wish_longer(self) -> None:
        if self._view is not None:
            self.lengthen_wanted.emit(self._view.seat, LENGTHEN_MINUTES)


def _more(view: OperatorView, now: datetime) -> str:
    """How long wrap-up lasts and how many rings were missed; "" where there is nothing to say."""
    said = []
    if view.until is not None:
        said.append(t("shift.left_short", passed=short_text(elapsed_seconds(now, view.until))))
    if view.lengthened:
        said.append(t("shift.longer_short", n=view.lengthened))
    if view.unanswered:
        said.append(t("shift.missed_short", n=view.unanswered))
    return " · ".join(said)


class Operators(QWidget):
    """All who are on duty, one card under the other."""

    lengthen_wanted = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, OperatorCard] = {}
        self._first = ""
        bind(self, "lengthen", self._lengthen_first)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(6))
        self._column.addStretch(1)

    def show_operators(self, operators: tuple[OperatorView, ...]) -> None:
        """Show these, in this order."""
        wanted = {operator.id for operator in operators}
        for gone in [each for each in self._cards if each not in wanted]:
            card = self._cards.pop(gone)
            card.hide()
            card.deleteLater()
        for place, operator in enumerate(operators):
            if operator.id not in self._cards:
                self._cards[operator.id] = OperatorCard()
                self._cards[operator.id].lengthen_wanted.connect(self.lengthen_wanted)
            self._column.insertWidget(place, self._cards[operator.id])
            self._cards[operator.id].show_operator(operator)
        ends = {one.id: one.until for one in operators if one.until is not None}
        self._first = min(ends, key=ends.__getitem__, default="")
        for id_, card in self._cards.items():
            card.show_first(id_ == self._first)

    def _lengthen_first(self) -> None:
        if self._first in self._cards:
            self._cards[self._first].lengthen()

    def show_now(self, now: datetime) -> None:
        """Bring the minutes up to a moment."""
        for card in self._cards.values():
            card.show_now(now)
