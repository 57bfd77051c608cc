"""What the colleague says who hands the call on: who, how dangerous, three lines."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.calls.call import CallState
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import clear, row
from widgets.base.labels import Label
from widgets.base.tag import LevelTag, Tag
from widgets.calls.view import CallView
from widgets.theme import px


class Brief(QWidget):
    """In sight from the ring on, as long as the call is; without words of a colleague it takes no room."""

    first_note_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = ""
        self._who = Label(strong=True, wrap=True)
        self._level = LevelTag()
        self._red = Tag(t("handing.red"), "urgent")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(2))
        self._read = KeyButton(t("handing.first_note"), tone="link")
        self._read.clicked.connect(lambda: self.first_note_wanted.emit(self._note))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, px(4))
        column.setSpacing(px(4))
        column.addWidget(self._who)
        column.addLayout(row(self._level, self._red, 1, gap=6))
        column.addLayout(self._lines)
        column.addWidget(self._read)
        self.hide()

    def show_call(self, call: CallView) -> None:
        """Show what was told with this call."""
        brief = call.brief
        self.setVisible(brief is not None)
        if brief is None:
            return
        self._note = brief.note
        key = "handing.asks_you" if call.state is CallState.RINGING else "handing.told_you"
        self._who.setText(t(key, who=brief.who, time=f"{brief.at:%H:%M}"))
        self._level.show_level(brief.level or "RX")
        self._red.setVisible(brief.red)
        clear(self._lines)
        for place, line in enumerate(brief.lines, 1):
            self._lines.addWidget(Label(t("handing.said", n=place, words=line), wrap=True))
        if not brief.lines:
            self._lines.addWidget(Label(t("handing.said_nothing"), tone="soft", wrap=True))
        self._read.setVisible(bool(brief.note) and call.state is not CallState.RINGING)
