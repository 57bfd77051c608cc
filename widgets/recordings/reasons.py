"""What a recording is needed for: one of a few reasons, with a word more where it is wanted."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.recordings.playing import PlayReason
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.flow import Flow
from widgets.base.labels import Label
from widgets.theme import px

_LONGEST = 200


class PlayReasons(QWidget):
    """``given(reason, words)`` tells which one was pressed, then it closes; it can be left without any."""

    given = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = LineEdit()
        self._words.setPlaceholderText(t("recordings.words"))
        self._words.setAccessibleName(t("recordings.words"))
        self._words.setToolTip(t("recordings.words_note"))
        self._words.setMaxLength(_LONGEST)
        self._buttons = [KeyButton(t(f"recordings.why_{reason}")) for reason in PlayReason]
        for reason, button in zip(PlayReason, self._buttons, strict=True):
            button.set_compact()
            button.clicked.connect(partial(self._give, reason))
        leave = KeyButton(t("recordings.cancel"), tone="link")
        leave.set_compact()
        leave.clicked.connect(self.hide)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(Label(t("recordings.why"), size="small", tone="soft", wrap=True))
        column.addWidget(self._words)
        column.addWidget(Flow(*self._buttons, leave))
        self.hide()

    def open_or_close(self) -> None:
        """Ask, with the focus on the first reason, or stop asking."""
        self.setVisible(self.isHidden())
        if not self.isHidden():
            self._words.clear()
            self._buttons[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _give(self, reason: PlayReason) -> None:
        commit_composition(self._words)
        self.hide()
        self.given.emit(reason.value, self._words.text().strip())
