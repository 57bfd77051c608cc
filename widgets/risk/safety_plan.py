"""The safety plan in the risk panel: how far it is, and one key to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.risk.safety_plan import PlanStep
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.keys import key_for
from widgets.base.labels import ElidedLabel
from widgets.theme import px


class PlanRow(QWidget):
    """One line: so many of six steps have words; ``plan_wanted()`` opens the plan."""

    plan_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ElidedLabel()
        self._open = KeyButton(t("safety_plan.open"), key_for("safety_plan"), tone="soft")
        self._open.setAccessibleName(t("safety_plan.title"))
        self._open.set_compact()
        self._open.clicked.connect(self.plan_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        line.addWidget(self._words, 1)
        line.addWidget(self._open)
        self.show_written(0)

    def show_written(self, count: int) -> None:
        """Show how many steps have words."""
        every = len(PlanStep)
        if count == every:
            said, tone = t("safety_plan.whole", all=every), "good"
        elif count:
            said, tone = t("safety_plan.some", n=count, all=every), "plain"
        else:
            said, tone = t("safety_plan.none"), "soft"
        self._words.setText(said)
        self._words.show_tone(tone)
