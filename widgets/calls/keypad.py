"""The keypad: tones for somebody's automatic answer."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.labels import ElidedLabel
from widgets.theme import px

_KEYS = "123456789*0#"


class Keypad(QWidget):
    """Twelve keys that come into sight when they are asked for; what was pressed stands above them."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._open = KeyButton(t("calls.keypad"), tone="link")
        self._said = ElidedLabel(strong=True)
        self._said.setAccessibleName(t("calls.keypad_pressed"))
        self._keys = QWidget()
        grid = QGridLayout(self._keys)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(4))
        grid.addWidget(self._said, 0, 0, 1, 3)
        for place, key in enumerate(_KEYS):
            button = KeyButton(key, name=t("calls.keypad_key", key=key))
            button.clicked.connect(partial(self._press, key))
            grid.addWidget(button, 1 + place // 3, place % 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self._open)
        column.addWidget(self._keys)
        self._keys.hide()
        self._open.clicked.connect(self._toggle)

    def put_away(self) -> None:
        """Another call, or none: what was pressed is forgotten."""
        self._typed = ""
        self._said.setText("")
        self._keys.hide()

    def show_line(self, up: bool) -> None:
        """Act only while there is a line to act on."""
        self._keys.setEnabled(up)

    def _toggle(self) -> None:
        self._keys.setVisible(self._keys.isHidden())

    def _press(self, key: str) -> None:
        self._typed += key
        self._said.setText(self._typed)
        self.pressed.emit(key)
