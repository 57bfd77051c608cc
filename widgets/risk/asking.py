"""Words that an operator may ask an item with, laid over the items below it and gone at the next key."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from models.risk.questionnaire import Instruments
from resources.texts import language, t
from widgets.base.card import Card
from widgets.base.labels import Label
from widgets.theme import px


class AskingWords(Card):
    """Lies over `room`; it never takes the keys."""

    def __init__(self, room: QWidget) -> None:
        super().__init__("accent", gap=2, parent=room)
        self._instruments = Instruments()
        self._shown: tuple[str, str] = ("", "")
        self._beside: QWidget | None = None
        self.body.setContentsMargins(px(10), px(6), px(10), px(6))
        self._words = Label(wrap=True)
        self._mark = Label(t("risk.words_mark"), size="small", tone="soft", wrap=True)
        self.body.addWidget(self._words)
        self.body.addWidget(self._mark)
        # Once the room is laid out; a timer of its own ends with it.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._lie)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()

    def show_instruments(self, instruments: Instruments) -> None:
        """Use the words of these."""
        self._instruments = instruments
        self.put_away()

    def offers(self, instrument: str) -> bool:
        """True where there are words for an instrument."""
        return any(one.instrument == instrument for one in self._instruments.questions)

    def open_or_close(self, instrument: str, item: str, beside: QWidget) -> None:
        """Show the words for an item under its row, or over it; put them away if they are shown."""
        found = self._instruments.question(instrument, item)
        if found is None or (not self.isHidden() and self._shown == (instrument, item)):
            self.put_away()
            return
        self._shown = (instrument, item)
        said = t("risk.words_said", words=found.words.label(language()))
        self._words.setText(said)
        self.setAccessibleName(said)
        # For those who hear the screen: the row that has the keys says it too.
        beside.setAccessibleDescription(said)
        self._beside = beside
        self._lie()
        self.show()
        self.raise_()

    def put_away(self) -> None:
        """Show no words."""
        self._shown = ("", "")
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Look on at the room from now on."""
        super().showEvent(event)
        room = self.parentWidget()
        if room is not None:
            room.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look on no more: the room need tell nobody of its painting."""
        super().hideEvent(event)
        room = self.parentWidget()
        if room is not None:
            room.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beside the row when the room changes."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._soon.start()
        return super().eventFilter(watched, event)

    def _lie(self) -> None:
        room, beside = self.parentWidget(), self._beside
        if room is None or beside is None:
            return
        wide = room.width()
        self.setFixedWidth(wide)
        height = max(self.heightForWidth(wide), self.minimumSizeHint().height())
        top = beside.mapTo(room, QPoint(0, 0)).y()
        below, above = top + beside.height(), top - height
        under = below + height <= room.height() or above < 0
        self.setGeometry(0, below if under else above, wide, height)
