"""What holds for every widget test: a dressed application and no warning from Qt."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from resources.texts import use_language
from widgets.theme import LIGHT, apply_theme

# Only the off-screen platform says so, when a window changes its smallest size or comes forward.
_OFFSCREEN_ONLY = (
    "This plugin does not support propagateSizeHints()",
    "This plugin does not support raise()",
    "This plugin does not support grabbing the keyboard",
)


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    use_language("zh_CN")
    apply_theme(qapp, LIGHT)


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
