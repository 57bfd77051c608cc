"""What a note does not do again: a field, a tab or a button is touched only when something changed in it."""

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets import look_samples as samples
from widgets.base.buttons import KeyButton
from widgets.notes.finish import Finish
from widgets.notes.panel import NotePanel
from widgets.notes.section import SectionPage

MISSING = ("complaint", "outcome")


class Seen(QObject):
    """Counts events of a kind by the widget that got them."""

    def __init__(self, kind: QEvent.Type) -> None:
        super().__init__()
        self.kind, self.by = kind, Counter[str]()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == self.kind and isinstance(watched, QWidget):
            self.by[type(watched).__name__] += 1
        return False


@pytest.fixture
def panel(qapp: QApplication, qtbot: QtBot) -> NotePanel:
    panel = NotePanel()
    qtbot.addWidget(panel)
    panel.resize(740, 680)
    panel.show()
    panel.show_form(samples.FORM, samples.ENUMERATIONS)
    panel.show_note(samples.NOTE)
    panel.show_missing(MISSING)
    qapp.processEvents()
    return panel


def test_what_is_shown_again_paints_nothing(panel: NotePanel, qapp: QApplication) -> None:
    painted = Seen(QEvent.Type.Paint)
    qapp.installEventFilter(painted)
    panel.show_form(samples.FORM, samples.ENUMERATIONS, MISSING)
    panel.show_note(samples.NOTE)
    panel.show_missing(MISSING)
    qapp.processEvents()
    qapp.removeEventFilter(painted)
    assert painted.by == Counter()


def test_the_other_sections_wait_until_nobody_presses_a_key(panel: NotePanel, qtbot: QtBot) -> None:
    made = len(panel.findChildren(SectionPage))
    assert made < len(samples.FORM.sections)
    for _ in range(20):
        QTest.keyClick(panel, Qt.Key.Key_Shift)
        QApplication.processEvents()
    assert len(panel.findChildren(SectionPage)) == made
    qtbot.waitUntil(lambda: len(panel.findChildren(SectionPage)) == len(samples.FORM.sections))


def test_the_ways_to_what_is_missing_are_made_when_it_is_asked_for(qapp: QApplication) -> None:
    finish = Finish()
    buttons = len(finish.findChildren(KeyButton))
    finish.show_missing((("complaint", "主诉"), ("outcome", "处理")))
    assert len(finish.findChildren(KeyButton)) == buttons
    finish.press()
    assert len(finish.findChildren(KeyButton)) == buttons + 2
