from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models.shifts.duty import DutyState
from tests.widgets.samples import NOW, PROBLEMS, ago
from widgets.base.buttons import KeyButton
from widgets.base.overflow import OverflowRow
from widgets.base.segment import Segment
from widgets.session.close_bar import CloseBar
from widgets.session.sign_in import SignInPage
from widgets.session.status_bar import StatusBar
from widgets.session.top_bar import TopBar
from widgets.session.view import Link, LinkView, SavedView, Saving, SignIn


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


@pytest.fixture
def page(qtbot: QtBot) -> SignInPage:
    made = SignInPage(practice=True)
    qtbot.addWidget(made)
    made.show()
    return made


def field(page: QWidget, name: str) -> QLineEdit:
    return next(each for each in page.findChildren(QLineEdit) if each.accessibleName() == name)


def test_signing_in_carries_what_was_typed(qtbot: QtBot, page: SignInPage) -> None:
    qtbot.keyClicks(field(page, "工号"), " 0712 ")
    qtbot.keyClicks(field(page, "口令"), "Secret1")
    qtbot.keyClicks(field(page, "坐席号"), "3")
    with qtbot.waitSignal(page.sign_in_wanted) as wanted:
        qtbot.keyClick(field(page, "口令"), Qt.Key.Key_Return)
    assert wanted.args == [SignIn("0712", "Secret1", "3")]
    assert "Secret1" not in repr(wanted.args)


def test_nothing_is_asked_of_the_server_while_a_field_is_empty(qtbot: QtBot, page: SignInPage) -> None:
    page.show_last("0712", "3")
    with qtbot.assertNotEmitted(page.sign_in_wanted):
        qtbot.keyClick(field(page, "工号"), Qt.Key.Key_Return)
    assert page.focusWidget() is field(page, "口令")


def test_an_error_is_said_in_place_and_only_the_password_is_asked_again(
    qtbot: QtBot, page: SignInPage
) -> None:
    page.show_last("0712", "3")
    qtbot.keyClicks(field(page, "口令"), "wrong")
    page.show_busy(True)
    with qtbot.assertNotEmitted(page.sign_in_wanted):
        qtbot.keyClick(field(page, "口令"), Qt.Key.Key_Return)
    page.show_error("口令不对。请重新输入。")
    assert "口令不对。请重新输入。" in words(page)
    assert field(page, "口令").text() == ""
    assert field(page, "工号").text() == "0712"


def test_capitals_without_shift_hint_at_caps_lock(qtbot: QtBot, page: SignInPage) -> None:
    hint = next(label for label in page.findChildren(QLabel) if "大写" in label.text())
    qtbot.keyClick(field(page, "口令"), "A")
    assert not hint.isHidden()
    qtbot.keyClick(field(page, "口令"), "a")
    assert hint.isHidden()
    qtbot.keyClick(field(page, "口令"), "A", Qt.KeyboardModifier.ShiftModifier)
    assert hint.isHidden()


def test_language_and_look_are_wishes(qtbot: QtBot, page: SignInPage) -> None:
    language, look = page.findChildren(Segment)
    with qtbot.waitSignal(page.language_wanted) as wanted:
        language.findChildren(QAbstractButton)[1].click()
    assert wanted.args == ["en"]
    with qtbot.waitSignal(page.theme_wanted) as wanted:
        look.findChildren(QAbstractButton)[1].click()
    assert wanted.args == ["dark"]


def test_a_locked_seat_takes_the_same_operator_only(page: SignInPage) -> None:
    page.show_locked("0712", "3")
    assert not field(page, "工号").isEnabled()
    assert page.focusWidget() is field(page, "口令")


@pytest.fixture
def bar(qtbot: QtBot) -> TopBar:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 200)
    made = TopBar(window, practice=True)
    made.setParent(window)
    made.resize(1366, 44)
    window.show()
    return made


