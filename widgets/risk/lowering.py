"""Wishing for a lower level: to which one and why; a second person decides."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.lowering import may_lower
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.levels import level_text
from widgets.base.segment import Option, Segment
from widgets.theme import px

_LONGEST_REASON = 200


class Lowering(QWidget):
    """The few things to say, which `link` opens; ``lower_wanted(Level, reason)`` tells them once.

    The link is there only while a level stands that can be lowered and no wish waits already.
    """

    lower_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level: Level | None = None
        self._to = Segment(
            [Option(level, level, "", "accent", level_text(level)) for level in Level][:-1],
            t("risk.lower_to"),
        )
        self._to.chosen.connect(lambda _: self._look())
        self._to.cleared.connect(self._look)
        self._reason = LineEdit()
        self._reason.setPlaceholderText(t("risk.lower_reason"))
        self._reason.setAccessibleName(t("risk.lower_reason"))
        self._reason.setMaxLength(_LONGEST_REASON)
        self._reason.textChanged.connect(self._look)
        self._reason.returnPressed.connect(self._wish)
        self.link = KeyButton(t("risk.lower"), tone="link")
        self.link.setToolTip(t("risk.lowering"))
        self.link.clicked.connect(self._open_or_close)
        self._done = KeyButton(t("risk.lower_wish"), tone="soft")
        self._done.set_compact()
        self._done.clicked.connect(self._wish)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(row(self._to, 1, self._done))
        column.addWidget(self._reason)
        self.hide()
        self.show_assessment(None)

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Offer what is below the level that stands; nothing where none does or a wish waits."""
        level = assessment.level if assessment else None
        offered = assessment is not None and may_lower(assessment, Level.R0)
        if level is not self._level or not offered:
            self.hide()
            self._to.show_choice(None)
        self._level = level
        self.link.setVisible(offered)
        for each, button in zip(list(Level)[:-1], self._to.buttons, strict=True):
            button.setVisible(level is not None and each < level)
        self._look()

    def _open_or_close(self) -> None:
        self.setVisible(self.isHidden())
        if not self.isHidden():
            self._reason.setFocus(Qt.FocusReason.PopupFocusReason)

    def _look(self) -> None:
        self._done.setEnabled(self._to.choice is not None and bool(self._reason.text().strip()))

    def _wish(self) -> None:
        commit_composition(self._reason)
        reason = self._reason.text().strip()
        if self._to.choice is None or not reason:
            return
        to = Level(self._to.choice)
        self.hide()
        self._reason.clear()
        self._to.show_choice(None)
        self.lower_wanted.emit(to, reason)
