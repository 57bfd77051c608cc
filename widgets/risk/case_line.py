"""One line: how dangerous it is over all calls of the person, as far as may be read here."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.risk.level import Level
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.keys import key_for
from widgets.base.labels import ElidedLabel
from widgets.base.levels import level_text
from widgets.base.tag import LevelTag
from widgets.theme import px


class CaseLine(QWidget):
    """Out of sight without earlier assessments; ``course_wanted`` asks for how they went."""

    course_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ElidedLabel(size="small", tone="soft")
        self._level = LevelTag()
        more = KeyButton(t("risk.course"), key_for("risk_course"), tone="link", name=t("risk.course_name"))
        more.set_compact()
        more.clicked.connect(self.course_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), 0, px(8), 0)
        row.setSpacing(px(6))
        row.addWidget(self._level)
        row.addWidget(self._said, 1)
        row.addWidget(more)
        self.hide()

    def show_case(self, earlier: int, case: Level | None) -> None:
        """Show the level of the case after so many earlier assessments, None for RX."""
        code = case or "RX"
        self.setVisible(bool(earlier))
        self._level.show_level(code)
        self._said.setText(t("risk.case", n=earlier))
        self.setAccessibleName(t("risk.case_name", level=level_text(code), n=earlier))
