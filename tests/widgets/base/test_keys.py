import re
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
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
