"""The sheet that asks somebody in is worked by keys alone, and asks once and nobody by accident."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.calls.call import PartyPhase
from resources.texts import t
from tests.widgets import samples
from tests.widgets.look_handing import BRIEF, COLLEAGUE, LINES, WHOM
from widgets.base.buttons import KeyButton
from widgets.base.tag import LevelTag
from widgets.calls.asking import AskingSheet
from widgets.calls.asking_view import AskingView
from widgets.calls.card import CallCard


@pytest.fixture
def sheet(qtbot: QtBot) -> Iterator[AskingSheet]:
    made = AskingSheet()
    qtbot.addWidget(made)
    made.show_asking(AskingView("a1", "c1", WHOM))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    yield made
    made.close()


def confirmed(sheet: AskingSheet) -> list[tuple[Any, ...]]:
    heard: list[tuple[Any, ...]] = []
    sheet.confirmed.connect(lambda *told: heard.append(told))
    return heard


def type_lines(qtbot: QtBot, sheet: AskingSheet) -> None:
    for field, line in zip(sheet._lines, ("line 1", "line 2", "line 3"), strict=True):
        assert field.hasFocus()
        qtbot.keyClicks(field, line)
        qtbot.keyClick(field, Qt.Key.Key_Return)


def focused(sheet: AskingSheet) -> QWidget:
    found = sheet.focusWidget()
    assert found
    return found


def test_three_lines_then_a_digit_asks_once(sheet: AskingSheet, qtbot: QtBot) -> None:
    heard = confirmed(sheet)
    type_lines(qtbot, sheet)
    qtbot.keyClick(focused(sheet), Qt.Key.Key_Return)
    assert heard == [], "Enter asks nobody"
    qtbot.keyClick(focused(sheet), Qt.Key.Key_2)
    qtbot.keyClick(focused(sheet), Qt.Key.Key_1)
    assert heard == [("a1", "c1", "speak_first", "s2", ("line 1", "line 2", "line 3"))]


def test_a_digit_in_a_field_is_a_digit(sheet: AskingSheet, qtbot: QtBot) -> None:
    heard = confirmed(sheet)
    qtbot.keyClicks(sheet._sought, "12355b")
    assert sheet._sought.text() == "12355b"
    assert (heard, sheet._way.choice) == ([], "speak_first")


def test_a_letter_chooses_the_way_and_the_arrows_walk_over_who_is_busy(
    sheet: AskingSheet, qtbot: QtBot
) -> None:
    heard = confirmed(sheet)
    qtbot.keyClick(focused(sheet), Qt.Key.Key_Down)
    qtbot.keyClicks(focused(sheet), "b")
    for _ in range(2):
        qtbot.keyClick(focused(sheet), Qt.Key.Key_Down)
    assert sheet._whom.whom
    assert sheet._whom.whom.id == "d1", "the third is busy"
    assert heard == []
    sheet._confirm.click()
    assert heard[0][2:4] == ("at_once", "d1")


def test_who_is_busy_cannot_be_asked(sheet: AskingSheet, qtbot: QtBot) -> None:
    heard = confirmed(sheet)
    qtbot.keyClick(focused(sheet), Qt.Key.Key_Down)
    qtbot.keyClick(focused(sheet), Qt.Key.Key_3)
    assert heard == []
    assert not sheet._confirm.isEnabled()


def test_what_was_typed_and_taken_stays_while_others_come_and_go(sheet: AskingSheet, qtbot: QtBot) -> None:
    qtbot.keyClicks(sheet._lines[0], "x")
    sheet._whom.take(2)
    sheet.show_asking(AskingView("a1", "c1", WHOM[1:]))
    assert (sheet._lines[0].text(), sheet._whom.digit) == ("x", 1)
    sheet.show_asking(AskingView("a1", "c1", (replace(WHOM[1], free=False),)))
    assert sheet._whom.whom is None
    sheet.show_asking(AskingView("a2", "c1", WHOM))
    assert sheet._lines[0].text() == ""


def test_the_focus_stays_in_the_list_while_colleagues_come_and_go(sheet: AskingSheet, qtbot: QtBot) -> None:
    heard = confirmed(sheet)
    qtbot.keyClick(focused(sheet), Qt.Key.Key_Down)
    sheet.show_asking(AskingView("a1", "c1", WHOM[1:]))
    sheet.show_asking(AskingView("a1", "c1", WHOM))
    assert sheet._whom.isAncestorOf(focused(sheet))
    qtbot.keyClick(focused(sheet), Qt.Key.Key_1)
    assert heard[0][3] == "s1"


def said(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if not label.isHidden())


def test_a_call_that_is_handed_on_shows_who_the_level_and_the_lines_from_the_ring_on(qtbot: QtBot) -> None:
    card = CallCard()
    qtbot.addWidget(card)
    card.show_call(replace(samples.RINGING, brief=BRIEF))
    card.show()
    for word in (t("handing.asks_you", who=BRIEF.who, time=f"{BRIEF.at:%H:%M}"), *LINES):
        assert word in said(card)
    (level,) = [tag for tag in card.findChildren(LevelTag) if tag.isVisible()]
    assert "R4" in level.accessibleName()
    card.show_call(replace(samples.TALKING, brief=BRIEF))
    with qtbot.waitSignal(card.first_note_wanted) as wanted:
        button(card, t("handing.first_note")).click()
    assert wanted.args == ["n1"]


def test_the_key_of_leaving_names_the_colleague_who_then_has_the_call(qtbot: QtBot) -> None:
    card = CallCard()
    qtbot.addWidget(card)
    card.show_call(replace(samples.HELD, parties=(COLLEAGUE,)))
    card.show()
    with qtbot.waitSignal(card.leave_wanted):
        button(card, t("handing.hand_to", name="王老师")).click()
    with qtbot.waitSignal(card.drop_wanted) as dropped:
        button(card, t("handing.drop")).click()
    assert dropped.args == [samples.HELD.id, "p1"]
    with qtbot.waitSignal(card.transfer_wanted):
        card.act("transfer")


def test_a_call_that_nobody_took_says_so(qtbot: QtBot) -> None:
    card = CallCard()
    qtbot.addWidget(card)
    gone = replace(COLLEAGUE, phase=PartyPhase.LEFT, cause="no_answer")
    card.show_call(replace(samples.ENDED, parties=(gone,), came_back=True))
    card.show_now(samples.NOW)
    assert t("handing.came_back") in said(card)


def button(part: QWidget, label: str) -> KeyButton:
    (found,) = [one for one in part.findChildren(KeyButton) if one.text() == label and one.isVisible()]
    return found
