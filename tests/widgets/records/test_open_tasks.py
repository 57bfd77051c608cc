"""The list of what is open, with real widgets off screen."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from models.cases.closing import RecordState
from widgets.base.labels import Label
from widgets.records.open_cards import RescueCard, UnclosedCard
from widgets.records.open_tasks import OpenTaskList
from widgets.records.open_view import PlainTask, RescueTask, TaskView, UnclosedTask
from widgets.records.state import StateTag, state_text

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
RESCUE = RescueTask("r", "n", "110 公安", "已呼叫", "张", NOW - timedelta(minutes=12))
UNCLOSED = UnclosedTask(
    "n", "c", "138 **** 8000", "R4", "张", NOW, ("转介", "理由"), reason="挂断了", may_sign=True
)
PLAIN = PlainTask("p", NOW, "张 · C1 · R0", "草稿", note="p")


@pytest.fixture
def shown(qapp: QApplication) -> OpenTaskList:
    shown = OpenTaskList()
    shown.resize(720, 700)
    shown.show()
    return shown


def press(shown: OpenTaskList, name: str) -> None:
    found = [one for one in shown.findChildren(QAbstractButton) if one.accessibleName() == name]
    (button,) = [one for one in found if one.isVisible()]
    button.click()


def texts(shown: OpenTaskList) -> str:
    return "\n".join(one.text() for one in shown.findChildren(Label) if one.isVisible())


def test_the_number_to_call_back_stands_above_what_is_missing(shown: OpenTaskList) -> None:
    shown.show_tasks(TaskView((RESCUE,), (UNCLOSED,), (), (PLAIN,)))
    QApplication.processEvents()
    (card,) = shown.findChildren(UnclosedCard)
    labels = {one.text(): one.mapTo(card, one.rect().topLeft()).y() for one in card.findChildren(Label)}
    assert labels["138 **** 8000"] < labels["还差一项：转介；或理由"]
    said = texts(shown)
    assert said.index("红色任务") < said.index("未闭环") < said.index("没写完的记录")


def test_the_age_of_a_red_task_goes_on(shown: OpenTaskList) -> None:
    shown.show_tasks(TaskView((RESCUE,)))
    shown.show_now(NOW)
    assert "已持续 12:00" in texts(shown)
    shown.show_now(NOW + timedelta(hours=1))
    assert "已持续 1:12:00" in texts(shown)


@pytest.mark.parametrize(
    ("button", "signal"),
    [("已确认安全…：110 公安", "safe_wanted"), ("无法确认，请求结束…：110 公安", "end_wanted")],
)
def test_neither_end_is_told_without_words(shown: OpenTaskList, button: str, signal: str) -> None:
    told: list[tuple[str, str]] = []
    getattr(shown, signal).connect(lambda rescue, words: told.append((rescue, words)))
    shown.show_tasks(TaskView((RESCUE,)))
    press(shown, button)
    (field,) = [one for one in shown.findChildren(QLineEdit) if one.isVisible()]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not told
    QTest.keyClicks(field, "police")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told == [("r", "police")]


def test_what_is_being_typed_stays_while_the_list_changes(shown: OpenTaskList) -> None:
    shown.show_tasks(TaskView((RESCUE,)))
    shown.findChildren(RescueCard)[0].ask_how()
    (field,) = [one for one in shown.findChildren(QLineEdit) if one.isVisible()]
    field.setText("民警")
    other = RescueTask("q", "m", "120", "已呼叫", "李", NOW)
    shown.show_tasks(TaskView((other, RESCUE), (UNCLOSED,)))
    assert field.isVisible()
    assert field.text() == "民警"
    assert len(shown.findChildren(RescueCard)) == 2


def test_a_second_person_agrees_or_does_not_and_the_first_cannot(shown: OpenTaskList) -> None:
    told: list[tuple[str, bool]] = []
    shown.seconded.connect(lambda rescue, agrees: told.append((rescue, agrees)))
    wish = RescueTask("r", "n", "110 公安", "已呼叫", "张", NOW, "张 请求结束：地址有误", may_second=True)
    shown.show_tasks(TaskView((wish,)))
    press(shown, "同意结束：110 公安")
    assert told == [("r", True)]
    mine = RescueTask("r", "n", "110 公安", "已呼叫", "张", NOW, "已请求结束")
    shown.show_tasks(TaskView((mine,)))
    names = [one.text() for one in shown.findChildren(QAbstractButton) if one.isVisible()]
    assert "同意结束" not in names


def test_a_lead_signs_with_the_operators_reason_filled_in(shown: OpenTaskList) -> None:
    told: list[tuple[str, str]] = []
    shown.signed.connect(lambda note, reason: told.append((note, reason)))
    shown.show_tasks(TaskView((), (UNCLOSED,)))
    (sign,) = [one for one in shown.findChildren(QAbstractButton) if one.text() == "签字说明理由…"]
    sign.click()
    (field,) = [one for one in shown.findChildren(QLineEdit) if one.isVisible()]
    assert field.text() == "挂断了"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told == [("n", "挂断了")]


def test_every_control_has_a_name(shown: OpenTaskList) -> None:
    shown.show_tasks(TaskView((RESCUE,), (UNCLOSED,), (PLAIN,), (PLAIN,)))
    for one in (*shown.findChildren(QAbstractButton), *shown.findChildren(QLineEdit)):
        assert one.accessibleName()


def test_each_state_of_a_record_has_its_own_word_and_shape(qapp: QApplication) -> None:
    pictures = set()
    for state in RecordState:
        tag = StateTag()
        tag.show_state(state)
        assert tag.accessibleName() == state_text(state)
        # The same words: what differs is the shape.
        tag.show_text("", "plain")
        tag.resize(tag.sizeHint())
        image = tag.grab().toImage()
        pictures.add(bytes(image.constBits()))
    assert len({state_text(state) for state in RecordState}) == len(RecordState)
    assert len(pictures) == len(RecordState)
