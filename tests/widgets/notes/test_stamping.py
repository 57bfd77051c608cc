"""One key stamps the time wherever the focus is; Esc leads back there."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models.notes.note import LogLine
from resources.texts import t
from tests.widgets import look_samples as samples
from widgets.notes.log import TimedLog
from widgets.notes.panel import NotePanel
from widgets.notes.writing import LineWriting

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_stamp_from_another_panel_goes_into_the_line_and_back(qtbot: QtBot) -> None:
    window, panel, elsewhere = QWidget(), NotePanel(), QLineEdit()
    row = QHBoxLayout(window)
    for part in (panel, elsewhere):
        row.addWidget(part)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    panel.show_form(samples.FORM, samples.ENUMERATIONS)
    panel.show_note(samples.NOTE)
    asked: list[str] = []

    def stamp() -> None:
        asked.append(f"line-{len(asked)}")
        panel.show_log_line(asked[-1], samples.minutes(len(asked)))

    panel.log_line_wanted.connect(stamp)
    qtbot.waitUntil(window.isActiveWindow)
    elsewhere.setFocus()
    assert elsewhere.hasFocus()
    QTest.keyClick(elsewhere, Qt.Key.Key_T, CTRL)
    line = QApplication.focusWidget()
    assert isinstance(line, LineWriting)
    QTest.keyClicks(line, "calls 110")
    QTest.keyClick(line, Qt.Key.Key_Return)
    second = QApplication.focusWidget()
    assert isinstance(second, LineWriting)
    QTest.keyClick(second, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is elsewhere
    QTest.keyClick(elsewhere, Qt.Key.Key_Escape)
    assert len(asked) == 2


def test_a_mark_stands_before_the_line_that_waits_for_words(qtbot: QtBot) -> None:
    """As the service has it; the caret stays, and what was typed a moment ago stays too."""
    panel = NotePanel()
    qtbot.addWidget(panel)
    panel.show_form(samples.FORM, samples.ENUMERATIONS)
    panel.show_note(samples.NOTE)
    before = samples.NOTE.body.log
    panel.show()
    panel.show_log_line("waiting", samples.minutes(1))
    waiting = panel.window().focusWidget()
    assert isinstance(waiting, LineWriting)
    QTest.keyClicks(waiting, "ab")
    mark, line = LogLine("mark", samples.minutes(3), "沉默"), LogLine("waiting", samples.minutes(3), "")
    panel.show_note(replace(samples.NOTE, body=replace(samples.NOTE.body, log=(*before, mark, line))))
    (log,) = (one for one in panel.findChildren(TimedLog) if one.isVisible())
    QApplication.processEvents()
    column = sorted(log.findChildren(LineWriting), key=lambda one: one.mapTo(log, QPoint()).y())
    assert [one.toPlainText() for one in column] == [*(one.text for one in before), "沉默", "ab"]
    at = f"{samples.minutes(3).astimezone():%H:%M}"
    assert waiting.accessibleName() == t("notes.log_line", time=at)
    assert panel.window().focusWidget() is waiting
    QTest.keyClick(waiting, Qt.Key.Key_Up)
    assert panel.window().focusWidget() is column[-2]
