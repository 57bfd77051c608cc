"""The conversations of others on the lead's desk: what the buttons and keys wish, and on which of them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.calls.events import Watching
from resources.texts import t
from tests.widgets.look_alerts import TALKS
from tests.widgets.samples import NOW
from widgets.base.buttons import KeyButton
from widgets.lead.desk import LeadDesk
from widgets.lead.talks import TalkCard

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot) -> LeadDesk:
    made = LeadDesk()
    qtbot.addWidget(made)
    made.resize(1366, 690)
    made.show_talks(TALKS)
    made.show_now(NOW)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def card(desk: LeadDesk, place: int) -> TalkCard:
    found = [each for each in desk.findChildren(TalkCard) if each.isVisible()]
    return sorted(found, key=lambda each: each.mapTo(desk, each.rect().topLeft()).y())[place]


def button(card: TalkCard, label: str) -> KeyButton:
    return next(each for each in card.findChildren(KeyButton) if each.text() == label and each.isVisible())


def words(card: TalkCard) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def test_each_conversation_says_who_talks_for_how_long_and_how_dangerous(desk: LeadDesk) -> None:
    said = words(card(desk, 0))
    assert TALKS[0].name in said
    assert t("lead.seat", n=TALKS[0].seat) in said
    assert t("lead.talks_for", passed="08:21") in said
    assert "R4" in card(desk, 0).accessibleName()
    assert t("lead.held_for", passed="01:02") in words(card(desk, 1))


def test_a_button_wishes_for_its_own_conversation(desk: LeadDesk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.watch_wanted) as wished:
        button(card(desk, 1), t("lead.watch_whisper")).click()
    assert wished.args == [TALKS[1].call, Watching.WHISPER]


def test_the_keys_act_on_the_first_one_until_another_is_chosen(desk: LeadDesk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.watch_wanted) as wished:
        qtbot.keyClick(desk, Qt.Key.Key_F9, CTRL)
    assert wished.args == [TALKS[0].call, Watching.LISTEN]
    card(desk, 1).setFocus()
    with qtbot.waitSignal(desk.watch_wanted) as wished:
        qtbot.keyClick(desk, Qt.Key.Key_F11, CTRL)
    assert wished.args == [TALKS[1].call, Watching.JOIN]


def test_what_the_lead_does_in_it_is_said_and_can_be_ended(desk: LeadDesk, qtbot: QtBot) -> None:
    listening = replace(TALKS[1], how=Watching.LISTEN)
    desk.show_talks((TALKS[0], listening))
    mine = card(desk, 1)
    assert t("lead.part_listen") in words(mine)
    assert not [
        each
        for each in mine.findChildren(KeyButton)
        if each.text() == t("lead.watch_listen") and each.isVisible()
    ]
    # The keys act on the conversation that is watched.
    with qtbot.waitSignal(desk.watch_wanted) as wished:
        qtbot.keyClick(desk, Qt.Key.Key_F5, CTRL)
    assert wished.args == [listening.call, Watching.GONE]
    with qtbot.waitSignal(desk.watch_wanted) as wished:
        button(mine, t("lead.watch_join")).click()
    assert wished.args == [listening.call, Watching.JOIN]


def test_taking_over_is_asked_twice(desk: LeadDesk, qtbot: QtBot) -> None:
    first = card(desk, 0)
    wished: list[str] = []
    desk.take_over_wanted.connect(wished.append)
    button(first, t("lead.take_over")).click()
    assert not wished
    assert t("lead.take_over_ask", who=TALKS[0].name) in words(first)
    button(first, t("lead.take_over_not")).click()
    assert t("lead.take_over_ask", who=TALKS[0].name) not in words(first)
    qtbot.keyClick(desk, Qt.Key.Key_F12, CTRL)
    assert not wished
    qtbot.keyClick(desk, Qt.Key.Key_F12, CTRL)
    assert wished == [TALKS[0].call]


def test_what_is_over_leaves_the_list(desk: LeadDesk) -> None:
    desk.show_talks(TALKS[1:])
    assert TALKS[1].name in words(card(desk, 0))
    desk.show_talks(())
    assert not [each for each in desk.findChildren(TalkCard) if each.isVisible()]
    assert t("lead.no_talks") in [label.text() for label in desk.findChildren(QLabel) if label.isVisible()]


def test_no_key_acts_where_nobody_talks(desk: LeadDesk, qtbot: QtBot) -> None:
    desk.show_talks(())
    with qtbot.assertNotEmitted(desk.watch_wanted), qtbot.assertNotEmitted(desk.take_over_wanted):
        for key in (Qt.Key.Key_F9, Qt.Key.Key_F10, Qt.Key.Key_F11, Qt.Key.Key_F12, Qt.Key.Key_F5):
            qtbot.keyClick(desk, key, CTRL)
