"""Acts under one another: what it is, how long ago, and why it is not in force at the server."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Rule, clear, row
from widgets.base.labels import Label
from widgets.base.tag import Tag
from widgets.sync.ages import age_text
from widgets.sync.view import ActView
from widgets.theme import px


class ActList(QWidget):
    """Rows of acts; one that has ended can be put away."""

    put_away_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts: tuple[ActView, ...] = ()
        self._ages: list[tuple[Label, datetime]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(6))

    def show_acts(self, acts: tuple[ActView, ...]) -> None:
        """Show these, in this order."""
        if acts == self._acts:
            return
        self._acts = acts
        self._ages = []
        clear(self._column)
        for place, act in enumerate(acts):
            if place:
                self._column.addWidget(Rule())
            self._add(act)

    def show_now(self, now: datetime) -> None:
        """Bring the ages up to a moment."""
        for label, at in self._ages:
            label.setText(age_text(at, now))

    def _add(self, act: ActView) -> None:
        age = Label(size="small", tone="soft")
        self._ages.append((age, act.at))
        head = row(Label(act.what, strong=True), age, 1, Tag(act.reason, act.tone))
        if act.ended:
            done = KeyButton(t("sync.seen"), tone="link", name=t("sync.seen_named", what=act.what))
            done.clicked.connect(lambda: self.put_away_wanted.emit(act.op))
            head.addWidget(done)
        self._column.addLayout(head)
