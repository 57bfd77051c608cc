from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.readable import on_screen
from tests.widgets.samples import NOW, PROBLEMS, ago
from widgets.base.buttons import Chip, KeyButton
from widgets.base.dial import Dial, DialBar
from widgets.base.durations import ago_text, clock_text, elapsed_seconds, short_text
from widgets.base.flow import Flow
from widgets.base.labels import ElidedLabel
from widgets.base.levels import LEVELS, level_text
from widgets.base.problems import ProblemBar
from widgets.base.segment import Option, Segment
from widgets.base.sheet import Sheet
from widgets.base.tag import LevelTag
from widgets.base.timeline import Point, Timeline

ANSWERS = [Option("yes", "是", "1", "care"), Option("no", "否", "2"), Option("refused", "拒", "3", "unsure")]


@pytest.fixture
def segment(qtbot: QtBot) -> Segment:
    made = Segment(ANSWERS, "有计划，72 小时内")
    qtbot.addWidget(made)
    made.show()
    return made


def _buttons(segment: Segment) -> list[QAbstractButton]:
    return segment.findChildren(QAbstractButton)


def test_a_segment_is_answered_by_a_click_and_by_its_key(qtbot: QtBot, segment: Segment) -> None:
    yes, no, refused = _buttons(segment)
    with qtbot.waitSignal(segment.chosen) as chosen:
        qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert chosen.args == ["yes"]
    with qtbot.waitSignal(segment.chosen) as chosen:
        qtbot.keyClick(yes, "3")
    assert chosen.args == ["refused"]
    assert segment.choice == "refused"
    assert [button.isChecked() for button in (yes, no, refused)] == [False, False, True]


def test_pressing_the_chosen_answer_again_keeps_it(qtbot: QtBot, segment: Segment) -> None:
    yes = _buttons(segment)[0]
    segment.show_choice("yes")
    with qtbot.assertNotEmitted(segment.chosen), qtbot.assertNotEmitted(segment.cleared):
        qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert segment.choice == "yes"
    assert yes.isChecked()


def test_arrows_walk_without_answering_and_delete_takes_back(qtbot: QtBot, segment: Segment) -> None:
    yes, no, _ = _buttons(segment)
    segment.show_choice("yes")
    yes.setFocus()
    with qtbot.assertNotEmitted(segment.chosen):
        qtbot.keyClick(yes, Qt.Key.Key_Right)
    assert no.hasFocus()
    assert segment.choice == "yes"
    with qtbot.waitSignal(segment.cleared):
        qtbot.keyClick(no, Qt.Key.Key_Delete)
    assert segment.choice is None


def test_showing_a_choice_tells_nobody(qtbot: QtBot, segment: Segment) -> None:
    with qtbot.assertNotEmitted(segment.chosen), qtbot.assertNotEmitted(segment.cleared):
        segment.show_choice("no")
        segment.show_choice(None)
    assert segment.choice is None


def test_each_answer_is_read_out_with_its_question(segment: Segment) -> None:
    assert _buttons(segment)[0].accessibleName() == "有计划，72 小时内 · 是"


def test_a_dial_is_rated_by_keys_digits_and_mouse(qtbot: QtBot) -> None:
    bar = DialBar("痛苦程度")
    qtbot.addWidget(bar)
    bar.resize(208, 24)
    bar.show()
    rated: list[int] = []
    bar.rated.connect(rated.append)
    bar.setFocus()
    qtbot.keyClicks(bar, "92")
    qtbot.keyClick(bar, Qt.Key.Key_PageDown)
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    qtbot.keyClicks(bar, "100")
    qtbot.keyClick(bar, Qt.Key.Key_Up)
    qtbot.keyClick(bar, Qt.Key.Key_Home)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.rect().center())
    assert rated[:6] == [9, 92, 82, 83, 1, 10]
    assert rated[6:8] == [100, 0]
    assert 48 <= rated[-1] <= 52


def test_a_dial_writes_before_and_now(qtbot: QtBot) -> None:
    dial = Dial("痛苦程度")
    qtbot.addWidget(dial)
    with qtbot.assertNotEmitted(dial.rated):
        dial.show_values(92, 74)
    assert "92 → 74" in [label.text() for label in dial.findChildren(QWidget) if hasattr(label, "text")]


@pytest.mark.parametrize("code", LEVELS)
def test_a_level_says_code_and_word_and_has_a_shape(qtbot: QtBot, code: str) -> None:
    tag = LevelTag(code)
    qtbot.addWidget(tag)
    assert tag.text() == level_text(code)
    assert code in tag.accessibleName()
    assert not tag.grab().isNull()


def test_no_two_levels_share_shape_and_filling() -> None:
    looks = {(look.shape, look.filled, look.striped) for look in LEVELS.values()}
    assert len(looks) == len(LEVELS)


def test_a_key_button_leaves_room_for_its_key(qtbot: QtBot) -> None:
    bare, keyed = KeyButton("保持"), KeyButton("保持", "F3")
    for button in (bare, keyed):
        qtbot.addWidget(button)
    assert keyed.sizeHint().width() > bare.sizeHint().width()
    assert keyed.accessibleName() == "保持"
    keyed.show_label("恢复")
    assert keyed.accessibleName() == "恢复"
    assert "F3" in keyed.toolTip()