def test_the_bar_says_how_everything_is(bar: TopBar) -> None:
    bar.show_person("北京 12356", "林医生", "精神科医师", leads=False)
    bar.show_state(DutyState.TALKING, ago(501))
    bar.show_queue(3, ago(72))
    bar.show_line(LinkView(Link.UP))
    bar.show_sync(LinkView(Link.WORKING, None, 7))
    bar.show_now(NOW)
    shown = words(bar)
    for word in (
        "北京 12356",
        "通话中 00:08:21",
        "排队 3 · 最长 01:12",
        "线路",
        "同步中 · 剩 7",
        "林医生 · 精神科医师",
    ):
        assert word in shown
    assert "练习" in shown
    assert "02:41" in shown
    assert not [word for word in shown if "接通率" in word], "an unknown rate is not shown"
    assert not bar.offers_desk


def test_what_is_gone_says_since_when(bar: TopBar) -> None:
    bar.show_line(LinkView(Link.DOWN, ago(600)))
    bar.show_sync(LinkView(Link.DOWN, ago(600), 12))
    assert "线路中断 02:31 起" in words(bar)
    assert "服务器断开 02:31 起 · 待发 12" in words(bar)


def test_problems_are_counted_in_the_bar(qtbot: QtBot, bar: TopBar) -> None:
    bar.show_problems(PROBLEMS)
    assert bar.problems.isVisible()
    with qtbot.waitSignal(bar.problems.opened):
        qtbot.mouseClick(bar.problems, Qt.MouseButton.LeftButton)
    assert bar.problems.list.isVisible()


def test_a_lead_changes_desks_and_anybody_locks(qtbot: QtBot, bar: TopBar) -> None:
    bar.show_person("北京 12356", "林医生", "", leads=True)
    desk, lock = [button for button in bar.findChildren(KeyButton) if button.key]
    with qtbot.waitSignal(bar.desk_wanted):
        desk.click()
    with qtbot.waitSignal(bar.lock_wanted):
        lock.click()


def test_the_status_bar_tells_the_truth_about_saving(qtbot: QtBot) -> None:
    bar = StatusBar(practice=True)
    qtbot.addWidget(bar)
    bar.show_seat("3")
    bar.show_server_offset(timedelta(seconds=-2))
    expected = {
        SavedView(Saving.NOTHING): "没有待保存的内容",
        SavedView(Saving.PENDING): "正在保存",
        SavedView(Saving.SAVED, ago(0.3)): "已保存 0.3 秒前",
        SavedView(Saving.FAILED, ago(5)): "未能保存，请看当前问题",
    }
    for saved, text in expected.items():
        bar.show_saved(saved)
        bar.show_now(NOW)
        assert text in words(bar)
    assert "服务器 02:41:04" in words(bar)
    assert "练习" in words(bar)
    bar.show_server_offset(None)
    bar.show_now(NOW)
    assert "服务器时间未知" in words(bar)


def test_the_status_bar_leads_to_greeting_records_and_keys(qtbot: QtBot) -> None:
    bar = StatusBar(practice=False)
    qtbot.addWidget(bar)
    assert "练习" not in words(bar)
    ways = bar.findChild(OverflowRow)
    assert ways is not None
    buttons = [button for button in ways.findChildren(KeyButton) if button is not ways.more]
    signals = (
        bar.records_wanted,
        bar.search_wanted,
        bar.keys_wanted,
        bar.greeting_wanted,
        bar.password_wanted,
        bar.backup_wanted,
    )
    for button, signal in zip(buttons, signals, strict=True):
        with qtbot.waitSignal(signal):
            button.click()


def test_the_question_before_closing_blocks_nothing(qtbot: QtBot) -> None:
    bar = CloseBar()
    qtbot.addWidget(bar)
    bar.ask("通话仍在进行。要关闭吗？")
    stay, leave = bar.findChildren(KeyButton)
    assert bar.focusWidget() is stay
    assert not bar.isModal()
    with qtbot.assertNotEmitted(bar.confirmed):
        qtbot.keyClick(stay, Qt.Key.Key_Escape)
    assert bar.isHidden()
    bar.ask("通话仍在进行。要关闭吗？")
    with qtbot.waitSignal(bar.confirmed):
        leave.click()
    assert bar.isHidden()
