"""What a whole number is needed for: a few reasons, one of which is given before it is shown."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.access.reasons import UnmaskReason
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.flow import Flow
from widgets.base.labels import Label
from widgets.theme import px


class UnmaskReasons(QWidget):
    """Opens under a masked number; ``given(reason)`` tells which one was pressed, then it closes."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = [KeyButton(t(f"access.why_{reason}")) for reason in UnmaskReason]
        for reason, button in zip(UnmaskReason, self._buttons, strict=True):
            button.set_compact()
            button.clicked.connect(partial(self._give, reason))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(Label(t("access.unmask_why"), size="small", tone="soft", wrap=True))
        column.addWidget(Flow(*self._buttons))
        self.hide()

    def open_or_close(self) -> None:
        """Ask, with the focus on the first reason, or stop asking."""
        self.setVisible(self.isHidden())
        if not self.isHidden():
            self._buttons[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _give(self, reason: UnmaskReason) -> None:
        self.hide()
        self.given.emit(reason.value)
