"""The table behind the list of records: frozen rows, nothing kept twice."""

from PySide6.QtCore import QObject

from resources.texts import t
from widgets.base.rows import Column, RowTable
from widgets.records.state import state_text
from widgets.records.view import RecordView, matches

LEVEL_COLUMN, STATE_COLUMN = 3, 4


class RecordTable(RowTable[RecordView]):
    """The rows that fit the search, in the order they were given."""

    def __init__(self, parent: QObject | None = None) -> None:
        columns = (
            Column[RecordView](t("records.column_time"), lambda one: f"{one.at:%H:%M}"),
            Column[RecordView](
                t("records.column_number"), lambda one: one.number or t("records.number_withheld")
            ),
            Column[RecordView](t("records.column_category"), lambda one: one.category),
            Column[RecordView](t("records.column_level"), lambda one: one.level, level=True),
            Column[RecordView](t("records.column_state"), lambda one: state_text(one.state)),
        )
        super().__init__(columns, parent)
        self._all: tuple[RecordView, ...] = ()
        self._wanted = ""

    def show_records(self, records: tuple[RecordView, ...]) -> None:
        """Take these as all there are."""
        self._all = records
        self._choose()

    def search(self, wanted: str) -> None:
        """Keep only what fits; an empty text keeps everything."""
        self._wanted = wanted
        self._choose()

    def _choose(self) -> None:
        self.show_rows(tuple(record for record in self._all if matches(record, self._wanted)))
