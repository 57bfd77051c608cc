"""Whether the conversation is recorded, and the pause."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.calls.events import Taping
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.tag import Tag
from widgets.calls.view import CallView


class Recording(QWidget):
    """What the recording does, and a word that pauses it or lets it go on. Without a recording, no room."""

    wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = Tag()
        self._switch = KeyButton(t("calls.tape_pause"), tone="link")
        self.setLayout(row(self._state, self._switch, 1, gap=6))
        self._on = False
        self._switch.clicked.connect(lambda: self.wanted.emit(not self._on))

    def show_call(self, call: CallView) -> None:
        """Show what the line says of the recording."""
        self._on = call.tape is Taping.ON
        self.setVisible(call.live and call.tape in (Taping.ON, Taping.PAUSED))
        self._state.show_text(
            t("calls.tape_on" if self._on else "calls.tape_paused"), "plain" if self._on else "care"
        )
        self._switch.show_label(t("calls.tape_pause" if self._on else "calls.tape_go_on"))

    def show_line(self, up: bool) -> None:
        """Act only while there is a line to act on."""
        self._switch.setEnabled(up)
