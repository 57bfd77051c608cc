"""The list behind the hits: pages that are fetched when somebody scrolls to their end."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from resources.texts import t
from widgets.base.levels import level_text
from widgets.search.view import HitView

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class HitList(QAbstractListModel):
    """Frozen hits in the order they were given; further pages come after them."""

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[HitView, ...] = ()
        self._more = False

    def show_hits(self, hits: tuple[HitView, ...], more: bool) -> None:
        """Take these; hits that only grew at their end stay where they are."""
        known = len(self._hits)
        self._more = more
        if known and hits[:known] == self._hits:
            if len(hits) > known:
                self.beginInsertRows(QModelIndex(), known, len(hits) - 1)
                self._hits = hits
                self.endInsertRows()
            return
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def hit(self, row: int) -> HitView:
        """Return the hit in a row."""
        return self._hits[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many hits are here."""
        return 0 if parent.isValid() else len(self._hits)

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether another page may follow."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page, once."""
        if self._more:
            self._more = False
            self.more_wanted.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a hit in words, as it is read out."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        hit = self._hits[index.row()]
        return t(
            "search.hit",
            time=f"{hit.at:%Y-%m-%d %H:%M}",
            who=hit.who,
            kind=hit.kind,
            category=hit.category,
            level=level_text(hit.level),
            where=hit.where,
            text=hit.text,
        )
