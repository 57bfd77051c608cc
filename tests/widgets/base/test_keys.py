import re
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from resources.texts import available_languages, t, use_language
from widgets.base.keys import KEYS, bind, key_for
from widgets.base.keys_overview import KeysOverview

SAFE = re.compile(r"((Ctrl|Shift)\+)?F\d{1,2}|Ctrl\+(Return|Tab|[A-Z])")


def test_every_key_is_safe_with_an_input_method_and_used_once() -> None:
    assert all(SAFE.fullmatch(key.sequence) for key in KEYS)
    assert len({key.sequence for key in KEYS}) == len(KEYS) == len({key.wish for key in KEYS})


def test_editing_keys_are_left_to_text_fields() -> None:
    taken = {"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Y", "Ctrl+Z"}
    assert not taken & {key.sequence for key in KEYS}


def test_every_key_is_explained_in_every_language(qtbot: QtBot) -> None:
    for language in available_languages():
        use_language(language)
        overview = KeysOverview(practice=True)
        qtbot.addWidget(overview)
        words = [label.text() for label in overview.findChildren(QWidget) if hasattr(label, "text")]
        for key in KEYS:
            assert key_for(key.wish) in words
            assert t(f"base.key_{key.wish}") in words


def test_a_key_acts_while_text_has_the_focus_and_a_letter_never_does(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit()
    QVBoxLayout(window).addWidget(field)
    done: list[str] = []
    for key in KEYS:
        bind(window, key.wish, partial(done.append, key.wish))
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "fhjkl123")
    assert done == []
    qtbot.keyClick(field, Qt.Key.Key_F2)
    qtbot.keyClick(field, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert done == ["answer", "next_missing"]
    assert field.text() == "fhjkl123"


def _list(window: QWidget) -> None:
    box = QComboBox(window)
    box.addItems(["C1", "C2"])
    box.show()
    box.showPopup()


def _menu(window: QWidget) -> None:
    menu = QMenu(window)
    menu.addAction("C1")
    menu.popup(window.pos())


def _words(window: QWidget) -> None:
    field = window.findChild(QLineEdit)
    assert field
    field.createStandardContextMenu().popup(window.pos())


@pytest.mark.parametrize("opened", [_list, _menu, _words])
def test_what_is_urgent_is_not_held_back_by_an_open_list(
    qtbot: QtBot, opened: Callable[[QWidget], None]
) -> None:
    """A ring comes while somebody looks for the type of the call before."""
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(QLineEdit())
    done: list[str] = []
    for wish in ("answer", "refer", "finish_note"):
        bind(window, wish, partial(done.append, wish))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for key, acts in ((Qt.Key.Key_F2, ["answer"]), (Qt.Key.Key_F8, ["answer", "refer"])):
        opened(window)
        popup = QApplication.activePopupWidget()
        assert popup
        QTest.keyClick(popup.windowHandle(), key)
        assert done == acts
        assert QApplication.activePopupWidget() is None


def test_an_open_list_keeps_the_keys_of_the_note(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    done: list[str] = []
    bind(window, "finish_note", partial(done.append, "finish_note"))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    _list(window)
    popup = QApplication.activePopupWidget()
    assert popup
    QTest.keyClick(popup.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not done
    popup.close()


def test_what_is_urgent_acts_from_a_dialog_that_is_not_modal(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    done: list[str] = []
    bind(window, "answer", partial(done.append, "answer"))
    window.show()
    dialog = QFileDialog(window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setModal(False)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_F2)
    assert done == ["answer"]
    dialog.close()
