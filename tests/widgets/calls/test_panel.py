from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from models.calls.call import CallState
from models.calls.events import Taping
from models.shifts.duty import BreakReason, DutyState
from resources.texts import t
from tests.widgets import samples
from widgets.base.buttons import Chip, KeyButton
from widgets.base.tag import Tag
from widgets.calls.panel import CallPanel
from widgets.calls.side_row import SideRow


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[CallPanel]:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    made = CallPanel()
    column.addWidget(made)
    column.addWidget(QLineEdit())
    window.resize(300, 700)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.show_duty(samples.READY)
    made.show_queue(samples.QUEUE)
    made.show_greeting(samples.GREETING)
    made.show_now(samples.NOW)
    yield made
    window.close()


def words(panel: QWidget) -> str:
    shown = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    return "\n".join(shown + [tag.text() for tag in panel.findChildren(Tag) if tag.isVisible()])


def press(qtbot: QtBot, panel: CallPanel, key: Qt.Key, ctrl: bool = False, shift: bool = False) -> None:
    """Press a key while somebody types in a text field beside the panel."""
    field = panel.window().findChildren(QLineEdit)[-1]
    field.setFocus()
    modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(field, key, modifier)


def button(panel: QWidget, label: str) -> KeyButton:
    found = [each for each in panel.findChildren(KeyButton) if each.isVisible() and each.text() == label]
    assert len(found) == 1, f"{label}: {len(found)}"
    return found[0]


def test_without_a_call_it_shows_state_and_queue(panel: CallPanel) -> None:
    assert "就绪" in words(panel)
    assert "00:12:40" in words(panel)
    assert "排队 3 人，最长 01:12" in words(panel)


def test_a_ring_shows_who_calls_and_f2_answers_it(qtbot: QtBot, panel: CallPanel) -> None:
    panel.show_board((samples.RINGING,))
    shown = words(panel)
    for word in ("138 **** 8000", "拨打 12356", "外地 · 号码 太原", "第 4 次 · 上次 R3 高危", "00:00:18"):
        assert word in shown
    with qtbot.waitSignal(panel.answer_wanted) as wanted:
        press(qtbot, panel, Qt.Key.Key_F2)
    assert wanted.args == ["c1"]
    with qtbot.waitSignal(panel.answer_wanted):
        qtbot.mouseClick(button(panel, "接听"), Qt.MouseButton.LeftButton)
    assert "00:00:18" in words(panel), "only the line answers, not the button"


def test_f2_is_not_lost_where_the_ring_is_heard_before_it_is_seen(qtbot: QtBot, panel: CallPanel) -> None:
    for seen in ((), (samples.TALKING,), (samples.ENDED,)):
        panel.show_board(seen)
        with qtbot.waitSignal(panel.answer_wanted) as wanted:
            press(qtbot, panel, Qt.Key.Key_F2)
        assert wanted.args == [""]
    panel.show_line(samples.NOW)
    with qtbot.assertNotEmitted(panel.answer_wanted):
        press(qtbot, panel, Qt.Key.Key_F2)


def test_keys_of_a_talk_do_nothing_while_it_rings(qtbot: QtBot, panel: CallPanel) -> None:
    panel.show_board((samples.RINGING,))
    with qtbot.assertNotEmitted(panel.hold_wanted), qtbot.assertNotEmitted(panel.hang_up_wanted):
        press(qtbot, panel, Qt.Key.Key_F3)
        press(qtbot, panel, Qt.Key.Key_F2, ctrl=True)


def test_a_talk_is_held_muted_widened_and_ended_by_keys(qtbot: QtBot, panel: CallPanel) -> None:
    panel.show_board((samples.TALKING,))
    assert "00:08:21" in words(panel)
    with qtbot.waitSignal(panel.hold_wanted) as hold:
        press(qtbot, panel, Qt.Key.Key_F3)
    with qtbot.waitSignal(panel.mute_wanted) as mute:
        press(qtbot, panel, Qt.Key.Key_F4)
    with qtbot.waitSignal(panel.three_way_wanted) as three_way:
        press(qtbot, panel, Qt.Key.Key_F7)
    with qtbot.waitSignal(panel.hang_up_wanted) as hang_up:
        press(qtbot, panel, Qt.Key.Key_F2, ctrl=True)
    assert hold.args == mute.args == ["c1", True]
    assert three_way.args == hang_up.args == ["c1"]


