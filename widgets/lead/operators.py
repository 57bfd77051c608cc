"""The operators on duty as small cards."""

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.shifts.duty import DutyState
from resources.texts import t
from widgets.base.card import Card, row
from widgets.base.durations import elapsed_seconds
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


class OperatorCard(Card):
    """One operator: name and title, state and minutes, the level of the running call."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=2, parent=parent)
        self.body.setContentsMargins(px(12), px(8), px(12), px(8))
        self._view: OperatorView | None = None
        self._name = ElidedLabel(strong=True)
        self._seat = Label(size="small", tone="soft")
        self._dot = StatusDot()
        self._state = ElidedLabel()
        self._minutes = Label(tone="soft")
        self._level = LevelTag()
        top = row(self._name, self._seat)
        top.setStretch(0, 1)
        below = row(self._dot, self._state, self._level, self._minutes, gap=6)
        below.setStretch(1, 1)
        self.body.addLayout(top)
        self.body.addLayout(below)

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
        self.setAccessibleName(f"{view.name} {state}")

    def show_now(self, now: datetime) -> None:
        """Bring the minutes up to a moment."""
        if self._view is not None:
            self._minutes.setText(t("lead.minutes", n=elapsed_seconds(self._view.since, now) // 60))


class Operators(QWidget):
    """All who are on duty, one card under the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, OperatorCard] = {}
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
            self._column.insertWidget(place, self._cards[operator.id])
            self._cards[operator.id].show_operator(operator)

    def show_now(self, now: datetime) -> None:
        """Bring the minutes up to a moment."""
        for card in self._cards.values():
            card.show_now(now)
