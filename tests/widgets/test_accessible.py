"""Every control that the keys can reach has a name, on every page, sheet and state of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from resources.texts import use_language
from tests.widgets.look import STATES, fill
from tests.widgets.window import make_window
from widgets.theme import LIGHT, apply_theme

# Gives the lead's desk a second live panel: one window takes only one.
_NOT_AGAIN = "live_risk_unknown"
# Parts of Qt's own controls: the control around them has the name.
_INSIDE = ("qt_spinbox_lineedit", "qt_scrollarea_viewport")


def unnamed(window: QWidget) -> list[str]:
    """What can have the focus and says nothing of itself, shown or not."""
    return [
        f"{type(one).__name__} in {_path(one)}"
        for one in window.findChildren(QWidget)
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and one.objectName() not in _INSIDE
        and not _is_inside_a_named_box(one)
        and not _says_something(one)
        and _takes_tab(one)
    ]


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


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


def test_every_focusable_control_has_a_name(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    use_language("zh_CN")
    apply_theme(app, LIGHT)
    window = make_window()
    qtbot.addWidget(window, before_close_func=lambda closing: closing.let_close())
    window.resize(1366, 768)
    window.show()
    # One window goes through all of them: what a state adds stays, and is looked at with the others.
    found: dict[str, str] = {}
    for state in (one for one in STATES if one.__name__ != _NOT_AGAIN):
        fill(window)
        state(window)
        app.processEvents()
        found |= {one: state.__name__ for one in unnamed(window) if one not in found}
    assert not found
