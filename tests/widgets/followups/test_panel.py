"""The list of calls that are owed and the question what came of one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView
from pytestqt.qtbot import QtBot

from models.followups.callback import SOURCED, Result, Why
from resources.texts import t
from widgets.base.composition import LineEdit
from widgets.followups.model import DueTable, due_text, tried_text, why_text
from widgets.followups.panel import DuePanel
from widgets.followups.result_bar import CHOICES, ResultBar
from widgets.followups.view import DueRow, Wanted
from widgets.theme import colour, px

AT = datetime(2026, 11, 22, 2, 40, tzinfo=UTC)
FIRST = DueRow("a", "138****0001", Why.AFTER_HOURS, AT, True, True, 2, Result.NO_ANSWER, "busy")
SECOND = DueRow("b", "139****0002", Why.ABANDONED, AT, taken_by="王")


def button(panel: DuePanel | ResultBar, words: str) -> QAbstractButton:
    return next(one for one in panel.findChildren(QAbstractButton) if one.text() == words)


def shown(qtbot: QtBot, *rows: DueRow, can_dial: bool = True) -> tuple[DuePanel, QTableView]:
    panel = DuePanel()
    qtbot.addWidget(panel)
    panel.show_rows(rows, can_dial)
    panel.show()
    view = panel.findChild(QTableView)
    assert isinstance(view, QTableView)
    return panel, view


def test_enter_dials_the_first_and_then_the_chosen_one(qtbot: QtBot) -> None:
    panel, view = shown(qtbot, FIRST, SECOND)
    with qtbot.waitSignal(panel.dial_wanted) as wished:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert wished.args == ["a"]
    view.selectRow(1)
    with qtbot.waitSignal(panel.dial_wanted) as wished:
        button(panel, t("followups.dial")).click()
    assert wished.args == ["b"]


@pytest.mark.parametrize("chosen", [0, 1])
def test_a_time_that_is_over_keeps_its_colour_when_it_is_chosen(qtbot: QtBot, chosen: int) -> None:
    panel, view = shown(qtbot, FIRST, SECOND)
    panel.resize(px(788), px(600))
    view.selectRow(chosen)
    place = view.visualRect(view.model().index(0, 0))
    image = view.viewport().grab(place).toImage()
    inks = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert colour("care").name() in inks


def test_who_was_chosen_stays_chosen_when_the_list_moves(qtbot: QtBot) -> None:
    panel, view = shown(qtbot, FIRST, SECOND)
    view.selectRow(1)
    panel.show_rows((SECOND,), True)
    with qtbot.waitSignal(panel.dial_wanted) as wished:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert wished.args == ["b"]


def test_nobody_is_dialled_in_another_call_and_only_what_expired_is_closed(qtbot: QtBot) -> None:
    panel, view = shown(qtbot, FIRST, SECOND, can_dial=False)
    with qtbot.assertNotEmitted(panel.dial_wanted):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert not button(panel, t("followups.dial")).isEnabled()
    close = button(panel, t("followups.close"))
    with qtbot.waitSignal(panel.close_wanted) as wished:
        close.click()
    assert wished.args == ["a"]
    view.selectRow(1)
    assert not close.isVisible()


def test_overdue_and_expired_stand_in_words(qtbot: QtBot) -> None:
    panel, _ = shown(qtbot, FIRST, SECOND)
    said = [label.text() for label in panel.findChildren(QLabel)]
    assert t("followups.summary", n=2, overdue=1) in said
    assert due_text(FIRST) == t("followups.expired_at", at="11-22 02:40")
    assert due_text(SECOND) == "11-22 02:40"
    assert tried_text(SECOND) == t("followups.not_tried")
    assert t("followups.how_busy") in tried_text(FIRST)


def test_the_whole_number_is_asked_for_by_key_with_a_reason(qtbot: QtBot) -> None:
    panel, view = shown(qtbot, FIRST, SECOND)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    view.selectRow(1)
    rescue = button(panel, t("access.why_rescue"))
    assert not rescue.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    assert rescue.isVisible()
    with qtbot.waitSignal(panel.unmask_wanted) as wished:
        rescue.click()
    assert wished.args == ["b", "rescue"]
    assert (rescue.isVisible(), view.hasFocus()) == (False, True)


def test_a_reason_holds_for_the_number_it_was_begun_for_and_a_whole_one_needs_none(qtbot: QtBot) -> None:
    panel, view = shown(qtbot, FIRST, SECOND)
    unmask = button(panel, t("access.unmask"))
    rescue = button(panel, t("access.why_rescue"))
    unmask.click()
    assert rescue.isVisible()
    view.selectRow(1)
    assert not rescue.isVisible()
    panel.show_rows((FIRST, replace(SECOND, number="13900000002", masked=False)), True)
    assert not unmask.isVisible()
    with qtbot.assertNotEmitted(panel.unmask_wanted):
        qtbot.keyClick(view, Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    assert not rescue.isVisible()


def test_who_is_chosen_is_told_when_the_list_is_opened(qtbot: QtBot) -> None:
    panel, _ = shown(qtbot, FIRST, SECOND)
    panel.hide()
    with qtbot.waitSignal(panel.row_chosen) as told:
        panel.show()
    assert told.args == ["a"]


def test_several_calls_of_one_number_say_how_many_and_when_the_last_was() -> None:
    several = replace(SECOND, others=("c", "d"), latest=AT + timedelta(hours=3))
    assert why_text(several) == "放弃 3 次，最近 05:40"
    assert why_text(replace(several, latest=AT + timedelta(days=1))) == "放弃 3 次，最近 11-23 02:40"


def test_the_chosen_line_stays_chosen_when_an_older_call_leads_it(qtbot: QtBot) -> None:
    panel, view = shown(qtbot, FIRST, SECOND)
    view.selectRow(1)
    panel.show_rows((FIRST, replace(SECOND, id="older", others=("b",), latest=AT)), True)
    with qtbot.waitSignal(panel.dial_wanted) as wished:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert wished.args == ["older"]


def test_every_cell_says_something_of_every_reason_and_result(qtbot: QtBot) -> None:
    rows = tuple(
        DueRow(f"{why}{result}", "1", why, AT, last=result, attempts=1, mine=True)
        for why in Why
        for result in Result
    )
    table = DueTable()
    table.show_rows(rows)
    for place in range(table.rowCount()):
        for column in range(table.columnCount()):
            assert table.data(table.index(place, column))


@pytest.mark.parametrize(
    ("digit", "result", "how"), [one for one in CHOICES if one[0] and one[1] not in SOURCED]
)
def test_one_key_says_what_came_of_it(qtbot: QtBot, digit: str, result: Result, how: str) -> None:
    bar = ResultBar()
    qtbot.addWidget(bar)
    bar.show_wanted(Wanted("138****0001", "busy"))
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    with qtbot.waitSignal(bar.chosen) as chosen:
        qtbot.keyClick(bar, digit, Qt.KeyboardModifier.AltModifier)
    assert chosen.args == [result, how, ""]


@pytest.mark.parametrize("result", sorted(SOURCED))
def test_a_new_attempt_and_a_death_ask_who_says_so(qtbot: QtBot, result: Result) -> None:
    bar = ResultBar()
    qtbot.addWidget(bar)
    bar.show_wanted(Wanted("138****0001"))
    with qtbot.assertNotEmitted(bar.chosen):
        button(bar, t(f"followups.result_{result}")).click()
    (line,) = bar.findChildren(LineEdit)
    assert line.isVisible()
    with qtbot.assertNotEmitted(bar.chosen):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClicks(line, "family, by phone")
    with qtbot.waitSignal(bar.chosen) as chosen:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert chosen.args == [result, "", "family, by phone"]


def test_lost_is_offered_for_a_follow_up_only(qtbot: QtBot) -> None:
    bar = ResultBar()
    qtbot.addWidget(bar)
    bar.show_wanted(Wanted("138****0001"))
    assert not button(bar, t("followups.result_lost")).isVisible()
    bar.show_wanted(Wanted("138****0001", day=7))
    assert button(bar, t("followups.result_lost")).isVisible()


def test_nothing_is_asked_when_nothing_is_wanted(qtbot: QtBot) -> None:
    bar = ResultBar()
    qtbot.addWidget(bar)
    bar.show_wanted(None)
    assert not bar.isVisible()
    with qtbot.assertNotEmitted(bar.chosen):
        qtbot.keyClick(bar, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)


def test_a_wish_for_no_more_calls_is_one_key(qtbot: QtBot) -> None:
    bar = ResultBar()
    qtbot.addWidget(bar)
    bar.show_wanted(Wanted("138****0001"))
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    with qtbot.waitSignal(bar.stop_wanted):
        qtbot.keyClick(bar, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    bar.show_wanted(None)
    with qtbot.assertNotEmitted(bar.stop_wanted):
        qtbot.keyClick(bar, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
