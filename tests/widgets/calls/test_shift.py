"""The operator's own state on the panel: how long wrap-up lasts, why no call comes, whose the seat is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.shifts.duty import DutyState
from tests.widgets import samples
from widgets.base.buttons import KeyButton
from widgets.calls.panel import CallPanel
from widgets.calls.view import DutyView


@pytest.fixture
def panel(qtbot: QtBot) -> CallPanel:
    made = CallPanel()
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show_duty(samples.READY)
    made.show_queue(samples.QUEUE)
    made.show_now(samples.NOW)
    made.show()
    return made


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_wrap_up_counts_down_and_tells_of_the_time_that_was_given(panel: CallPanel) -> None:
    panel.show_duty(DutyView(DutyState.WRAP_UP, samples.ago(95), until=samples.ago(-205)))
    assert "话后还剩 03:25" in words(panel)
    assert "组长已延长" not in words(panel)
    panel.show_duty(DutyView(DutyState.WRAP_UP, samples.ago(95), until=samples.ago(-505), lengthened=5))
    assert "话后还剩 08:25" in words(panel)
    assert "组长已延长 5 分钟" in words(panel)
    panel.show_duty(samples.READY)
    assert "还剩" not in words(panel)


def test_wrap_up_without_an_end_says_so(panel: CallPanel) -> None:
    panel.show_duty(samples.WRAP_UP)
    assert "没有时限" in words(panel)


def test_missed_rings_say_why_no_call_comes_and_what_to_do(panel: CallPanel) -> None:
    panel.show_duty(DutyView(DutyState.BREAK, samples.ago(20), unanswered=2))
    assert "连续 2 次没有接听" in words(panel)
    panel.show_duty(samples.BREAK)
    assert "没有接听" not in words(panel)


def test_a_seat_that_is_elsewhere_can_be_asked_for_and_nothing_false_is_said(
    qtbot: QtBot, panel: CallPanel
) -> None:
    panel.show_line(samples.ago(20))
    assert "电话仍会响铃" in words(panel)
    panel.show_standing("seat_taken")
    assert "另一台工作站" in words(panel)
    assert "电话仍会响铃" not in words(panel)
    assert "就绪" not in words(panel)
    (ask,) = [one for one in panel.findChildren(KeyButton) if one.isVisible()]
    with qtbot.waitSignal(panel.seat_wanted):
        qtbot.mouseClick(ask, Qt.MouseButton.LeftButton)
    panel.show_standing("asked")
    assert "等组长答复" in words(panel)
    assert not ask.isVisible()
    panel.show_standing("")
    panel.show_line(None)
    assert "就绪" in words(panel)


def test_a_call_without_a_gateway_says_that_the_telephone_ends_it(panel: CallPanel) -> None:
    panel.show_line(samples.ago(20))
    assert "挂上话机" not in words(panel)
    panel.show_board((samples.TALKING,))
    assert "挂上话机" in words(panel)
    panel.show_board((samples.BY_HAND,))
    assert "挂上话机" not in words(panel)
    panel.show_board((samples.HELD,))
    panel.show_line(None)
    assert "挂上话机" not in words(panel)
