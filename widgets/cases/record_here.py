"""The place under a person's history where one record is read, with the button that puts it away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.labels import Label
from widgets.theme import px


class RecordPlace(QWidget):
    """``away_wanted()`` by the button behind the record; while nothing is read it takes no room."""

    away_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._only = Label(t("cases.read_only"), size="small", tone="soft", wrap=True)
        self._away = KeyButton(t("cases.away"), name=t("cases.away_record"))
        self._away.clicked.connect(self.away_wanted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(6))
        foot = row(self._only, self._away)
        foot.setStretch(0, 1)
        self._column.addLayout(foot)
        self.hide()

    def take(self, reading: QWidget) -> None:
        """Put in what shows the record."""
        self._column.insertWidget(0, reading, 1)
        QWidget.setTabOrder(reading, self._away)

    def open_at(self, words: QWidget) -> None:
        """Something is read from now on; the keyboard goes to its words."""
        if self.isHidden():
            self.show()
            words.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_to(self, timeline: QWidget) -> None:
        """Nothing is read any more; the keyboard goes back to the history if it was here."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        self.hide()
        if inside:
            timeline.setFocus(Qt.FocusReason.OtherFocusReason)
