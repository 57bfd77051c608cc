"""What a lead sees and does with seats: more time for wrap-up, missed rings, seats that change hands."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets import samples
from tests.widgets.look_shift import OPERATORS, WISHES
from widgets.lead.desk import LeadDesk


@pytest.fixture
def desk(qtbot: QtBot) -> LeadDesk:
    made = LeadDesk()
    qtbot.addWidget(made)
    made.resize(1366, 690)
    made.show_operators(OPERATORS)
    made.show_now(samples.NOW)
    made.show()
    return made


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def buttons(desk: LeadDesk, name: str) -> list[QPushButton]:
    found = [one for one in desk.findChildren(QPushButton) if one.isVisible()]
    return [one for one in found if one.accessibleName() == name]


def test_wrap_up_shows_what_is_left_and_can_be_lengthened(qtbot: QtBot, desk: LeadDesk) -> None:
    assert "还剩 03:25" in words(desk)
    (longer,) = buttons(desk, "把 赵老师 的话后延长 5 分钟")
    with qtbot.waitSignal(desk.lengthen_wanted) as wanted:
        qtbot.mouseClick(longer, Qt.MouseButton.LeftButton)
    assert wanted.args == ["5", 5]
    assert not buttons(desk, "把 林医生 的话后延长 5 分钟")


def test_missed_rings_stand_in_the_list(desk: LeadDesk) -> None:
    assert "1 次未接听" in words(desk)
    assert "2 次未接听" in words(desk)
    desk.show_operators(samples.OPERATORS)
    desk.show_now(samples.NOW)
    assert "未接听" not in words(desk)


def test_who_asks_for_a_seat_is_answered_once_each(qtbot: QtBot, desk: LeadDesk) -> None:
    assert "坐席接管" not in words(desk)
    desk.show_wishes(WISHES)
    assert "王老师 请求接管 1 号坐席" in words(desk)
    assert "现在是 林医生" in words(desk)
    for name, answer in (
        ("同意 王老师 接管 1 号坐席", ["w1", True]),
        ("不同意 王老师 接管 1 号坐席", ["w1", False]),
    ):
        (button,) = buttons(desk, name)
        with qtbot.waitSignal(desk.seat_answered) as answered:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert answered.args == answer
    desk.show_wishes(WISHES[1:])
    assert "王老师 请求接管" not in words(desk)
    desk.show_wishes(())
    assert "坐席接管" not in words(desk)


def test_wrap_up_that_ends_first_is_lengthened_by_key(qtbot: QtBot, desk: LeadDesk) -> None:
    with qtbot.waitSignal(desk.lengthen_wanted) as wanted:
        qtbot.keyClick(desk, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert wanted.args == ["5", 5]
    later = next(one for one in OPERATORS if one.until is not None)
    assert later.until is not None
    sooner = replace(later, id="zz", seat="9", until=later.until - timedelta(minutes=1))
    desk.show_operators((*OPERATORS, sooner))
    with qtbot.waitSignal(desk.lengthen_wanted) as wanted:
        qtbot.keyClick(desk, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert wanted.args == ["9", 5]
    desk.show_operators(samples.OPERATORS)
    with qtbot.assertNotEmitted(desk.lengthen_wanted):
        qtbot.keyClick(desk, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)


def test_the_seat_that_was_asked_for_first_is_given_by_key(qtbot: QtBot, desk: LeadDesk) -> None:
    desk.show_wishes(WISHES)
    with qtbot.waitSignal(desk.seat_answered) as answered:
        qtbot.keyClick(desk, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert answered.args == ["w1", True]
    desk.show_wishes(())
    with qtbot.assertNotEmitted(desk.seat_answered):
        qtbot.keyClick(desk, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