def test_a_held_and_muted_call_is_taken_back_and_unmuted(qtbot: QtBot, panel: CallPanel) -> None:
    panel.show_board((samples.HELD,))
    assert "保持 00:32" in words(panel)
    assert "已静音" in words(panel)
    with qtbot.waitSignal(panel.hold_wanted) as hold:
        qtbot.mouseClick(button(panel, "恢复"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.mute_wanted) as mute:
        qtbot.mouseClick(button(panel, "取消静音"), Qt.MouseButton.LeftButton)
    assert hold.args == mute.args == ["c1", False]


def test_the_greeting_comes_on_answer_and_goes_when_it_was_said(qtbot: QtBot, panel: CallPanel) -> None:
    panel.show_board((samples.RINGING,))
    assert samples.GREETING.text not in words(panel)
    panel.show_board((samples.TALKING,))
    assert samples.GREETING.text in words(panel)
    press(qtbot, panel, Qt.Key.Key_G, ctrl=True)
    assert samples.GREETING.text not in words(panel)
    panel.show_board((samples.TALKING,))
    assert samples.GREETING.text not in words(panel)
    press(qtbot, panel, Qt.Key.Key_G, ctrl=True)
    assert samples.GREETING.text in words(panel)


def test_the_parties_show_how_far_each_has_come(panel: CallPanel) -> None:
    panel.show_board((samples.THREE_WAY,))
    for word in ("110 太原公安  0351-110", "已接入 04:12", "对方振铃 00:06", "无人接听"):
        assert word in words(panel)


def test_the_number_is_unmasked_only_by_a_wish(qtbot: QtBot, panel: CallPanel) -> None:
    panel.show_board((samples.TALKING,))
    with qtbot.assertNotEmitted(panel.unmask_wanted):
        qtbot.mouseClick(button(panel, "显示全号"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.unmask_wanted) as wanted:
        qtbot.mouseClick(button(panel, "回拨"), Qt.MouseButton.LeftButton)
    assert wanted.args == ["c1", "call_back"]
    assert "用于什么" not in words(panel)
    panel.show_board((replace(samples.TALKING, number="138 0000 8000", masked=False),))
    assert "138 0000 8000" in words(panel)
    assert not [
        each for each in panel.findChildren(KeyButton) if each.isVisible() and each.text() == "显示全号"
    ]


def test_five_calls_stand_on_the_board_and_each_can_come_to_the_front(qtbot: QtBot, panel: CallPanel) -> None:
    panel.show_board(samples.BOARD)
    rows = panel.findChildren(SideRow)
    qtbot.waitUntil(lambda: all(row.isVisible() for row in rows))
    assert len(rows) == 4
    held = next(row for row in rows if "保持" in row.accessibleName())
    with qtbot.waitSignal(panel.call_chosen) as chosen:
        qtbot.mouseClick(held, Qt.MouseButton.LeftButton)
    assert chosen.args == ["c4"]
    assert button(panel, "恢复")
    with qtbot.waitSignal(panel.answer_wanted) as wanted:
        press(qtbot, panel, Qt.Key.Key_F2)
    assert wanted.args == ["c2"]
    panel.show_board((samples.TALKING,))
    assert not [row for row in panel.findChildren(SideRow) if row.isVisible()]


EARLIER = replace(samples.ENDED, id="earlier", number="138****0011", ended_at=samples.ago(600))
"""Over for ten minutes; its note is not handed in yet."""


def test_of_calls_that_are_over_the_last_stands_in_front_or_the_one_written_about(
    qtbot: QtBot, panel: CallPanel
) -> None:
    panel.show_board((EARLIER, samples.ENDED))
    panel.show_written(samples.ENDED.id)
    with qtbot.waitSignal(panel.front_changed) as told:
        panel.show_written("earlier")
    assert told.args == ["earlier"]
    panel.show_board((EARLIER, samples.ENDED))
    (row,) = [one for one in panel.findChildren(SideRow) if one.isVisible()]
    assert samples.ENDED.number in row.accessibleName()


def test_a_call_that_goes_on_stays_in_front_of_what_is_written(panel: CallPanel) -> None:
    panel.show_board((EARLIER, samples.TALKING))
    panel.show_written("earlier")
    (row,) = [one for one in panel.findChildren(SideRow) if one.isVisible()]
    assert EARLIER.number in row.accessibleName()


def test_an_ended_call_stops_its_timer_and_offers_ready(qtbot: QtBot, panel: CallPanel) -> None:
    panel.show_duty(samples.WRAP_UP)
    panel.show_board((samples.ENDED,))
    assert "00:08:09" in words(panel)
    assert "话后" in words(panel)
    with qtbot.waitSignal(panel.state_wanted) as wanted:
        qtbot.mouseClick(button(panel, "就绪，开始接听"), Qt.MouseButton.LeftButton)
    assert wanted.args == [DutyState.READY, None]


def test_a_break_has_a_reason_and_is_shown_only_when_the_line_says_so(qtbot: QtBot, panel: CallPanel) -> None:
    chip = next(each for each in panel.findChildren(Chip) if each.text() == "培训")
    with qtbot.waitSignal(panel.state_wanted) as wanted:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert wanted.args == [DutyState.BREAK, BreakReason.TRAINING]
    assert not chip.isChecked()
    panel.show_duty(samples.BREAK)
    assert "小休 · 督导" in words(panel)


def test_without_a_line_a_call_is_opened_by_hand(qtbot: QtBot, panel: CallPanel) -> None:
    panel.show_line(samples.ago(600))
    assert "线路自 02:31 起中断" in words(panel)
    field = panel.findChild(QLineEdit)
    qtbot.keyClicks(field, "138x0000a8000")
    with qtbot.waitSignal(panel.open_by_hand_wanted) as wanted:
        qtbot.mouseClick(button(panel, "手工开记录"), Qt.MouseButton.LeftButton)
    assert wanted.args == ["13800008000"]
    with qtbot.waitSignal(panel.open_by_hand_wanted) as wanted:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert wanted.args == [""]
    panel.show_line(None)
    assert "中断" not in words(panel)


def test_without_a_line_only_a_call_opened_by_hand_can_be_ended(qtbot: QtBot, panel: CallPanel) -> None:
    panel.show_line(samples.ago(600))
    panel.show_board((samples.TALKING,))
    assert not button(panel, "挂断").isEnabled()
    panel.show_board((samples.BY_HAND,))
    with qtbot.waitSignal(panel.hang_up_wanted) as wanted:
        qtbot.mouseClick(button(panel, "结束来电"), Qt.MouseButton.LeftButton)
    assert wanted.args == ["h1"]


def test_a_call_that_the_line_shows_too_is_joined_with_one_click(qtbot: QtBot, panel: CallPanel) -> None:
    panel.show_board((samples.BY_HAND,))
    assert "合并" not in words(panel)
    panel.show_board((replace(samples.TALKING, joins="h1"),))
    with qtbot.waitSignal(panel.join_wanted) as wanted:
        qtbot.mouseClick(button(panel, "与线路上是同一通：合并"), Qt.MouseButton.LeftButton)
    assert wanted.args == ["h1"]


def test_a_withheld_number_is_called_so(panel: CallPanel) -> None:
    panel.show_board((replace(samples.RINGING, number="", earlier=0),))
    assert "未显示号码" in words(panel)
    assert samples.RINGING.state is CallState.RINGING


def test_nothing_is_said_about_the_queue_while_the_line_is_gone(panel: CallPanel) -> None:
    waiting = t("calls.queue", n=3, passed="01:12")
    assert waiting in words(panel)
    panel.show_line(samples.ago(600))
    assert waiting not in words(panel)
    panel.show_line(None)
    assert waiting in words(panel)


def test_before_the_line_told_the_state_it_is_off_and_has_no_time(qtbot: QtBot) -> None:
    fresh = CallPanel()
    qtbot.addWidget(fresh)
    fresh.show()
    assert t("base.state_off") in words(fresh)
    assert not any(":" in word for word in words(fresh).splitlines())


def test_a_three_way_is_left_and_come_back_to_by_the_same_key(qtbot: QtBot, panel: CallPanel) -> None:
    panel.show_board((samples.TALKING,))
    assert "离开" not in words(panel)
    panel.show_board((samples.THREE_WAY,))
    with qtbot.waitSignal(panel.leave_wanted) as left:
        press(qtbot, panel, Qt.Key.Key_F7, ctrl=True)
    assert left.args == ["c1"]
    panel.show_board((samples.LEFT,))
    assert "您已离开" in words(panel)
    assert not [each for each in panel.findChildren(KeyButton) if each.isVisible() and each.text() == "挂断"]
    with qtbot.waitSignal(panel.come_back_wanted) as back:
        press(qtbot, panel, Qt.Key.Key_F7, ctrl=True)
    assert back.args == ["c1"]


def test_the_recording_is_shown_and_paused_only_where_there_is_one(qtbot: QtBot, panel: CallPanel) -> None:
    panel.show_board((samples.TALKING,))
    assert "录音" not in words(panel)
    panel.show_board((samples.RECORDED,))
    assert "录音中" in words(panel)
    with qtbot.waitSignal(panel.tape_wanted) as paused:
        button(panel, "暂停录音").click()
    assert paused.args == ["c1", False]
    panel.show_board((replace(samples.RECORDED, tape=Taping.PAUSED),))
    assert "录音已暂停" in words(panel)
    with qtbot.waitSignal(panel.tape_wanted) as on:
        button(panel, "继续录音").click()
    assert on.args == ["c1", True]
    panel.show_board((replace(samples.RECORDED, state=CallState.ENDED, ended_at=samples.NOW),))
    assert "录音" not in words(panel)


def test_keys_are_pressed_into_the_call_and_forgotten_with_it(qtbot: QtBot, panel: CallPanel) -> None:
    panel.show_board((samples.TALKING,))
    button(panel, "按键音").click()
    with qtbot.waitSignals([panel.keys_wanted, panel.keys_wanted]):
        button(panel, "7").click()
        button(panel, "#").click()
    assert "7#" in words(panel)
    panel.show_board((samples.ENDED,))
    assert "7#" not in words(panel)
