import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.widgets import look
from tests.widgets.window import make_window
from widgets.base.buttons import KeyButton
from widgets.main_window import MainWindow, Page
from widgets.operator_desk import column_widths


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = make_window()
    qtbot.addWidget(made, before_close_func=lambda window: window.let_close())
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    look.fill(made)
    return made


NONE = Qt.KeyboardModifier.NoModifier


def key(window: MainWindow, which: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(window.focusWidget() or window, which, modifier)


def test_it_starts_at_sign_in_and_fits_the_smallest_screen(qtbot: QtBot) -> None:
    made = make_window()
    qtbot.addWidget(made, before_close_func=lambda window: window.let_close())
    assert made.page is Page.SIGN_IN
    look.fill(made)
    assert made.minimumSizeHint().width() <= 1366
    assert made.minimumSizeHint().height() <= 768


def test_practice_is_marked_on_every_page(window: MainWindow) -> None:
    for page in Page:
        window.show_page(page)
        shown = [
            label for label in window.findChildren(QLabel) if label.isVisible() and label.text() == "练习"
        ]
        assert shown, page


def test_f1_f9_and_f8_lay_sheets_over_the_right_part_only(qtbot: QtBot, window: MainWindow) -> None:
    key(window, Qt.Key.Key_F1)
    overview = next(label for label in window.findChildren(QLabel) if label.text() == "按键一览")
    assert overview.isVisible()
    key(window, Qt.Key.Key_F1)
    assert not overview.isVisible()
    with qtbot.waitSignal(window.records_wanted):
        key(window, Qt.Key.Key_F9)
    window.show_records(True)
    assert window.parts.records.isVisible()
    with qtbot.waitSignal(window.refer_wanted):
        key(window, Qt.Key.Key_F8)
    window.show_referral(True)
    sheet_left = window.parts.referral.mapTo(window, QPoint(0, 0)).x()
    call_right = window.parts.calls.mapTo(window, QPoint(window.parts.calls.width(), 0)).x()
    assert call_right < sheet_left, "the call stays in sight and usable"
    window.show_page(Page.LEAD)
    assert not window.parts.referral.isVisible()


def test_lock_and_desk_are_wishes(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.lock_wanted):
        key(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.desk_wanted):
        key(window, Qt.Key.Key_F10)
    window.top_bar.show_person("北京 12356", "练习员", "", leads=False)
    with qtbot.assertNotEmitted(window.desk_wanted):
        key(window, Qt.Key.Key_F10)


def test_no_key_acts_on_the_sign_in_page(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page(Page.SIGN_IN)
    window.parts.sign_in.show_last("", "")
    with qtbot.assertNotEmitted(window.refer_wanted), qtbot.assertNotEmitted(window.lock_wanted):
        key(window, Qt.Key.Key_F8)
        key(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_closing_asks_first_and_blocks_nothing(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.close_wanted):
        assert not window.close()
    assert window.isVisible()
    window.ask_before_closing("通话仍在进行。要关闭吗？")
    assert QApplication.activeModalWidget() is None
    leave = next(button for button in window.findChildren(KeyButton) if button.text() == "关闭心桥")
    with qtbot.waitSignal(window.close_confirmed):
        leave.click()
    window.let_close()
    assert not window.isVisible()


def test_a_ring_brings_a_minimised_window_back(window: MainWindow) -> None:
    window.showMinimized()
    window.request_attention()
    assert not window.isMinimized()


def test_wider_screens_give_the_room_to_the_note(window: MainWindow) -> None:
    assert column_widths(1366) == (276, 318)
    for width in (1366, 1600, 1920, 2560):
        left, right = column_widths(width)
        assert left + right < width / 2
    assert window.parts.calls.width() == 276
