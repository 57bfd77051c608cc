"""The quick screen: seven items, each not asked until somebody says what was answered."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.risk.quick_screen import AskState, Item, unasked
from resources.instruments import Label, Screen
from resources.texts import language, t
from widgets.risk.head import ItemsHead
from widgets.risk.items import Items
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
        self.head = ItemsHead(t("risk.screen" if screen.official_text else "risk.screen_unofficial"))
        self._rows = {Item(label.id): AskRow(wording(label)) for label in screen.items}
        self.items = Items({item.value: row for item, row in self._rows.items()})
        self.items.answered.connect(lambda item, state: self._take(Item(item), AskState(state)))
        self.head.words_wanted.connect(self.items.ask_for_words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(1))
        column.addWidget(self.head)
        column.addWidget(self.items)
        self.show_answers({})

    def show_answers(self, answers: Mapping[Item, AskState]) -> None:
        """Show what is known; an item that is not in it was not asked."""
        self._states = dict(answers)
        for item, row in self._rows.items():
            row.show_state(answers.get(item, AskState.NOT_ASKED))
        self._count()

    def take_focus(self) -> None:
        """Go to the first item that was not asked, to the first of all if each was."""
        self.items.take_focus()

    def _take(self, item: Item, state: AskState) -> None:
        self._states[item] = state
        self._count()
        self.answered.emit(item, state)

    def _count(self) -> None:
        n = len(unasked(self._states))
        said = t("risk.still_unasked", all=len(Item), n=n) if n else t("risk.all_asked", all=len(Item))
        self.head.show_open(said, n)
