"""A list of values as a table: each column writes what it has to say of one; levels are painted as tags."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from widgets.base.levels import LEVELS, level_text
from widgets.base.tag import LevelTag, widest
from widgets.theme import px

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A heading, and what a cell under it says; a `level` column says a code, "" for none."""

    heading: str
    write: Callable[[Row], str]
    level: bool = False


class RowTable(QAbstractTableModel, Generic[Row]):
    """The rows as they were given."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All there are."""
        return self._rows

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Take these as all there are."""
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def at(self, row: int) -> Row:
        """Return what a row holds."""
        return self._rows[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell."""
        column = self._columns[index.column()]
        said = column.write(self._rows[index.row()])
        spoken = role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        if spoken or (role == Qt.ItemDataRole.DisplayRole and not column.level):
            return level_text(said) if column.level and said else said
        return None

    def level_at(self, index: Index) -> str:
        """Return the level that a cell says, "" for none."""
        return self._columns[index.column()].write(self._rows[index.row()])


class LevelCells(QStyledItemDelegate):
    """Paints a level as the same tag as everywhere: code, word and shape."""

    def __init__(self, table: RowTable[Row], parent: QWidget) -> None:
        super().__init__(parent)
        self._level_at = table.level_at
        self._tag = LevelTag(parent=parent)
        self._tag.hide()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground of the cell, then the tag."""
        super().paint(painter, option, index)
        code = self._level_at(index)
        if not code:
            return
        self._tag.show_level(code)
        size = self._tag.sizeHint()
        rect: QRect = option.rect
        self._tag.resize(size)
        painter.save()
        painter.translate(rect.left() + px(8), rect.top() + (rect.height() - size.height()) // 2)
        self._tag.paint_on(painter)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Ask for the room of the longest tag."""
        return QSize(self.room(tuple(LEVELS)), px(32))

    def room(self, codes: Sequence[str]) -> int:
        """The width in which each of these levels can be read in the language in use."""
        return widest(map(level_text, codes), self._tag) + px(16)


def show_levels(
    view: QTableView, table: RowTable[Row], column: int, codes: Sequence[str] = tuple(LEVELS)
) -> None:
    """Paint the levels of a column as tags, and let it not be too narrow for any of these."""
    cells = LevelCells(table, view)
    view.setItemDelegateForColumn(column, cells)
    view.setColumnWidth(column, max(view.columnWidth(column), cells.room(codes)))
