"""The table behind the list of records: frozen rows, nothing kept twice."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from resources.texts import t
from widgets.base.levels import level_text
from widgets.records.state import state_text
from widgets.records.view import RecordView, matches

COLUMNS = ("time", "number", "category", "level", "state")
LEVEL_COLUMN = COLUMNS.index("level")
STATE_COLUMN = COLUMNS.index("state")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class RecordTable(QAbstractTableModel):
    """The rows that fit the search, in the order they were given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[RecordView, ...] = ()
        self._shown: tuple[RecordView, ...] = ()
        self._wanted = ""

    def show_records(self, records: tuple[RecordView, ...]) -> None:
        """Take these as all there are."""
        self._all = records
        self._choose()

    def search(self, wanted: str) -> None:
        """Keep only what fits; an empty text keeps everything."""
        self._wanted = wanted
        self._choose()

    def record(self, row: int) -> RecordView:
        """Return the record in a row."""
        return self._shown[row]

    def _choose(self) -> None:
        self.beginResetModel()
        self._shown = tuple(record for record in self._all if matches(record, self._wanted))
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows fit."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return t(f"records.column_{COLUMNS[section]}")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell; the level's cell also reads out its words."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        record = self._shown[index.row()]
        match COLUMNS[index.column()]:
            case "time":
                return f"{record.at:%H:%M}"
            case "number":
                return record.number or t("records.number_withheld")
            case "category":
                return record.category
            case "level":
                return level_text(record.level)
            case _:
                return state_text(record.state)
