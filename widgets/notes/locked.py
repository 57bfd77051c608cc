"""A note that is too old to be changed: why, its text to be read, handing it in or putting it away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.labels import Label
from widgets.theme import px


class Locked(QWidget):
    """Stands in the place of the form; the text itself is shown by a reader that others bring."""

    away_wanted = Signal()
    finish_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._why = Label(tone="care", strong=True, wrap=True)
        self._finish = KeyButton(t("access.hand_in"))
        self._finish.clicked.connect(lambda: self.finish_wanted.emit(t("notes.reason_usual")))
        self._away = KeyButton(t("access.put_away"))
        self._away.clicked.connect(self.away_wanted)
        foot = row(1, self._finish, self._away)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        self._column.addWidget(self._why)
        self._column.addLayout(foot)

    def take_reader(self, reader: QWidget) -> None:
        """Put the part that shows the text between the sentence and the buttons."""
        self._column.insertWidget(1, reader, 1)

    def show_locked(self, why: str, draft: bool) -> None:
        """Say why it cannot be changed; a draft can still be handed in."""
        self._why.setText(why)
        self._finish.setVisible(draft)
