"""What the practice caller says, over the note and never in it; and what the operator says to have asked."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from resources.texts import t
from widgets.base.buttons import Chip, KeyButton
from widgets.base.card import Card, clear, row, scrolling
from widgets.base.flow import Flow
from widgets.base.keys import bind, key_for
from widgets.base.labels import ElidedLabel, Label
from widgets.practice.view import SpokenView, VoiceView
from widgets.session.practice import PracticeMark
from widgets.theme import px

_HEIGHT = 78


class VoicePanel(Card):
    """Shown while a script is played. `asked`: the operator says to have asked this aloud."""

    asked = Signal(str)
    aloud_wanted = Signal(bool)
    sheet_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("care", gap=4, parent=parent)
        self.body.setContentsMargins(px(12), px(6), px(12), px(6))
        self._view: VoiceView | None = None
        self._before: QWidget | None = None
        self._caller = ElidedLabel(strong=True)
        self._standing = Label(size="small", tone="soft")
        self._ask = KeyButton(t("practice.ask"), key_for("practice_ask"), tone="soft")
        self._aloud = Chip(t("practice.aloud"))
        self._sheet = KeyButton(t("practice.sheet"), tone="link")
        self._stop = KeyButton(t("practice.stop"), tone="link")
        for button in (self._ask, self._sheet, self._stop):
            button.set_compact()
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lines = QWidget()
        self._column = QVBoxLayout(self._lines)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(2))
        self._area = scrolling(self._lines)
        self._area.setFixedHeight(px(_HEIGHT))
        # The newest is in sight once the lines have found their heights.
        self._area.verticalScrollBar().rangeChanged.connect(self._scroll_down)
        self._area.setAccessibleName(t("practice.said"))
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._questions = Flow()
        self._questions.hide()
        self._chips: dict[str, Chip] = {}
        self._arrange()
        bind(self, "practice_ask", self.open_questions)
        self.hide()

    def show_voice(self, view: VoiceView | None) -> None:
        """Show the call as it goes, nothing without one."""
        before, self._view = self._view, view
        self.setVisible(view is not None)
        if view is None:
            self._put_away()
            return
        self._caller.setText(view.caller)
        self._standing.setText(view.standing)
        if before is None or before.spoken != view.spoken:
            self._show_spoken(view.spoken)
        self._show_questions(view)
        self._ask.setVisible(view.talks)
        self._sheet.setVisible(view.over)
        self._stop.show_label(t("practice.close" if view.over else "practice.stop"))

    def show_can_speak(self, can: bool, why_not: str) -> None:
        """Offer to hear the words where this machine can speak them, else say why not."""
        self._aloud.setEnabled(can)
        self._aloud.setToolTip("" if can else why_not)
        self._aloud.setAccessibleDescription("" if can else why_not)

    def open_questions(self) -> None:
        """Lay out what can be asked, or put it away; the first of them has the keys."""
        if self._view is None or not self._view.talks:
            return
        if not self._questions.isHidden():
            self._put_away()
            return
        self._before = QApplication.focusWidget()
        self._questions.show()
        first = next(iter(self._chips.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the questions away, arrows walk over them."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if self._questions.isHidden():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._put_away()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for chip in self._chips.values():
                if chip.hasFocus():
                    chip.click()
                    return
        elif Qt.Key(event.key()) in steps:
            self._walk(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        chips = list(self._chips.values())
        here = next((n for n, chip in enumerate(chips) if chip.hasFocus()), 0)
        chips[(here + step) % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)

    def _put_away(self) -> None:
        had = self._questions.isAncestorOf(QApplication.focusWidget() or self)
        self._questions.hide()
        before, self._before = self._before, None
        if had and before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def _choose(self, question: str) -> None:
        self._put_away()
        self.asked.emit(question)

    def _show_spoken(self, spoken: tuple[SpokenView, ...]) -> None:
        clear(self._column)
        self._column.addStretch(1)
        for place, one in enumerate(spoken):
            last = place == len(spoken) - 1
            key = "practice.heard" if one.heard else "practice.spoken"
            text = t(key, who=one.who, words=one.words)
            self._column.addWidget(Label(text, tone="plain" if last else "soft", strong=last, wrap=True))
        if spoken:
            self._area.setAccessibleDescription(spoken[-1].words)

    def _scroll_down(self) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _show_questions(self, view: VoiceView) -> None:
        if tuple(self._chips) != tuple(one.id for one in view.questions):
            for chip in self._chips.values():
                chip.deleteLater()
            self._chips = {one.id: Chip(one.label) for one in view.questions}
            for code, chip in self._chips.items():
                chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                chip.clicked.connect(partial(self._choose, code))
                self._questions.add(chip)
        for one in view.questions:
            self._chips[one.id].show_on(one.asked)
        if not view.talks:
            self._put_away()

    def _arrange(self) -> None:
        self._aloud.toggled.connect(self.aloud_wanted)
        self._ask.clicked.connect(self.open_questions)
        self._sheet.clicked.connect(self.sheet_wanted)
        self._stop.clicked.connect(self.stop_wanted)
        mark = PracticeMark(t("session.practice"), t("session.practice_long"))
        head = row(mark, self._caller, self._standing, self._ask, self._aloud, self._sheet, self._stop)
        head.setStretch(1, 1)
        self.body.addLayout(head)
        self.body.addWidget(self._area)
        self.body.addWidget(self._questions)
