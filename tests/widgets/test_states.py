"""Every state of the window, made afresh, in each language.

Everything can be read. Every control that the keys can reach has a name. No part is ever shown as a window of
its own: one that is made visible before it has its place flashes up somewhere on the screen for a moment, and
takes the keyboard away from whoever is writing.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from resources.texts import use_language
from tests.widgets import look, look_alerts, look_softphone
from tests.widgets.readable import cut_off, unnamed
from tests.widgets.samples import NOW
from tests.widgets.window import make_window
from widgets.main_window import MainWindow

# Parts of Qt's own controls: the control around them has the name.
_INSIDE = ("qt_spinbox_lineedit", "qt_scrollarea_viewport")
# The right column scrolls under a line above all.
_UNDER_A_BAR = (look.closing, look_alerts.alerts_one, *look_softphone.BARS)


@pytest.fixture
def astray(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was made visible without a place in anything."""
    found: list[str] = []
    make_visible, show = QWidget.setVisible, QWidget.show

    def note(widget: QWidget) -> None:
        if widget.parent() is None and not isinstance(widget, MainWindow):
            found.append(f"{type(widget).__name__} {widget.accessibleName()}")

    def set_visible(widget: QWidget, visible: bool) -> None:
        if visible:
            note(widget)
        make_visible(widget, visible)

    def show_now(widget: QWidget) -> None:
        note(widget)
        show(widget)

    monkeypatch.setattr(QWidget, "setVisible", set_visible)
    monkeypatch.setattr(QWidget, "show", show_now)
    return found


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("state", look.STATES, ids=lambda state: state.__name__)
def test_everything_can_be_read_is_named_and_in_its_place(
    qtbot: QtBot, astray: list[str], state: look.State, language: str
) -> None:
    use_language(language)
    window = make_window()
    qtbot.addWidget(window, before_close_func=lambda window: window.let_close())
    window.resize(1366, 768)
    window.show()
    look.fill(window)
    state(window)
    for part in (window.top_bar, window.status_bar, window.parts.calls, window.parts.lead):
        part.show_now(NOW)
    if state in _UNDER_A_BAR:
        window.resize(1366, 820)
    qtbot.waitUntil(lambda: cut_off(window) == [])
    assert unnamed(window) == []
    assert silent(window) == []
    assert window.width() == 1366
    assert astray == []


def silent(window: QWidget) -> list[str]:
    """What can have the focus and says nothing of itself, shown or not."""
    return [
        f"{type(one).__name__} in {_path(one)}"
        for one in window.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.objectName() not in _INSIDE
        and not _is_inside_a_named_box(one)
        and not _says_something(one)
    ]


def _says_something(widget: QWidget) -> bool:
    text = getattr(widget, "text", None)
    own = text() if callable(text) and not isinstance(widget, (QLineEdit, QPlainTextEdit)) else ""
    return bool(widget.accessibleName().strip() or str(own).strip())


def _is_inside_a_named_box(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(parent, QComboBox) or (
        parent is not None and isinstance(parent.parentWidget(), QComboBox)
    )


def _path(widget: QWidget) -> str:
    names, parent = [], widget.parentWidget()
    while parent is not None:
        names.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(names[:5])
