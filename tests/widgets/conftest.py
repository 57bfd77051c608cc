"""What holds for every widget test: a dressed application and no warning from Qt."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QAbstractItemView, QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from resources.texts import use_language
from tests.support.keyboard import QtKeyboard
from widgets.theme import LIGHT, apply_theme, colours

# Only the off-screen platform says so, when a window changes its smallest size or comes forward.
_OFFSCREEN_ONLY = (
    "This plugin does not support propagateSizeHints()",
    "This plugin does not support raise()",
    "This plugin does not support grabbing the keyboard",
)


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    use_language("zh_CN")
    apply_theme(qapp, LIGHT)
    yield
    # whoever comes next, perhaps from another folder, finds no window, no dark theme and no English
    for window in qapp.topLevelWidgets():
        # the list of a completer goes with the completer, which would delete it a second time
        if window.parent() is None and not isinstance(window, QAbstractItemView):
            window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    use_language("zh_CN")
    if colours() is not LIGHT:
        apply_theme(qapp, LIGHT)


@pytest.fixture(params=["zh_CN", "en"])
def each_language(request: pytest.FixtureRequest) -> Iterator[None]:
    """The test twice, once in each language."""
    use_language(request.param)
    yield
    use_language("zh_CN")


@pytest.fixture
def keyboard_at(qtbot: QtBot) -> Callable[[QWidget], QtKeyboard]:
    """Show a part under a button, as in a sheet, and give it the keyboard."""

    def begin(widget: QWidget) -> QtKeyboard:
        window = QWidget()
        column = QVBoxLayout(window)
        column.addWidget(QPushButton("Esc"))
        column.addWidget(widget)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        widget.setFocus()
        return QtKeyboard(window)

    return begin


@pytest.fixture(autouse=True)
def _no_qt_message(qapp: QApplication) -> Iterator[None]:
    said: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if message not in _OFFSCREEN_ONLY and kind != QtMsgType.QtDebugMsg:
            said.append(message)

    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert not said, f"Qt said: {said}"
