"""The quick screen: seven items, each not asked until somebody says what was answered."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.risk.quick_screen import AskState, Item, unasked
from resources.instruments import Label, Screen
from resources.texts import language, t
from widgets.base.card import CardHeader, Rule
from widgets.base.labels import ElidedLabel
from widgets.base.segment import Option, Segment
from widgets.theme import px

_LETTERS = {"y": AskState.YES, "n": AskState.NO, "r": AskState.REFUSED, "u": AskState.UNCLEAR}
_TONES = {
    AskState.YES: "care",
    AskState.NO: "plain",
    AskState.REFUSED: "unsure",
    AskState.UNCLEAR: "unsure",
}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def wording(label: Label) -> str:
    """What an item or a rating is called in the language in use."""
    return label.en if language() == "en" else label.zh


class AskSegment(Segment):
    """The four answers to one item; pressing the chosen one again takes it back to not asked.

    The second half of a double click is no second press. Y N R U and 1–4 answer, up and down ask for
    another item.
    """

    stepped = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        options = [
            Option(state, t(f"risk.short_{state}"), str(place), tone, t(f"risk.state_{state}"))
            for place, (state, tone) in enumerate(_TONES.items(), start=1)
        ]
        super().__init__(options, name, parent)
        self._pressed_choice: str | None = None
        for button in self.findChildren(QPushButton):
            button.pressed.connect(self._remember)
            button.clicked.connect(self._take_back)

    def take_focus(self) -> None:
        """Put the focus on the chosen answer, on the first while there is none."""
        buttons = self.findChildren(QPushButton)
        chosen = [button for button in buttons if button.isChecked()]
        (chosen or buttons)[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take letters and up and down first, and leave the second half of a double click aside."""
        if event.type() == QEvent.Type.MouseButtonDblClick:
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._took(event):
            return True
        return super().eventFilter(watched, event)

    def _took(self, event: QKeyEvent) -> bool:
        step = _STEPS.get(Qt.Key(event.key()))
        state = _LETTERS.get(event.text().lower())
        if step is not None:
            self.stepped.emit(step)
        elif state is not None and state != self.choice:
            self.show_choice(state)
            self.chosen.emit(state)
        return step is not None or state is not None

    def _remember(self) -> None:
        self._pressed_choice = self.choice

    def _take_back(self) -> None:
        if self.choice is not None and self.choice == self._pressed_choice:
            self.show_choice(None)
            self.cleared.emit()


class _ItemRow(QWidget):
    """One item with its answer."""

    answered = Signal(object)

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._label = ElidedLabel()
        self.segment = AskSegment(self._text)
        self.segment.chosen.connect(lambda state: self._say(AskState(state)))
        self.segment.cleared.connect(lambda: self._say(AskState.NOT_ASKED))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self._label, 1)
        row.addWidget(self.segment)
        self.show_state(AskState.NOT_ASKED)

    def show_state(self, state: AskState) -> None:
        """Show what is known of the item."""
        asked = state is not AskState.NOT_ASKED
        self.segment.show_choice(state if asked else None)
        self._label.setText(self._text if asked else t("risk.item_unasked", item=self._text))
        self._label.show_tone("plain" if asked else "care")
        self.setAccessibleName(f"{self._text} · {t(f'risk.state_{state}')}")

    def _say(self, state: AskState) -> None:
        self.show_state(state)
        self.answered.emit(state)


class QuickScreen(QWidget):
    """All items of the screen, as they are worded in it, under the count of those that were not asked."""

    answered = Signal(object, object)

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: dict[Item, AskState] = {}
        self._title = t("risk.screen" if screen.official_text else "risk.screen_unofficial")
        self._header = CardHeader(self._title)
        self._rows = {Item(label.id): _ItemRow(wording(label)) for label in screen.items}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(self._header)
        for place, (item, row) in enumerate(self._rows.items()):
            if place:
                column.addWidget(Rule())
            column.addWidget(row)
            row.answered.connect(lambda state, item=item: self._take(item, state))
            row.segment.stepped.connect(lambda step, place=place: self._go(place + step))
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
        self._rows[open_items[0] if open_items else next(iter(self._rows))].segment.take_focus()

    def _go(self, place: int) -> None:
        rows = list(self._rows.values())
        rows[min(len(rows) - 1, max(0, place))].segment.take_focus()

    def _take(self, item: Item, state: AskState) -> None:
        self._states[item] = state
        self._count()
        self.answered.emit(item, state)

    def _count(self) -> None:
        n = len(unasked(self._states))
        right = t("risk.still_unasked", all=len(Item), n=n) if n else t("risk.all_asked", all=len(Item))
        self._header.show_texts(self._title, right)
