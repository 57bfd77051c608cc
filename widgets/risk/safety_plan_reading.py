"""The safety plan in large type, to be read aloud to the caller."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import clear, row, scrolling
from widgets.base.labels import Label
from widgets.theme import px


class SafetyPlanReading(QWidget):
    """One step under the other, in the words that were agreed on; what was left out says so."""

    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(6))
        self._area = scrolling(self._content)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(t("safety_plan.reading"))
        back = KeyButton(t("safety_plan.write_on"))
        back.clicked.connect(self.back_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._area, 1)
        column.addLayout(row(1, back))
        self.setFocusProxy(self._area)

    def show_steps(self, steps: Sequence[tuple[str, str]]) -> None:
        """Show names and words, in their order."""
        clear(self._column)
        for number, (name, text) in enumerate(steps, start=1):
            self._column.addWidget(
                Label(t("safety_plan.step", n=number, name=name), size="title", tone="accent", strong=True)
            )
            words = Label(text or t("safety_plan.left_out"), size="figure", wrap=True)
            words.show_tone("plain" if text else "faint")
            self._column.addWidget(words)
            self._column.addSpacing(px(8))
        self._column.addStretch(1)
