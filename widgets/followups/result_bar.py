"""What came of a call that was owed: asked under the calls, answered with one key, in nobody's way."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from models.followups.callback import Result
from resources.texts import t
from widgets.base.buttons import KeyButton
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
)
"""The digit that is pressed with Alt (Ctrl and a digit is a part of the note); a death has none."""


def below(calls: QWidget, bar: QWidget) -> QWidget:
    """A column of the calls and the question under them."""
    column = QWidget()
    inside = QVBoxLayout(column)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(px(8))
    inside.addWidget(calls, 1)
    inside.addWidget(bar)
    return column


class ResultBar(QFrame):
    """Shown while a result is wanted; it takes no focus from the note."""

    chosen = Signal(Result, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setProperty("tone", "accent")
        self._words = Label(strong=True, wrap=True)
        buttons = QWidget()
        flow = FlowLayout(6, buttons)
        self._buttons: list[KeyButton] = []
        for digit, result, how in CHOICES:
            label = t(f"followups.how_{how}") if how else t(f"followups.result_{result}")
            button = KeyButton(label, f"Alt+{digit}" if digit else "")
            button.set_compact()
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(partial(self._choose, result, how))
            flow.addWidget(button)
            self._buttons.append(button)
            if digit:
                shortcut = QShortcut(QKeySequence(f"Alt+{digit}"), self)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(partial(self._choose, result, how))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(6), px(12), px(6))
        column.setSpacing(px(4))
        column.addWidget(self._words)
        column.addWidget(buttons)
        self.hide()

    def show_wanted(self, wanted: Wanted | None) -> None:
        """Ask for a result, or no more."""
        self.setVisible(wanted is not None)
        if wanted is None:
            return
        said = t(f"followups.how_{wanted.how}") if wanted.how else t("followups.call_over")
        self._words.setText(t("followups.result_wanted", number=wanted.number, said=said))
        for button, (_, result, how) in zip(self._buttons, CHOICES, strict=True):
            likely = bool(wanted.how) and (result, how) == (Result.NO_ANSWER, "")
            button.show_tone("accent" if likely else "plain")

    def _choose(self, result: Result, how: str) -> None:
        if self.isVisible():
            self.chosen.emit(result, how)
