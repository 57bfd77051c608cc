"""The ladder for a caller who says nothing, on the form: its marks, each with its time."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.labels import Label
from widgets.notes.view import MarkView
from widgets.theme import px, restyle


class LadderMarks(QWidget):
    """A button for each step; a step that is marked shows when. ``marked(step id)`` asks for a mark."""

    marked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = Label(name, tone="soft")
        self._steps: tuple[str, ...] = ()
        self._buttons: list[KeyButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(5))
        self._column.addWidget(self.label)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_marks(self, marks: Sequence[MarkView]) -> None:
        """Show the steps and when each was marked, written out."""
        steps = tuple(one.id for one in marks)
        if steps != self._steps:
            for button in self._buttons:
                self._column.removeWidget(button)
                button.deleteLater()
            self._steps, self._buttons = steps, [KeyButton(one.label) for one in marks]
            for step, button in zip(steps, self._buttons, strict=True):
                button.clicked.connect(partial(self.marked.emit, step))
                self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        for one, button in zip(marks, self._buttons, strict=True):
            label = t("notes.ladder_marked", time=one.at, label=one.label) if one.at else one.label
            button.show_label(label)
            button.show_tone("soft" if one.at else "plain")
            restyle(button, done=bool(one.at))
            button.setEnabled(not one.at)
            button.setAccessibleName(label)

    def show_missing(self, missing: bool) -> None:
        """Show whether no step was marked though one has to be."""
        self.label.show_tone("care" if missing else "soft")

    def take_focus(self) -> None:
        """Go to the first step that is not marked."""
        waiting = (button for button in self._buttons if button.isEnabled())
        button = next(waiting, None)
        if button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
