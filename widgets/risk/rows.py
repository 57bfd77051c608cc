"""One item and its answer: an ask-state, or one of the answers that an instrument offers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from models.risk.quick_screen import AskState
from resources.texts import t
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
_TURNS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
ASK_KEY = "q"
"""Shows how an item may be asked."""


class StepSegment(Segment):
    """Pressing the chosen answer again takes it back; the second half of a double click is no second press.

    Up and down ask for another item, the page keys for another instrument, Q for words to ask it with. An
    answer given by its key moves on to the next item; a held key answers once.
    """

    stepped = Signal(int)
    turned = Signal(int)
    moved_on = Signal()
    words_wanted = Signal()
    once = True

    def __init__(self, options: Sequence[Option], name: str, parent: QWidget | None = None) -> None:
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

    def took(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False for a key without a meaning."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in _TURNS:
            self.turned.emit(_TURNS[key])
        elif event.text().lower() == ASK_KEY:
            self.words_wanted.emit()
        else:
            return False
        return True

    def heard(self, event: QKeyEvent) -> bool:
        """Take keys first."""
        if event.isAutoRepeat() and event.text().strip():
            return True
        if self.took(event):
            return True
        taken = super().heard(event)
        if taken and event.text() and event.text() in (option.key for option in self._options):
            self.moved_on.emit()
        return taken

    def _remember(self) -> None:
        self._pressed_choice = self.choice

    def _take_back(self) -> None:
        if self.choice is not None and self.choice == self._pressed_choice:
            self.show_choice(None)
            self.cleared.emit()


class AskSegment(StepSegment):
    """The four answers to one item; Y N R U and 1–4 answer."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        options = [
            Option(state, t(f"risk.short_{state}"), str(place), tone, t(f"risk.state_{state}"))
            for place, (state, tone) in enumerate(_TONES.items(), start=1)
        ]
        super().__init__(options, name, parent)

    def took(self, event: QKeyEvent) -> bool:
        """Take letters too."""
        state = _LETTERS.get(event.text().lower())
        if state is None:
            return super().took(event)
        if state != self.choice:
            self.show_choice(state)
            self.chosen.emit(state)
        self.moved_on.emit()
        return True


class Row(QWidget):
    """The words of an item and the segment of its answers."""

    answered = Signal(str)
    stepped = Signal(int)
    turned = Signal(int)
    moved_on = Signal()
    words_wanted = Signal()

    def __init__(self, text: str, segment: StepSegment) -> None:
        super().__init__()
        self.segment = segment
        self._text = text
        self._skipped = False
        self._label = ElidedLabel()
        segment.stepped.connect(self.stepped)
        segment.turned.connect(self.turned)
        segment.moved_on.connect(self.moved_on)
        segment.words_wanted.connect(self.words_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self._label, 1)
        row.addWidget(segment)

    @property
    def is_open(self) -> bool:
        """True while it has no answer, and is not left out by the instrument itself."""
        return self.segment.choice is None and not self._skipped

    @property
    def is_skipped(self) -> bool:
        """True where the instrument itself leaves the item out."""
        return self._skipped

    @property
    def has_focus(self) -> bool:
        """True while the keys answer it."""
        return any(button.hasFocus() for button in self.segment.buttons)

    def take_focus(self) -> None:
        """Put the focus on its answers."""
        self.segment.take_focus()


class AskRow(Row):
    """An item with its ask-state."""

    def __init__(self, text: str) -> None:
        super().__init__(text, AskSegment(text))
        self._state: AskState | None = None
        self.segment.chosen.connect(self._say)
        self.segment.cleared.connect(lambda: self._say(AskState.NOT_ASKED))
        self.show_state(AskState.NOT_ASKED)

    def show_state(self, state: AskState) -> None:
        """Show what is known of the item."""
        if state is self._state and not self._skipped and self.segment.choice == _choice(state):
            return
        self._state, self._skipped = state, False
        asked = state is not AskState.NOT_ASKED
        self.segment.show_choice(_choice(state))
        self._label.setText(self._text if asked else t("risk.item_unasked", item=self._text))
        self._label.show_tone("plain" if asked else "care")
        self.setAccessibleName(f"{self._text} · {t(f'risk.state_{state}')}")

    def show_value(self, value: str, *, skipped: bool = False) -> None:
        """Show a value, "" for none; `skipped`: the instrument itself leaves the item out."""
        self.show_state(AskState(value) if value else AskState.NOT_ASKED)
        if skipped and not self._skipped:
            self._skipped = True
            self._label.setText(t("risk.item_skipped", item=self._text))
            self._label.show_tone("soft")
            self.setAccessibleName(f"{self._text} · {t('risk.not_applicable')}")

    def _say(self, state: str) -> None:
        self.show_state(AskState(state))
        self.answered.emit(state)


def _choice(state: AskState) -> AskState | None:
    """The answer to be shown as chosen."""
    return None if state is AskState.NOT_ASKED else state


class ChoiceRow(Row):
    """An item with the answers that its instrument offers."""

    def __init__(self, text: str, options: Sequence[Option]) -> None:
        super().__init__(text, StepSegment(options, text))
        self._names = {option.code: option.name for option in options}
        self.segment.chosen.connect(self._say)
        self.segment.cleared.connect(lambda: self._say(""))
        self.show_value("")

    def show_value(self, value: str, *, skipped: bool = False) -> None:
        """Show a value, "" for none."""
        known = value in self._names
        self.segment.show_choice(value if known else None)
        self._label.setText(self._text)
        self._label.show_tone("plain" if known or skipped else "care")
        said = self._names.get(value) or t("risk.state_not_asked")
        self.setAccessibleName(f"{self._text} · {said}")

    def _say(self, value: str) -> None:
        self.show_value(value)
        self.answered.emit(value)
