"""What nobody may forget, in one list: red tasks, records not closed, due calls, unfinished records."""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.card import scrolling
from widgets.base.labels import Label
from widgets.records.open_cards import PlainCard, RescueCard, TaskCard, UnclosedCard
from widgets.records.open_view import PlainTask, TaskView
from widgets.theme import px

Card = TypeVar("Card", bound=TaskCard)
Task = TypeVar("Task")


class _Group(Generic[Card, Task]):
    """The cards of one kind under their heading."""

    def __init__(self, make: Callable[[], Card], show: Callable[[Card, Task], None], tone: str) -> None:
        self.cards: dict[str, Card] = {}
        self.head = Label(strong=True, tone=tone)
        self.column = QVBoxLayout()
        self.column.setSpacing(px(4))
        self._make = make
        self._show = show

    def show(self, tasks: Mapping[str, Task], heading: str) -> None:
        """Show these, in this order; what is known already keeps its card."""
        for gone in self.cards.keys() - tasks.keys():
            card = self.cards.pop(gone)
            card.hide()
            card.deleteLater()
        for place, (name, task) in enumerate(tasks.items()):
            card = self.cards.get(name) or self._make()
            self.cards[name] = card
            self._show(card, task)
            self.column.insertWidget(place, card)
            card.show()
        self.head.setText(heading)
        self.head.setVisible(bool(tasks))
        # Cards that were made later would come last when Tab is pressed.
        for before, after in pairwise(self.cards[name] for name in tasks):
            QWidget.setTabOrder(before.last, after.first)


class OpenTaskList(QWidget):
    """Each task is one card and keeps it, so that nothing that is being typed is lost by a new list.

    ``safe_wanted`` and ``end_wanted`` (rescue, words), ``seconded`` (rescue, yes or no), ``signed`` (note,
    reason), ``call_back_wanted`` (call) and ``open_wanted`` (note) tell what somebody wants.
    """

    safe_wanted = Signal(str, str)
    end_wanted = Signal(str, str)
    seconded = Signal(str, bool)
    signed = Signal(str, str)
    call_back_wanted = Signal(str)
    open_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rescues = _Group(self._new_rescue, RescueCard.show_task, "care")
        self._unclosed = _Group(self._new_unclosed, UnclosedCard.show_task, "care")
        self._due: _Group[PlainCard, PlainTask] = _Group(self._new_plain, PlainCard.show_task, "plain")
        self._unfinished: _Group[PlainCard, PlainTask] = _Group(self._new_plain, PlainCard.show_task, "plain")
        self._none = Label(t("records.nothing_open"), tone="good", wrap=True)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(6))
        column.addWidget(self._none)
        for group in (self._rescues, self._unclosed, self._due, self._unfinished):
            column.addWidget(group.head)
            column.addLayout(group.column)
        column.addStretch(1)
        self._area = scrolling(content)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(t("records.open_tasks"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        self.setFocusProxy(self._area)
        self.show_tasks(TaskView())

    def show_tasks(self, view: TaskView) -> None:
        """Show these, in this order."""
        rescues, unclosed = len(view.rescues), len(view.unclosed)
        self._rescues.show({one.id: one for one in view.rescues}, t("records.kind_rescues", n=rescues))
        self._unclosed.show({one.note: one for one in view.unclosed}, t("records.kind_unclosed", n=unclosed))
        self._due.show({one.id: one for one in view.due}, t("records.kind_due", n=len(view.due)))
        unfinished = t("records.kind_unfinished", n=len(view.unfinished))
        self._unfinished.show({one.id: one for one in view.unfinished}, unfinished)
        self._none.setVisible(view == TaskView())

    def show_now(self, now: datetime) -> None:
        """Bring the ages up to a moment."""
        for card in (*self._rescues.cards.values(), *self._unclosed.cards.values()):
            card.show_now(now)

    def _new_rescue(self) -> RescueCard:
        card = RescueCard()
        card.open_wanted.connect(self.open_wanted)
        card.seconded.connect(self.seconded)
        card.safe_wanted.connect(self.safe_wanted)
        card.end_wanted.connect(self.end_wanted)
        return card

    def _new_unclosed(self) -> UnclosedCard:
        card = UnclosedCard()
        card.open_wanted.connect(self.open_wanted)
        card.signed.connect(self.signed)
        card.call_back_wanted.connect(self.call_back_wanted)
        return card

    def _new_plain(self) -> PlainCard:
        card = PlainCard()
        card.open_wanted.connect(self.open_wanted)
        return card
