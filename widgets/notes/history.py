"""What a note said at each stop: the moments in a row, and what each of them changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QListWidget, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.card import Card, clear, row, scrolling
from widgets.base.labels import Label
from widgets.base.marked_label import MarkedLabel
from widgets.base.marking import marked
from widgets.base.whole_numbers import WholeNumbers
from widgets.theme import px


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One field that a moment changed: what stood there before and what since."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StageView:
    """One moment: what happened, when, by whom, what it changed; `words` where something was said with it."""

    what: str
    at: datetime
    who: str
    changes: tuple[ChangeView, ...] = ()
    words: str = ""
    text: bool = False
    """Whether it has a text of its own; without changes it is then the same as before."""


class HistoryPanel(QWidget):
    """The youngest moment is shown first; arrow keys go through them. ``unmask_wanted(reason)``."""

    unmask_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[StageView, ...] = ()
        self._note = Label(size="small", tone="soft", wrap=True)
        self._numbers = WholeNumbers()
        self._numbers.given.connect(self.unmask_wanted)
        self._list = QListWidget()
        self._list.setAccessibleName(t("beside.history_list"))
        self._list.setFixedWidth(px(250))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentRowChanged.connect(self._show)
        content = QWidget()
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(0, 0, px(8), 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._area = scrolling(content)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(t("beside.history_text"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._note)
        column.addWidget(self._numbers)
        both = row(self._list, self._area, gap=10)
        both.setStretch(1, 1)
        column.addLayout(both, 1)
        self.setFocusProxy(self._list)

    def show_history(self, stages: Sequence[StageView], note: str, *, masked: bool = False) -> None:
        """Show these moments, oldest first, and a sentence about what is not known.

        `masked`: numbers in them are hidden. The moment that is looked at stays while their number does.
        """
        self._numbers.show_masked(masked)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        if tuple(stages) == self._stages:
            return
        place = self._list.currentRow() if len(stages) == len(self._stages) else len(stages) - 1
        self._stages = tuple(stages)
        self._list.clear()
        for one in self._stages:
            told = t("beside.history_row", time=f"{one.at:%m-%d %H:%M:%S}", what=one.what, who=one.who)
            self._list.addItem(told.rstrip(" ·"))
        if self._stages:
            self._list.setCurrentRow(place)
        else:
            clear(self._grid)

    def _show(self, place: int) -> None:
        clear(self._grid)
        if not 0 <= place < len(self._stages):
            return
        stage, line = self._stages[place], 0
        if stage.words:
            self._grid.addWidget(Label(stage.words, wrap=True), 0, 0, 1, 2)
            line = 1
        if stage.text and not stage.changes:
            self._grid.addWidget(Label(t("beside.history_same"), tone="soft", wrap=True), line, 0, 1, 2)
            line += 1
        if stage.changes:
            for side, key in enumerate(("history_before", "history_after")):
                self._grid.addWidget(Label(t(f"beside.{key}"), size="small", tone="soft"), line, side)
            line += 1
        for change in stage.changes:
            self._grid.addWidget(Label(change.name, strong=True), line, 0, 1, 2)
            for side, runs in enumerate(marked(change.before, change.after)):
                card = Card()
                empty = Label(t("beside.empty"), tone="soft", wrap=True)
                card.body.addWidget(MarkedLabel(runs) if runs else empty)
                card.body.addStretch(1)
                self._grid.addWidget(card, line + 1, side)
            line += 2
        self._grid.setRowStretch(line, 1)
