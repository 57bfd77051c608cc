"""Answers to a question that may stay open: refused or unclear beside the value, or yes and no themselves."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.notes.filling import ASK_STATES, YES_NO_STATES
from models.notes.note import Value
from resources.texts import t
from widgets.base.buttons import Chip
from widgets.notes.inputs import Input
from widgets.theme import px, restyle


class StateInput(Input):
    """One state of a few, each a chip; pressing it again takes it back, and then nobody has asked."""

    def __init__(self, name: str, states: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = {state: Chip(t(f"risk.state_{state}"), state) for state in states}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(5))
        for state, chip in self._chips.items():
            chip.setAccessibleName(f"{name} · {chip.text()}")
            chip.toggled.connect(lambda on, state=state: self._toggle(state, on))
            line.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(next(iter(self._chips.values())))

    def show_value(self, value: Value | None) -> None:
        """Show a state, none where nobody has asked."""
        for state, chip in self._chips.items():
            chip.show_on(state == value)

    def show_missing(self, missing: bool) -> None:
        """Paint the chips' frames orange while none is on."""
        for chip in self._chips.values():
            restyle(chip, missing=missing)

    def _toggle(self, state: str, on: bool) -> None:
        if on:
            self.show_value(state)
        self.edited.emit(state if on else "")


class YesNoInput(StateInput):
    """Yes, no, refused or unclear."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, YES_NO_STATES, parent)


class OpenInput(StateInput):
    """Beside a value: that it was asked for and refused, or stayed unclear."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, ASK_STATES, parent)
