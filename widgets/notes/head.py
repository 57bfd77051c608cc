"""The head of the note: the type of call, how much of what is required is there, and the way to the next."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.notes.filling import CATEGORY, SCREEN
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.keys import key_for
from widgets.base.labels import Label
from widgets.notes.inputs import ChoiceInput
from widgets.notes.mapping import Enumerations, choices_of
from widgets.theme import px

CATEGORIES = "call_category"


class Head(QWidget):
    """``chosen(code)`` tells the type of call that was chosen, ``next_wanted()`` asks for what is missing."""

    chosen = Signal(str)
    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: Enumerations = {}
        self._choice: ChoiceInput | None = None
        self._category = ""
        self._count = Label(tone="soft")
        self._next = KeyButton(t("notes.next_missing"), key_for("next_missing"), tone="link")
        self._next.clicked.connect(self.next_wanted)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(10))
        self._row.addWidget(Label(t("notes.title"), strong=True))
        self._row.addStretch(1)
        self._row.addWidget(self._count)
        self._row.addWidget(self._next)

    def offer(self, enumerations: Enumerations) -> None:
        """Offer the types of call."""
        if self._choice is not None and enumerations == self._names:
            return
        if self._choice is not None:
            self._choice.deleteLater()
        self._names = enumerations
        categories = choices_of(enumerations, CATEGORIES)
        self._choice = ChoiceInput(t("notes.category"), categories, t("notes.choose"))
        self._choice.setFixedWidth(px(264))
        self._choice.edited.connect(lambda value: self.chosen.emit(str(value)))
        self._row.insertWidget(1, self._choice)
        self._choice.show_value(self._category)

    def show_category(self, code: str) -> None:
        """Show the type of call of the note in sight."""
        self._category = code
        if self._choice is not None:
            self._choice.show_value(code)

    def show_missing(self, keys: Sequence[str], needed: int) -> None:
        """Show how many of what is required are there; without a type of call nobody knows."""
        if self._choice is not None:
            self._choice.show_missing(CATEGORY in keys)
        done = max(0, needed - len(keys))
        known = CATEGORY not in keys and needed
        self._count.setText(t("notes.required", done=done, all=needed) if known else "")
        if CATEGORY in keys:
            self._count.setText(t("notes.category_first"))
        self._count.setToolTip(t("notes.screen_required") if SCREEN in keys else "")
        self._next.setVisible(bool(keys))

    def take_focus(self) -> None:
        """Go to the type of call."""
        if self._choice is not None:
            self._choice.take_focus()
