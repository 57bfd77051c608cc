"""What is not sent, what waits for a lead, two texts: readable, reached by keys, blocking nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from resources.texts import t, use_language
from tests.widgets import look_sync, samples
from tests.widgets.readable import cut_off, unnamed
from tests.widgets.window import make_window
from widgets.base.labels import Label
from widgets.main_window import MainWindow, Page
from widgets.sync.texts import TwoTexts
from widgets.sync.unsent import NotSent
from widgets.sync.view import HeldView

LEFT = Qt.MouseButton.LeftButton
KEY_F11, KEY_F12 = Qt.Key.Key_F11, Qt.Key.Key_F12


@pytest.fixture(params=["zh_CN", "en"])
def window(qtbot: QtBot, request: pytest.FixtureRequest) -> MainWindow:
    use_language(request.param)
    window = make_window()
    qtbot.addWidget(window, before_close_func=lambda window: window.let_close())
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_page(Page.DESK)
    look_sync.fill(window)
    return window


def button(part: QWidget, text: str) -> QPushButton:
    return next(one for one in part.findChildren(QPushButton) if one.isVisible() and one.text() == text)


def said(part: QWidget) -> list[str]:
    return [one.text() for one in part.findChildren(Label) if one.isVisible()]


def test_what_is_not_sent_opens_by_its_key_and_is_readable(window: MainWindow, qtbot: QtBot) -> None:
    view = window.parts.unsent
    with qtbot.waitSignal(view.shown):
        QTest.keyClick(window, KEY_F11)
    view.show_now(samples.NOW)
    QApplication.processEvents()
    assert cut_off(view) == []
    assert unnamed(view) == []
    assert t("sync.act_referral_open") in said(view)
    QTest.keyClick(window, KEY_F11)
    assert not view.isVisible()


def test_the_state_of_syncing_in_the_top_bar_opens_it(window: MainWindow) -> None:
    QTest.mouseClick(window.top_bar._sync, LEFT)
    assert window.parts.unsent.isVisible()


def test_who_wants_to_try_again_does_not_wait(window: MainWindow, qtbot: QtBot) -> None:
    window.sync.toggle_unsent()
    view = window.parts.unsent
    with qtbot.waitSignal(view.again_wanted):
        QTest.mouseClick(button(view, t("sync.again")), LEFT)


def test_an_act_that_ended_is_put_away(window: MainWindow, qtbot: QtBot) -> None:
    window.sync.toggle_unsent()
    view = window.parts.unsent
    with qtbot.waitSignal(view.put_away_wanted) as told:
        QTest.mouseClick(button(view, t("sync.seen")), LEFT)
    assert told.args == ["f"]


def test_a_lead_dismisses_with_a_reason_only(window: MainWindow, qtbot: QtBot) -> None:
    window.sync.toggle_unsent()
    held = window.parts.unsent.held
    dismiss = button(held, t("sync.dismiss"))
    assert not dismiss.isEnabled()
    next(one for one in held.findChildren(QLineEdit) if one.isVisible()).insert("重复")
    # Another act comes in: what is being written stays.
    acts = tuple(HeldView(op, op, "li", samples.NOW, "x") for op in ("new", "h"))
    held.show_held(acts)
    with qtbot.waitSignal(held.dismiss_wanted) as told:
        dismiss.click()
    assert told.args == ["h", "重复"]


def test_two_texts_stand_side_by_side_and_one_key_chooses(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, KEY_F12)
    texts = window.parts.texts
    assert isinstance(texts, TwoTexts)
    QApplication.processEvents()
    assert cut_off(texts) == []
    assert unnamed(texts) == []
    for key, choice in (("keep_mine", "mine"), ("take_other", "other"), ("take_both", "both")):
        with qtbot.waitSignal(texts.chosen) as told:
            QTest.keyClick(button(texts, t(f"sync.{key}")), Qt.Key.Key_Space)
        assert told.args == ["n", "v", choice]


def test_the_sheets_take_turns_and_go_with_the_page(window: MainWindow) -> None:
    window.sync.toggle_unsent()
    QTest.mouseClick(window.parts.unsent._compare, LEFT)
    assert window.parts.texts.isVisible()
    assert not window.parts.unsent.isVisible()
    window.show_page(Page.SIGN_IN)
    assert not window.parts.texts.isVisible()


def test_nothing_to_say_is_said(qtbot: QtBot) -> None:
    view, texts = NotSent(), TwoTexts()
    for part in (view, texts):
        qtbot.addWidget(part)
        part.show()
    assert t("sync.nothing") in said(view)
    assert said(texts) == [t("sync.no_texts")]
