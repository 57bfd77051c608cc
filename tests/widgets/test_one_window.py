"""No part of the window is ever shown as a window of its own.

A part that is made visible before it has its place flashes up somewhere on the screen for a moment, and takes
the keyboard away from whoever is writing.
"""

from itertools import groupby

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from resources.texts import use_language
from tests.widgets import look_alerts, look_recordings
from tests.widgets.look import STATES, State, fill
from tests.widgets.window import make_window
from widgets.main_window import MainWindow
from widgets.theme import LIGHT, apply_theme


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
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


def test_no_part_is_shown_as_a_window(qapp: QApplication, shown: list[str]) -> None:
    use_language("zh_CN")
    apply_theme(qapp, LIGHT)
    found: dict[str, list[str]] = {}
    for _, states in groupby(STATES, key=_window):
        window = make_window()
        found["while it is made"] = shown.copy()
        window.resize(1366, 768)
        window.show()
        for state in states:
            shown.clear()
            fill(window)
            state(window)
            qapp.processEvents()
            found[state.__name__] = shown.copy()
        window.close()
        window.deleteLater()
        shown.clear()
    assert {name: parts for name, parts in found.items() if parts} == {}


def _window(state: State) -> str:
    """States of one file share a window, but for those that put parts into it."""
    alone = state.__module__ in (look_alerts.__name__, look_recordings.__name__)
    return state.__name__ if alone else state.__module__
