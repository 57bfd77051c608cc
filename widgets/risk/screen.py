"""The quick screen: seven items, each not asked until somebody says what was answered."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.risk.quick_screen import AskState, Item, unasked
from resources.instruments import Label, Screen
from resources.texts import language, t
from widgets.base.card import CardHeader, Rule
from widgets.risk.rows import AskRow
from widgets.theme import px


def wording(label: Label) -> str:
    """What an item or a rating is called in the language in use."""
    return label.en if language() == "en" else label.zh


class QuickScreen(QWidget):
    """All items of the screen, as they are worded in it, under the count of those that were not asked."""

    answered = Signal(object, object)

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: dict[Item, AskState] = {}
        self._title = t("risk.screen" if screen.official_text else "risk.screen_unofficial")
        self._header = CardHeader(self._title)
        self._rows = {Item(label.id): AskRow(wording(label)) for label in screen.items}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(1))
        column.addWidget(self._header)
        for place, (item, row) in enumerate(self._rows.items()):
            if place:
                column.addWidget(Rule())
            column.addWidget(row)
            row.answered.connect(lambda state, item=item: self._take(item, AskState(state)))
            row.stepped.connect(lambda step, place=place: self._go(place + step))
        self.show_answers({})

    def show_answers(self, answers: Mapping[Item, AskState]) -> None:
        """Show what is known; an item that is not in it was not asked."""
        self._states = dict(answers)
        for item, row in self._rows.items():
            row.show_state(answers.get(item, AskState.NOT_ASKED))
        self._count()

    def take_focus(self) -> None:
        """Go to the first item that was not asked, to the first of all if each was."""
        open_items = unasked(self._states)
        self._rows[open_items[0] if open_items else next(iter(self._rows))].take_focus()

    def _go(self, place: int) -> None:
        rows = list(self._rows.values())
        rows[min(len(rows) - 1, max(0, place))].take_focus()

    def _take(self, item: Item, state: AskState) -> None:
        self._states[item] = state
        self._count()
        self.answered.emit(item, state)

    def _count(self) -> None:
        n = len(unasked(self._states))
        right = t("risk.still_unasked", all=len(Item), n=n) if n else t("risk.all_asked", all=len(Item))
        self._header.show_texts(self._title, right)
