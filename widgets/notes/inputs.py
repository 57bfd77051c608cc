"""One input for each kind of field; a value is a text, a number or several codes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.notes.limits import MOST_CHARACTERS
from models.notes.note import Value
from resources.texts import t
from widgets.base.buttons import Chip
from widgets.base.choice import ChoiceBox
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.flow import Flow
from widgets.base.labels import Label
from widgets.base.writing import Writing
from widgets.theme import px, restyle

Choices = Sequence[tuple[str, str]]
"""Codes with what they are called, in the order of the enumeration."""


class Input(QWidget):
    """The part of a field in which the value stands; ``edited(value)`` tells each change by a person."""

    edited = Signal(object)
    left = Signal()

    def show_value(self, value: Value | None) -> None:
        """Show a value, None for none, without telling it."""
        raise NotImplementedError

    def show_missing(self, missing: bool) -> None:
        """Show whether the field is required and empty."""

    def take_focus(self) -> None:
        """Put the focus where the value is given."""
        proxy = self.focusProxy()
        if proxy is not None:
            proxy.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commit(self) -> None:
        """Take what is still being composed into the value."""

    def _hold(self, widget: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(widget)
        self.setFocusProxy(widget)


_FEW = 300
"""A text of more characters gets more lines where there is room."""


class TextInput(Input):
    """A line of text."""

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = LineEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(hint)
        self.field.textEdited.connect(self._tell)
        self.field.editingFinished.connect(self.left)
        self._hold(self.field)

    def show_value(self, value: Value | None) -> None:
        """Show a text or a number, from its beginning where nobody writes."""
        text = "" if value is None else str(value)
        if text == self.field.text():
            return
        self.field.setText(text)
        if not self.field.hasFocus():
            self.field.setCursorPosition(0)

    def show_missing(self, missing: bool) -> None:
        """Paint the line orange while it is missing."""
        restyle(self.field, missing=missing)

    def commit(self) -> None:
        """Take what is still being composed into the line."""
        commit_composition(self.field)

    def _tell(self, text: str) -> None:
        self.edited.emit(text)


class NumberInput(TextInput):
    """A whole number; an empty line is no number."""

    def __init__(self, name: str, lowest: int, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.field.setValidator(QIntValidator(lowest, highest, self))
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self._lowest, self._highest = lowest, highest

    def _tell(self, text: str) -> None:
        digits = text.removeprefix("-")
        if not text:
            self.edited.emit("")
        elif digits.isdigit() and self._lowest <= int(text) <= self._highest:
            self.edited.emit(int(text))


class LongTextInput(Input):
    """Several lines of text, with a count against a limit that is advice and cuts nothing off."""

    def __init__(self, name: str, limit: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = limit
        self.field = Writing(name)
        self.field.setMinimumHeight(px(56))
        self.field.setMaximumHeight(px(96 if limit <= _FEW else 190))
        self.field.written.connect(self._tell)
        self.field.left.connect(self.left)
        self.count = Label(tone="faint", size="small")
        # As wide as the longest count: a key lays nothing out anew.
        longest = t("notes.count", n=MOST_CHARACTERS, limit=limit)
        self.count.setFixedSize(self.count.fontMetrics().horizontalAdvance(longest) + px(4), px(18))
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._hold(self.field)
        self._count(0)

    def show_value(self, value: Value | None) -> None:
        """Show a text."""
        text = "" if value is None else str(value)
        self.field.show_text(text)
        self._count(len(text))

    def show_missing(self, missing: bool) -> None:
        """Paint the text orange while it is missing."""
        restyle(self.field, missing=missing)

    def commit(self) -> None:
        """Take what is still being composed into the text."""
        self.field.commit()

    def _tell(self, text: str) -> None:
        self._count(len(text))
        self.edited.emit(text)

    def _count(self, length: int) -> None:
        over = 0 < self._limit < length
        self.count.setText(t("notes.count", n=length, limit=self._limit) if self._limit else "")
        self.count.show_tone("care" if over else "faint")


class ChoiceInput(Input):
    """One of several; the first entry takes the choice back."""

    def __init__(self, name: str, choices: Choices, none: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = ChoiceBox()
        self.field.setAccessibleName(name)
        self.field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.field.setMaxVisibleItems(16)
        self.field.addItem(none or t("notes.unfilled"), "")
        for code, label in choices:
            self.field.addItem(label, code)
        self.field.activated.connect(lambda _: self.edited.emit(self.field.currentData()))
        self._hold(self.field)

    def show_value(self, value: Value | None) -> None:
        """Show the choice of a code; a code that the list no longer has stays, as it stands."""
        code = value if isinstance(value, str) else ""
        place = self.field.findData(code)
        if place < 0:
            self.field.addItem(code, code)
            place = self.field.count() - 1
        self.field.setCurrentIndex(place)

    def show_missing(self, missing: bool) -> None:
        """Paint the list orange while nothing is chosen."""
        restyle(self.field, missing=missing)


class ChipsInput(Input):
    """Any number of several, or as many as are allowed; each a chip that is on or off."""

    def __init__(self, name: str, choices: Choices, most: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._order: list[str] = []
        self._chips = {code: Chip(label, code) for code, label in choices}
        self.count = Label(tone="faint", size="small")
        self.setAccessibleName(name)
        for code, chip in self._chips.items():
            chip.setAccessibleName(f"{name} · {chip.text()}")
            chip.toggled.connect(lambda on, code=code: self._toggle(code, on))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Flow(*self._chips.values(), gap=5))
        if self._chips:
            self.setFocusProxy(next(iter(self._chips.values())))
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._limit()

    def show_value(self, value: Value | None) -> None:
        """Show the chips of these codes; codes that no chip has are kept."""
        self._order = list(value) if isinstance(value, tuple) else []
        for code, chip in self._chips.items():
            chip.show_on(code in self._order)
        self._limit()

    def show_missing(self, missing: bool) -> None:
        """Paint the chips' frames orange while none is on."""
        for chip in self._chips.values():
            restyle(chip, missing=missing)

    def _toggle(self, code: str, on: bool) -> None:
        self._order = [*self._order, code] if on else [each for each in self._order if each != code]
        self._limit()
        self.edited.emit(tuple(self._order))

    def _limit(self) -> None:
        full = 0 < self._most <= len(self._order)
        for chip in self._chips.values():
            chip.setEnabled(chip.isChecked() or not full)
        # Why the others cannot be chosen any more.
        self.count.setText(t("notes.count", n=len(self._order), limit=self._most) if self._most else "")
