"""The window speaks in the words of the hotline."""

from dataclasses import replace

from PySide6.QtWidgets import QApplication, QLabel

from console.presenters.window import build_window
from resources import instruments
from resources.texts import use_language
from tests.console.taken_away import take_away
from widgets.theme import LIGHT, apply_theme


def test_the_quick_screen_is_worded_as_in_the_hotlines_own(qapp: QApplication) -> None:
    use_language("zh_CN")
    apply_theme(qapp, LIGHT)
    shipped = instruments.load()
    first, *others = shipped.items
    parts = build_window(False, replace(shipped, items=(replace(first, zh="本线自己的说法"), *others)))
    assert not parts.live.there
    for panel in (parts.risk, parts.live.made):
        assert any("本线自己的说法" in label.text() for label in panel.findChildren(QLabel))
    take_away(parts.live.made)
    take_away(parts.window)
