"""Giving a record: a reason and a lead are needed, and what was given can be taken back."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from resources.texts import t
from widgets.access.sharing import SharePanel
from widgets.access.view import GivenView, SharingView
from widgets.base.buttons import KeyButton

LEADS = (("wang", "王组长"), ("zhou", "周督导"))
VIEW = SharingView("n", "记录", "R2", LEADS)
GIVEN = GivenView("g", "王组长", "请帮我看", datetime(2026, 11, 22, 6, 0, tzinfo=UTC))


def made(qtbot: QtBot, view: SharingView = VIEW) -> tuple[SharePanel, list[object], list[object]]:
    panel = SharePanel()
    qtbot.addWidget(panel)
    panel.show()
    given: list[object] = []
    back: list[object] = []
    panel.give_wanted.connect(lambda *values: given.append(values))
    panel.back_wanted.connect(lambda *values: back.append(values))
    panel.show_sharing(view)
    return panel, given, back


def button(panel: SharePanel, label: str) -> KeyButton:
    (found,) = [one for one in panel.findChildren(KeyButton) if one.text() == label]
    return found


def reason(panel: SharePanel) -> QLineEdit:
    return next(one for one in panel.findChildren(QLineEdit) if one.placeholderText())


def test_it_is_given_to_the_chosen_lead_with_a_reason(qtbot: QtBot) -> None:
    panel, given, _ = made(qtbot)
    give = button(panel, t("access.give"))
    assert not give.isEnabled()
    qtbot.keyClicks(reason(panel), "  ")
    assert not give.isEnabled()
    qtbot.keyClicks(reason(panel), "help")
    panel.findChildren(QComboBox)[0].setCurrentIndex(1)
    qtbot.mouseClick(give, Qt.MouseButton.LeftButton)
    assert given == [("n", "zhou", "help", 4)]


def test_nothing_is_asked_twice_and_nothing_without_a_lead(qtbot: QtBot) -> None:
    panel, given, _ = made(qtbot, replace(VIEW, waits=True))
    reason(panel).setText("help")
    for view in (replace(VIEW, waits=True), replace(VIEW, readers=())):
        panel.show_sharing(view)
        qtbot.keyClick(reason(panel), Qt.Key.Key_Return)
    assert not given


def test_the_answer_keeps_what_was_typed_and_the_chosen_lead(qtbot: QtBot) -> None:
    panel, _, _ = made(qtbot)
    reason(panel).setText("help")
    panel.findChildren(QComboBox)[0].setCurrentIndex(1)
    panel.show_sharing(replace(VIEW, state=t("access.give_off_line"), tone="care"))
    assert (reason(panel).text(), panel.findChildren(QComboBox)[0].currentData()) == ("help", "zhou")
    panel.show_sharing(replace(VIEW, note="m"))
    assert not reason(panel).text()


def test_what_was_given_is_listed_and_can_be_taken_back(qtbot: QtBot) -> None:
    panel, _, back = made(qtbot, replace(VIEW, given=(GIVEN,)))
    take = button(panel, t("access.take_back"))
    assert take.accessibleName() == t("access.take_back_named", who="王组长")
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    assert back == [("n", "g")]


def test_what_was_taken_back_is_gone_from_the_sheet(qtbot: QtBot) -> None:
    panel, _, _ = made(qtbot, replace(VIEW, given=(GIVEN,)))
    panel.show()
    panel.show_sharing(replace(VIEW, given=()))
    shown = [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]
    assert not [text for text in shown if GIVEN.who in text or text == GIVEN.reason]
    assert not [
        one
        for one in panel.findChildren(KeyButton)
        if one.isVisible() and one.text() == t("access.take_back")
    ]
