"""A list of records in columns, as all lists of the console look."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QAbstractButton, QHeaderView, QTableView

from widgets.theme import px


def list_view(model: QAbstractTableModel, name: str, widths: Sequence[int], stretched: int) -> QTableView:
    """A view with one row a record, one of them chosen; the `stretched` column takes what room is left."""
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    for corner in view.findChildren(QAbstractButton):
        corner.setAccessibleName(name)
    view.verticalHeader().setDefaultSectionSize(px(32))
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, width in enumerate(widths):
        view.setColumnWidth(column, px(width))
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    return view
