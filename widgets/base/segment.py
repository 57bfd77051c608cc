"""One answer out of a few, each a key away: the row of small joined buttons."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from widgets.theme import px

_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True)
class Option:
    """One answer: its code, its short label, the key that gives it while the row has the focus, how it looks
    when chosen (plain, accent, care, unsure or urgent) and its full name for the tool tip."""

    code: str
    label: str
    key: str = ""
    tone: str = "plain"
    name: str = ""


class _Answer(QPushButton):
    """One option's button: its segment hears keys and the second half of a double click first."""

    def __init__(self, label: str, segment: "Segment") -> None:
        super().__init__(label, segment)
        self._segment = segment

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it where the key means nothing to the segment."""
        if not self._segment.heard(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever comes back by Tab comes to the answer."""
        super().focusOutEvent(event)
        self._segment.rest()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Press it twice, unless the segment wants one press only."""
        if not self._segment.once:
            super().mouseDoubleClickEvent(event)


class Segment(QWidget):
    """A row of options of which none or one is chosen.

    Tab and Shift+Tab come to the chosen option, to the first where none is chosen, and go on from there.
    With the focus on it, an option's key chooses it, the arrows walk, Delete takes the answer back, unless
    one is `always` chosen. Pressing the chosen option again changes nothing, so that a double click never
    erases an answer.
    """

    chosen = Signal(str)
    cleared = Signal()
    once = False
    """True where the second half of a double click is no second press."""

    def __init__(
        self, options: Sequence[Option], name: str, parent: QWidget | None = None, *, always: bool = False
    ) -> None:
        super().__init__(parent)
        self._options = tuple(options)
        self._always = always
        self._choice: str | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, option in enumerate(self._options):
            row.addWidget(self._button(option, place, name))
        self.rest()

    @property
    def choice(self) -> str | None:
        """The code of the chosen option, None where none is."""
        return self._choice

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """Its buttons, in the order of the options."""
        return tuple(self._buttons.values())

    def show_choice(self, code: str | None) -> None:
        """Show an option as chosen, or none, without telling anybody."""
        self._choice = code
        self._group.setExclusive(False)
        for each, button in self._buttons.items():
            button.setChecked(each == code)
        self._group.setExclusive(True)
        if not any(button.hasFocus() for button in self.buttons):
            self.rest()

    def rest(self) -> None:
        """Let Tab come to the chosen option, or the first: Qt would take the one that had the focus last.

        A row that is only to be read takes no focus, and stays so.
        """
        stop = self._buttons.get(self._choice or "") or next(iter(self._buttons.values()), None)
        for button in self._buttons.values():
            if button.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                by_tab = button is stop
                button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if by_tab else Qt.FocusPolicy.ClickFocus)

    def heard(self, event: QKeyEvent) -> bool:
        """Do what a key means here, whichever button has the focus; False for a key without a meaning."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if not self._always:
                self.show_choice(None)
                self.cleared.emit()
            return True
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is not None:
            self._walk(step)
            return True
        for option in self._options:
            if option.key and event.text() == option.key:
                self._buttons[option.code].setFocus(Qt.FocusReason.ShortcutFocusReason)
                self._choose(option.code)
                return True
        return False

    def _walk(self, step: int) -> None:
        """Move the focus without answering."""
        buttons = list(self._buttons.values())
        here = next((place for place, button in enumerate(buttons) if button.hasFocus()), 0)
        buttons[min(len(buttons) - 1, max(0, here + step))].setFocus(Qt.FocusReason.TabFocusReason)

    def _button(self, option: Option, place: int, name: str) -> QPushButton:
        button = _Answer(option.label, self)
        last = len(self._options) - 1
        where = "only" if last == 0 else "first" if place == 0 else "last" if place == last else "middle"
        button.setCheckable(True)
        button.setProperty("segment", True)
        button.setProperty("words", any(_is_words(each.label) for each in self._options))
        button.setProperty("place", where)
        button.setProperty("answer", option.tone)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        button.setMinimumHeight(px(24))
        full = option.name or option.label
        button.setAccessibleName(f"{name} · {full}")
        button.setToolTip(f"{full}  {option.key}" if option.key else full)
        button.clicked.connect(lambda _=False, code=option.code: self._choose(code))
        self._group.addButton(button)
        self._buttons[option.code] = button
        return button

    def _choose(self, code: str) -> None:
        if code == self._choice:
            return
        self.show_choice(code)
        self.chosen.emit(code)


def _is_words(label: str) -> bool:
    """Tell whether a label needs air on both sides, unlike 是, R or R4, which are narrow as keys are."""
    return len(label) > 2 or (len(label) == 2 and not label.isascii())
