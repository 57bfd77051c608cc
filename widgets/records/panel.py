"""The list of my records of today, with its search."""

from PySide6.QtCore import QModelIndex, QRect, QSize, Signal
from PySide6.QtGui import QAction, QIcon, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.clearing import show_clear
from widgets.base.labels import Label
from widgets.base.rows import Index
from widgets.base.table import list_view
from widgets.base.tag import LevelTag, Tag
from widgets.records.model import LEVEL_COLUMN, STATE_COLUMN, RecordTable
from widgets.records.state import StateTag
from widgets.records.view import RecordView
from widgets.theme import icon_path, px


class _TagDelegate(QStyledItemDelegate):
    """Paints level and state as the same tags as everywhere."""

    def __init__(self, table: RecordTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self._level = LevelTag(parent=parent)
        self._state = StateTag(parent=parent)
        self._level.hide()
        self._state.hide()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground of the cell, then the tag."""
        super().paint(painter, option, index)
        tag = self._tag(self._table.at(index.row()), index.column())
        size = tag.sizeHint()
        rect: QRect = option.rect
        tag.resize(size)
        painter.save()
        painter.translate(rect.left() + px(8), rect.top() + (rect.height() - size.height()) // 2)
        tag.paint_on(painter)
        painter.restore()

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the words to the tag."""
        super().initStyleOption(option, index)
        option.text = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Ask for the tag's room."""
        hint = self._tag(self._table.at(index.row()), index.column()).sizeHint()
        return QSize(hint.width() + px(16), px(32))

    def _tag(self, record: RecordView, column: int) -> Tag:
        if column == LEVEL_COLUMN:
            self._level.show_level(record.level)
            return self._level
        self._state.show_state(record.state)
        return self._state


class RecordList(QWidget):
    """Search by the number's tail or by time; Enter or a double click opens a record."""

    open_wanted = Signal(str)
    share_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = RecordTable(self)
        self._search = QLineEdit()
        self._search.setPlaceholderText(t("records.search"))
        self._search.setAccessibleName(t("records.search"))
        show_clear(self._search)
        glass = QAction(QIcon(icon_path("search")), t("records.search"), self)
        self._search.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        for button, name in zip(self._search.findChildren(QToolButton), ("clear", "search"), strict=True):
            button.setAccessibleName(t(f"records.{name}"))
        self._search.textChanged.connect(self._searched)
        self._search.returnPressed.connect(self._open_first)
        self._view = self._make_view()
        self._share = KeyButton(t("records.share"), tone="link")
        self._share.clicked.connect(self._wish_share)
        self._count = Label(size="small", tone="soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._search)
        column.addWidget(self._view, 1)
        column.addLayout(row(self._count, 1, self._share))
        self.setFocusProxy(self._search)
        self._show_count()

    def show_records(self, records: tuple[RecordView, ...]) -> None:
        """Show these, newest first as they are given."""
        self._table.show_records(records)
        self._show_count()

    def _make_view(self) -> QTableView:
        view = list_view(self._table, t("records.title"), (64, 140, 150, 130, 100), 2)
        delegate = _TagDelegate(self._table, view)
        view.setItemDelegateForColumn(LEVEL_COLUMN, delegate)
        view.setItemDelegateForColumn(STATE_COLUMN, delegate)
        view.activated.connect(self._open)
        view.selectionModel().selectionChanged.connect(self._show_count)
        return view

    def _searched(self, wanted: str) -> None:
        self._table.search(wanted)
        self._show_count()

    def _show_count(self) -> None:
        self._count.setText(t("records.count", n=self._table.rowCount()))
        self._share.setEnabled(self._chosen() is not None)

    def _chosen(self) -> QModelIndex | None:
        chosen = self._view.selectionModel().selectedRows()
        return chosen[0] if chosen else None

    def _wish_share(self) -> None:
        index = self._chosen()
        if index is not None:
            self.share_wanted.emit(self._table.at(index.row()).id)

    def _open(self, index: QModelIndex) -> None:
        self.open_wanted.emit(self._table.at(index.row()).id)

    def _open_first(self) -> None:
        if self._table.rowCount():
            self.open_wanted.emit(self._table.at(0).id)