def test_showing_a_chip_tells_nobody(qtbot: QtBot) -> None:
    chip = Chip("危机干预", "O04")
    qtbot.addWidget(chip)
    with qtbot.assertNotEmitted(chip.toggled):
        chip.show_on(True)
    assert chip.isChecked()


def test_a_cut_line_keeps_its_text_in_the_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("很长的一行" * 10)
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.is_cut()
    assert label.toolTip() == label.text()
    label.setText("短")
    assert not label.toolTip()


def test_a_flow_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    flow = Flow(*(Chip(word) for word in ("危机干预", "启动110联动", "安全计划")))
    qtbot.addWidget(flow)
    assert flow.heightForWidth(120) > flow.heightForWidth(600) > 0


def _rows(timeline: Timeline) -> list[QWidget]:
    return timeline.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)


def test_a_timeline_is_read_out_and_keeps_equal_points(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    points = (Point("02:36", "三方通话已接通", "accent"), Point("—", "确认安全", "waiting"))
    timeline.show_points(points)
    rows = _rows(timeline)
    timeline.show_points(points)
    assert _rows(timeline) == rows
    assert rows[0].accessibleName() == "02:36 三方通话已接通"


def test_a_sheet_leaves_its_host_usable_and_goes_on_escape(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1000, 600)
    under = QLineEdit(host)
    field = QLineEdit()
    sheet = Sheet("转介", host, field, width=500)
    host.show()
    sheet.open_sheet()
    assert host.focusWidget() is field
    assert under.isEnabled()
    assert sheet.geometry().right() < 1000
    assert not sheet.geometry().intersects(under.geometry())
    host.resize(1200, 700)
    assert sheet.geometry().right() == 1200 - 8 - 1
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert sheet.isHidden()


def test_esc_puts_the_last_sheet_away_from_elsewhere_in_the_window(qtbot: QtBot) -> None:
    host, outside = QWidget(), QLineEdit()
    lower, upper = Sheet("个案", host, QLineEdit()), Sheet("转介", host, QLineEdit())
    together = QWidget()
    column = QVBoxLayout(together)
    column.addWidget(host, 1)
    column.addWidget(outside)
    with on_screen(qtbot, together, 1000, 600):
        lower.open_sheet()
        upper.open_sheet()
        outside.setFocus()
        for sheets in ([lower], []):
            qtbot.keyClick(outside, Qt.Key.Key_Escape)
            assert [one for one in (lower, upper) if one.isVisible()] == sheets
            assert outside.hasFocus()


def test_problems_are_counted_listed_and_gone_when_over(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1000, 600)
    bar = ProblemBar(host, host)
    host.show()
    bar.show_problems(PROBLEMS)
    assert "2" in bar.text()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert bar.list.isVisible()
    assert host.rect().contains(bar.list.geometry())
    words = [label.text() for label in bar.list.findChildren(QWidget) if hasattr(label, "text")]
    assert PROBLEMS[0].advice in words
    bar.show_problems(())
    assert bar.isHidden()
    assert bar.list.isHidden()


def test_esc_puts_the_list_of_problems_away_wherever_the_focus_is(qtbot: QtBot) -> None:
    host = QWidget()
    field, bar = QLineEdit(host), ProblemBar(host, host)
    with on_screen(qtbot, host, 1000, 600):
        field.setFocus()
        bar.show_problems(PROBLEMS)
        bar.toggle()
        assert bar.list.isVisible()
        assert host.focusWidget() is field
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert bar.list.isHidden()
        assert host.focusWidget() is field


def test_times_are_written_out() -> None:
    assert clock_text(501) == "00:08:21"
    assert short_text(72) == "01:12"
    assert short_text(3672) == "1:01:12"
    assert elapsed_seconds(NOW + timedelta(seconds=2), NOW) == 0
    assert ago_text(ago(0.3), NOW) == "0.3 秒前"
    assert ago_text(ago(42), NOW) == "42 秒前"
    assert ago_text(ago(180), NOW) == "3 分钟前"
    assert "自" in ago_text(ago(7200), NOW)


def test_enter_presses_a_button_that_keys_reached_and_none_that_was_clicked(qtbot: QtBot) -> None:
    button = KeyButton("先完成")
    qtbot.addWidget(button)
    button.show()
    button.activateWindow()
    qtbot.waitUntil(button.isActiveWindow)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(button, key)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    button.clearFocus()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_a_long_list_of_problems_stays_in_the_window_and_is_scrolled(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 400)
    bar = ProblemBar(window, window)
    window.show()
    bar.show_problems(PROBLEMS * 6)
    bar.toggle()
    qtbot.waitUntil(lambda: bar.list.area.verticalScrollBar().maximum() > 0)
    assert bar.list.geometry().bottom() < window.height()
    bar.show_problems(PROBLEMS)
    qtbot.waitUntil(lambda: bar.list.area.verticalScrollBar().maximum() == 0)
    bar.toggle()
    assert not bar.list.isVisible()
    bar.show_problems(())
    bar.toggle()
    assert not bar.list.isVisible()
