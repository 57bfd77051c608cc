"""The choice of a practice caller, and the practices that were done."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, clear, row, scrolling
from widgets.base.labels import ElidedLabel, Label
from widgets.practice.view import ChoiceView, DoneView
from widgets.theme import px

_DIGITS = "123456789"
RANDOM = "0"


class Chooser(QWidget):
    """A digit, Enter or the mouse begins a script; 0 any of them. Known trouble is said on top."""

    chosen = Signal(str)
    random_wanted = Signal()
    done_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[ChoiceView, ...] = ()
        self._told = Label(tone="care", wrap=True)
        self._told.hide()
        self._random = KeyButton(t("practice.random"), RANDOM, tone="soft")
        self._random.clicked.connect(self.random_wanted)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(6))
        head = row(Label(t("practice.choose_hint"), tone="soft", wrap=True), self._random)
        head.setStretch(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(8))
        whole.addWidget(self._told)
        whole.addLayout(head)
        self._area = scrolling(self._content)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(t("practice.title"))
        whole.addWidget(self._area, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("practice.title"))
        self.setFocusProxy(self._random)

    def show_trouble(self, told: str) -> None:
        """Say why no script can be played, or which of the own ones are broken; "" says nothing."""
        self._told.setText(told)
        self._told.setVisible(bool(told))

    def show_all(self, choices: tuple[ChoiceView, ...], done: tuple[DoneView, ...], can_play: bool) -> None:
        """Show what can be played and what was done, newest first."""
        self._choices = choices if can_play else ()
        self._random.setEnabled(can_play)
        # What is disabled takes no focus, and without it Esc would close nothing.
        self.setFocusProxy(self._random if can_play else self._area)
        clear(self._column)
        for place, choice in enumerate(choices):
            self._column.addWidget(self._card(place, choice, can_play))
        self._column.addWidget(Label(t("practice.done_title"), tone="accent", strong=True))
        if not done:
            self._column.addWidget(Label(t("practice.done_none"), tone="soft"))
        for one in done:
            self._column.addLayout(self._done(one))
        self._column.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin by digit."""
        digit = event.text()
        if digit == RANDOM and self._choices:
            self.random_wanted.emit()
        elif digit and digit in _DIGITS[: len(self._choices)]:
            self.chosen.emit(self._choices[_DIGITS.index(digit)].id)
        else:
            super().keyPressEvent(event)

    def _card(self, place: int, choice: ChoiceView, can_play: bool) -> Card:
        card = Card(gap=2)
        card.body.setContentsMargins(px(12), px(6), px(12), px(6))
        key = _DIGITS[place] if place < len(_DIGITS) else ""
        begin = KeyButton(t("practice.begin"), key, name=t("practice.begin_named", title=choice.title))
        begin.set_compact()
        begin.setEnabled(can_play)
        begin.clicked.connect(partial(self.chosen.emit, choice.id))
        key_of_length = "practice.length_calls" if choice.calls > 1 else "practice.length"
        length = t(key_of_length, n=choice.minutes, calls=choice.calls)
        head = row(Label(choice.title, strong=True), Label(length, size="small", tone="soft"), 1, begin)
        card.body.addLayout(head)
        card.body.addWidget(Label(t("practice.trains", what=choice.trains), tone="soft", wrap=True))
        return card

    def _done(self, one: DoneView) -> QHBoxLayout:
        look = KeyButton(t("practice.sheet"), tone="link", name=t("practice.sheet_named", title=one.title))
        look.clicked.connect(partial(self.done_wanted.emit, one.id))
        about = t("practice.done_by", when=one.when, who=one.who)
        line = row(ElidedLabel(one.title), Label(about, size="small", tone="soft"), look)
        line.setStretch(0, 1)
        return line
