"""The whole number of a call that is owed: asked for with a reason, by key or button."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.keys import bind, key_for
from widgets.base.reasons import UnmaskReasons
from widgets.followups.view import DueRow


class WholeNumber(QWidget):
    """The reasons under the list; `button` stands where the other acts are. ``wanted(owed, reason)``."""

    wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: DueRow | None = None
        self._why = UnmaskReasons()
        self.button = KeyButton(t("access.unmask"), key_for("unmask_due"), name=t("access.unmask_name"))
        self.button.clicked.connect(self._ask)
        self._why.given.connect(self._give)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._why)
        bind(self, "unmask_due", self._ask)

    def show_row(self, row: DueRow | None) -> None:
        """The number of this one can be asked for; a reason that was begun for another is given up."""
        before, self._row = self._row, row
        same = before is not None and row is not None and before.id in (row.id, *row.others)
        masked = row is not None and row.masked
        self.button.setVisible(masked)
        if not masked or not same:
            self._why.hide()

    def _ask(self) -> None:
        if self._row is not None and self._row.masked:
            self._why.open_or_close()

    def _give(self, reason: str) -> None:
        if self._row is not None:
            self.wanted.emit(self._row.id, reason)
