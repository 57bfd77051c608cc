"""Whether everything on a widget can be read and is named for those who do not see it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from widgets.base.labels import ElidedLabel
from widgets.base.rows import LevelCells
from widgets.theme import LIGHT, Palette, apply_theme, px

T = TypeVar("T")


def soon(find: Callable[[], T | None]) -> T:
    """What is there once the window had the time to make it: a section that nobody opened, for example."""
    deadline, looking = QDeadlineTimer(5_000), QTimer()
    looking.start(1)
    while not deadline.hasExpired():
        found = find()
        if found is not None:
            return found
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    raise AssertionError("it never came")


@contextmanager
def on_screen(
    qtbot: QtBot, widget: QWidget, width: int, height: int, palette: Palette = LIGHT
) -> Iterator[QWidget]:
    """Show a widget at a size, dressed as in the console; gives the active window it is in."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, palette)
    window = QWidget()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    window.setFixedSize(width, height)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    app.processEvents()
    try:
        yield window
    finally:
        window.close()


def drag(widget: QWidget, to: QPoint) -> None:
    """Move the mouse over a widget with the left button held."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(to),
        QPointF(widget.mapToGlobal(to)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def cut_off(widget: QWidget) -> list[str]:
    """The texts that do not fit where they stand; what is scrolled out of sight is no such text."""
    found = [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and _cut(label)]
    for button in widget.findChildren(QPushButton):
        needed = button.minimumSizeHint().width()
        if button.isVisible() and button.text() and button.width() < needed:
            found.append(button.text())
    areas = [area for area in widget.findChildren(QScrollArea) if area.isVisible()]
    for area in areas:
        content = area.widget()
        if content is not None and content.width() > area.viewport().width():
            found.append(f"{content.width()} px wide in {area.viewport().width()}")
    return [*found, *_cut_lists(widget), *_begun_in_the_middle(widget)]


def _cut_lists(widget: QWidget) -> list[str]:
    """Lists in which something is had by scrolling sideways only, and levels wider than their column."""
    found = []
    for view in widget.findChildren(QAbstractItemView):
        if not view.isVisible():
            continue
        if view.horizontalScrollBar().maximum() > 0:
            found.append(f"{view.accessibleName()} is scrolled sideways")
        if isinstance(view, QTableView):
            found += [f"a level in column {one} of {view.accessibleName()}" for one in _cut_levels(view)]
            found += _cut_headings(view)
    return found


def _cut_headings(view: QTableView) -> list[str]:
    header, model = view.horizontalHeader(), view.model()
    columns = [(one, str(model.headerData(one, Qt.Orientation.Horizontal))) for one in range(header.count())]
    words = header.fontMetrics()
    return [said for one, said in columns if header.sectionSize(one) < words.horizontalAdvance(said) + px(12)]


def _cut_levels(view: QTableView) -> list[int]:
    columns = range(view.model().columnCount())
    cells = {one: view.itemDelegateForColumn(one) for one in columns}
    return [
        one
        for one, cell in cells.items()
        if isinstance(cell, LevelCells) and view.columnWidth(one) < cell.room(("R0", "R1", "R2", "R3", "R4"))
    ]


def _begun_in_the_middle(widget: QWidget) -> list[str]:
    """The lines that are longer than their field and show their end although nobody writes there."""
    return [
        line.text()
        for line in widget.findChildren(QLineEdit)
        if line.isVisible()
        and not line.hasFocus()
        and line.cursorPosition() > 0
        and line.fontMetrics().horizontalAdvance(line.text()) > line.width()
    ]


def unnamed(widget: QWidget) -> list[str]:
    """The controls that have no accessible name."""
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
    controls = [each for kind in kinds for each in widget.findChildren(kind)]
    return [f"{type(each).__name__} {each.objectName()}" for each in controls if not _name(each)]


def _name(widget: QWidget) -> str:
    own = widget.accessibleName()
    return own or (widget.text() if isinstance(widget, QAbstractButton) else "")


def _cut(label: QLabel) -> bool:
    if isinstance(label, ElidedLabel):
        return label.is_cut()
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width())
    return label.width() < label.fontMetrics().horizontalAdvance(label.text())
