"""One key stamps the time wherever the focus is; Esc leads back there."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets import look_samples as samples
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
