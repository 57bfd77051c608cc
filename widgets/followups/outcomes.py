"""What came of calls that were promised here: it stays until whoever promised them has looked at it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, CardHeader, clear, row
from widgets.base.labels import Label
from widgets.followups.view import AttemptRow, OutcomeRow
from widgets.theme import px

_MOST = 3


def attempt_text(one: AttemptRow) -> str:
    """When, who, what came of it, who said so."""
    said = t(
        "followups.attempt", at=f"{one.at:%m-%d %H:%M}", who=one.who, what=t(f"followups.result_{one.result}")
    )
    return t("followups.attempt_source", said=said, source=one.source) if one.source else said


class Outcomes(QWidget):
    """``seen(followup)``: the operator has looked at it."""

    seen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[OutcomeRow, ...] = ()
        self._card = Card("accent")
        self._head = CardHeader(t("followups.outcomes"))
        self._list = QVBoxLayout()
        self._list.setSpacing(px(6))
        self._card.body.addWidget(self._head)
        self._card.body.addLayout(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self.hide()

    def show_outcomes(self, rows: tuple[OutcomeRow, ...]) -> list[QWidget]:
        """Show these; those beyond the first few wait behind them. Gives the buttons that were made."""
        made: list[QWidget] = []
        if rows == self._rows:
            return made
        self._rows = rows
        self.setVisible(bool(rows))
        self._head.show_texts(t("followups.outcomes"), str(len(rows)) if rows else "")
        clear(self._list)
        for one in rows[:_MOST]:
            words = QVBoxLayout()
            words.setSpacing(px(1))
            words.addWidget(Label(self._heading(one), wrap=True))
            for attempt in one.attempts[-_MOST:]:
                words.addWidget(Label(attempt_text(attempt), size="small", tone="soft", wrap=True))
            seen = KeyButton(t("followups.seen"), name=t("followups.seen_named", number=one.number))
            seen.clicked.connect(partial(self.seen.emit, one.id))
            line = row(gap=8)
            line.addLayout(words, 1)
            line.addWidget(seen, 0, Qt.AlignmentFlag.AlignTop)
            self._list.addLayout(line)
            made.append(seen)
        return made

    @staticmethod
    def _heading(one: OutcomeRow) -> str:
        if one.closing is not None:
            then = t(f"followups.ending_{one.closing}")
        else:
            then = t("followups.next_at", at=f"{one.next_at:%Y-%m-%d %H:%M}") if one.next_at else ""
        return t("followups.outcome", number=one.number, then=then)
