"""What came of a call that was owed: asked under the calls, answered with one key, in nobody's way."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from models.followups.callback import SOURCED, Result
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.flow import FlowLayout
from widgets.base.labels import Label
from widgets.followups.view import Wanted
from widgets.theme import px

VOICEMAIL = "voicemail"
CHOICES: tuple[tuple[str, Result, str], ...] = (
    ("1", Result.STABLE, ""),
    ("2", Result.RISEN, ""),
    ("3", Result.NO_ANSWER, ""),
    ("4", Result.NO_ANSWER, VOICEMAIL),
    ("5", Result.OTHER_ANSWERED, ""),
    ("6", Result.NOT_IN_SERVICE, ""),
    ("7", Result.DECLINED, ""),
    ("8", Result.IN_CARE, ""),
    ("9", Result.NEW_ATTEMPT, ""),
    ("", Result.DECEASED, ""),
    ("", Result.LOST, ""),
)
"""The digit that is pressed with Alt (Ctrl and a digit is a part of the note); a death has none."""
_STOP_DIGIT = "0"
_LONGEST = 100


def below(calls: QWidget, *bars: QWidget) -> QWidget:
    """A column of the calls and what is asked or told under them."""
    column = QWidget()
    inside = QVBoxLayout(column)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(px(8))
    inside.addWidget(calls, 1)
    for bar in bars:
        inside.addWidget(bar)
    return column


class ResultBar(QFrame):
    """Shown while a result is wanted; it takes no focus from the note.

    ``chosen(result, how, source)``: a new attempt and a death ask first who says so. ``stop_wanted``: they
    want no call any more.
    """

    chosen = Signal(Result, str, str)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setProperty("tone", "accent")
        self._asked: Result | None = None
        self._words = Label(strong=True, wrap=True)
        buttons = QWidget()
        flow = FlowLayout(6, buttons)
        self._buttons = [self._make(*choice) for choice in CHOICES]
        self._stop = KeyButton(t("followups.stop"), f"Alt+{_STOP_DIGIT}", "care")
        self._stop.set_compact()
        self._on_key(_STOP_DIGIT, self._wish_stop)
        self._stop.clicked.connect(self._wish_stop)
        for button in (*self._buttons, self._stop):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            flow.addWidget(button)
        self._line, self._give = LineEdit(), KeyButton(t("followups.source_keep"), "Enter", "accent")
        self._source = self._make_source()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(6), px(12), px(6))
        column.setSpacing(px(4))
        column.addWidget(self._words)
        column.addWidget(buttons)
        column.addWidget(self._source)
        self.hide()

    def show_wanted(self, wanted: Wanted | None) -> None:
        """Ask for a result, or no more."""
        self.setVisible(wanted is not None)
        if wanted is None:
            self._ask_source(None)
            return
        said = t(f"followups.how_{wanted.how}") if wanted.how else t("followups.call_over")
        key = "followups.result_of_day" if wanted.day else "followups.result_wanted"
        self._words.setText(t(key, number=wanted.number, said=said, day=wanted.day))
        for button, (_, result, how) in zip(self._buttons, CHOICES, strict=True):
            guess = wanted.said or (Result.NO_ANSWER if wanted.how else None)
            likely = (result, how) == (guess, "")
            button.show_tone("accent" if likely else "plain")
            # Who was promised no series can be lost to none.
            button.setVisible(result is not Result.LOST or bool(wanted.day))

    def _make(self, digit: str, result: Result, how: str) -> KeyButton:
        label = t(f"followups.how_{how}") if how else t(f"followups.result_{result}")
        button = KeyButton(label, f"Alt+{digit}" if digit else "")
        button.set_compact()
        button.clicked.connect(partial(self._choose, result, how))
        if digit:
            self._on_key(digit, partial(self._choose, result, how))
        return button

    def _on_key(self, digit: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(f"Alt+{digit}"), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)

    def _make_source(self) -> QWidget:
        self._line.setMaxLength(_LONGEST)
        self._line.setPlaceholderText(t("followups.source_short"))
        self._line.setAccessibleName(t("followups.source"))
        self._line.returnPressed.connect(self._give_source)
        self._line.textChanged.connect(lambda text: self._give.setEnabled(bool(text.strip())))
        self._give.setEnabled(False)
        self._give.clicked.connect(self._give_source)
        whole = QWidget()
        line = row(self._line, self._give)
        line.setStretch(0, 1)
        whole.setLayout(line)
        whole.hide()
        return whole

    def _choose(self, result: Result, how: str) -> None:
        if not self.isVisible():
            return
        if result in SOURCED:
            self._ask_source(result)
            self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.chosen.emit(result, how, "")

    def _wish_stop(self) -> None:
        if self.isVisible():
            self.stop_wanted.emit()

    def _ask_source(self, result: Result | None) -> None:
        self._asked = result
        self._line.clear()
        self._source.setVisible(result is not None)
        if result is not None:
            self._words.setText(t("followups.source_of", what=t(f"followups.result_{result}")))

    def _give_source(self) -> None:
        commit_composition(self._line)
        source = self._line.text().strip()
        if self._asked is not None and source:
            self.chosen.emit(self._asked, "", source)
