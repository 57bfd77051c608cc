"""The table behind the list of calls that are owed."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from resources.texts import t
from widgets.followups.view import DueRow

COLUMNS = ("due", "number", "why", "tried", "taken")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def due_text(row: DueRow) -> str:
    """When it is due, and in words whether that time is over."""
    at = f"{row.due_at:%m-%d %H:%M}"
    if row.expired:
        return t("followups.expired_at", at=at)
    return t("followups.overdue_at", at=at) if row.overdue else at


def why_text(row: DueRow) -> str:
    """Why somebody is called: what they asked for, how often they gave up, which call of which series."""
    if row.latest is not None:
        same = row.latest.date() == row.due_at.date()
        at = f"{row.latest:%H:%M}" if same else f"{row.latest:%m-%d %H:%M}"
        return t("followups.abandoned_times", n=len(row.others) + 1, at=at)
    if row.why is not None:
        return t(f"followups.why_{row.why}")
    words = t("followups.why_series", level=row.level, day=row.day, place=row.place, places=row.places)
    return t("followups.why_barred", why=words) if row.barred else words


def tried_text(row: DueRow) -> str:
    """How often it was tried and what came of it last."""
    if row.last is None:
        return t("followups.not_tried")
    how = t(f"followups.how_{row.how}") if row.how else t(f"followups.result_{row.last}")
    return t("followups.tried", n=row.attempts, result=how)


class DueTable(QAbstractTableModel):
    """The rows as they were given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[DueRow, ...] = ()

    def show_rows(self, rows: tuple[DueRow, ...]) -> None:
        """Take these as all there are."""
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def at(self, row: int) -> DueRow:
        """Return what a row holds."""
        return self._rows[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return t(f"followups.column_{COLUMNS[section]}")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._rows[index.row()]
        match COLUMNS[index.column()]:
            case "due":
                return due_text(row)
            case "number":
                return row.number
            case "why":
                return why_text(row)
            case "tried":
                return tried_text(row)
            case _:
                return t("followups.mine") if row.mine else row.taken_by
