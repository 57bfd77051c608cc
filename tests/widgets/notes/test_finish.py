"""The end of a note: what is missing is said and led to, and nothing is refused."""

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from models.cases.closing import Closing, Way
from widgets.notes.finish import Finish

OPEN = Closing(True, tuple(Way))
FIELDS = (("complaint", "主诉"), ("outcome", "处理"))


@pytest.fixture
def finish(qapp: QApplication) -> Finish:
    finish = Finish()
    finish.resize(700, 200)
    finish.show()
    return finish


def buttons(finish: Finish) -> dict[str, QAbstractButton]:
    return {one.text(): one for one in finish.findChildren(QAbstractButton) if one.isVisible()}


def test_whatever_is_missing_two_presses_of_the_key_finish_it(finish: Finish) -> None:
    """Nothing ever holds an operator back."""
    for fields, closing in product(((), FIELDS), (Closing(), Closing(True), OPEN)):
        told: list[str] = []
        finish.finish_wanted.connect(told.append)
        finish.show_missing(fields)
        finish.show_closing(closing)
        finish.press()
        if fields or not closing.closed:
            assert not told, "first it is said what is missing"
            (field,) = [one for one in finish.findChildren(QLineEdit) if one.isVisible()]
            QTest.keyClick(field, Qt.Key.Key_Return)
        assert told == ["记录待补" if fields else ""]
        finish.finish_wanted.disconnect(told.append)


def test_each_missing_field_is_named_and_led_to(finish: Finish) -> None:
    wanted: list[str] = []
    finish.jump_wanted.connect(wanted.append)
    finish.show_missing(FIELDS)
    finish.press()
    for _, label in FIELDS:
        buttons(finish)[label].click()
    assert wanted == ["complaint", "outcome"]


def test_each_way_to_close_is_one_press_away(finish: Finish) -> None:
    wanted: list[Way] = []
    finish.way_wanted.connect(wanted.append)
    finish.show_closing(OPEN)
    finish.press()
    for label in ("转介", "安全计划", "约定随访"):
        buttons(finish)[label].click()
    assert wanted == [Way.REFERRAL, Way.PLAN, Way.FOLLOW_UP]


def test_the_reason_of_an_unclosed_record_goes_with_it(finish: Finish) -> None:
    told: list[str] = []
    finish.finish_wanted.connect(told.append)
    finish.show_closing(OPEN)
    finish.press()
    (field,) = [one for one in finish.findChildren(QLineEdit) if one.isVisible()]
    field.setText("家属在场陪护")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told == ["家属在场陪护"]


def test_what_is_done_meanwhile_is_asked_for_no_more(finish: Finish) -> None:
    finish.show_missing(FIELDS)
    finish.show_closing(OPEN)
    finish.press()
    finish.show_missing(())
    assert "主诉" not in buttons(finish)
    finish.show_closing(Closing(True))
    assert not [one for one in finish.findChildren(QLineEdit) if one.isVisible()]


def test_a_call_back_is_offered_and_taken_away_again(finish: Finish) -> None:
    wanted: list[bool] = []
    finish.call_back_wanted.connect(lambda: wanted.append(True))
    finish.show_offer("这个号码最近的级别是 R4")
    buttons(finish)["列入回电"].click()
    assert wanted == [True]
    finish.show_offer("")
    assert "列入回电" not in buttons(finish)
