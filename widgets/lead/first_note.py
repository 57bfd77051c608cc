"""The record of whoever handed a call on, for the one who took it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.labels import Label
from widgets.lead.reading import Reading
from widgets.lead.view import RecordText


class FirstNote(QWidget):
    """What lies on its sheet: the record, or that it has not come yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._away = Label(t("handing.first_note_away"), tone="soft", wrap=True)
        self._reader = Reading()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._away)
        column.addWidget(self._reader, 1)
        column.addStretch()
        self.show_record(None)

    def show_record(self, record: RecordText | None) -> None:
        """Show the record, or that it is not here."""
        self._away.setVisible(record is None)
        self._reader.setVisible(record is not None)
        self._reader.show_record(record)
