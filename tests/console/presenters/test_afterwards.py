"""What may wait comes after the painting, and not at all where its window is gone."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.presenters.afterwards import afterwards


class Paints(QObject):
    """Notes when a widget is painted."""

    def __init__(self, watched: QWidget, told: list[str]) -> None:
        super().__init__(watched)
        self._told = told
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._told.append("painted")
        return False


def test_it_comes_after_what_waits_to_be_painted(qtbot: QtBot) -> None:
    window, told = QWidget(), list[str]()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    QApplication.processEvents()
    Paints(window, told)
    window.update()
    afterwards(window, lambda: told.append("done"))
    assert told == []
    qtbot.waitUntil(lambda: "done" in told)
    assert told == ["painted", "done"]


def test_it_does_not_come_where_it_was_stopped_or_the_window_is_gone(qtbot: QtBot) -> None:
    stays, goes, told = QWidget(), QWidget(), list[str]()
    qtbot.addWidget(stays)
    afterwards(stays, lambda: told.append("stopped")).stop()
    afterwards(goes, lambda: told.append("gone"))
    goes.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    afterwards(stays, lambda: told.append("last"))
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["last"]
