"""Who calls, beside the call: known persons one key away, and nothing clinical."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from models.people.person import Part
from resources.texts import t
from tests.widgets import samples
from tests.widgets.window import make_window
from widgets.base.tag import LevelTag, Tag
from widgets.calls.supervised import Supervised, SupervisedView
from widgets.main_window import Page
from widgets.people.banner import PersonBanner
from widgets.people.view import BannerView, PersonRow

AT = datetime(2026, 11, 22, 2, 40, tzinfo=UTC)
RAIN = PersonRow("p", ("小雨", "雨点"), "海棠", 4, "R3", AT)
MOTHER = PersonRow("m", ("母亲",), "", 1)


def shown(qtbot: QtBot, view: BannerView | None) -> PersonBanner:
    banner = PersonBanner()
    qtbot.addWidget(banner)
    banner.show_view(view)
    if view is not None:
        banner.activateWindow()
        qtbot.waitUntil(banner.isActiveWindow)
    return banner


def said(banner: PersonBanner) -> str:
    words = [one.text() for one in banner.findChildren(QLabel)]
    words += [one.text() for one in banner.findChildren(Tag) if not one.isHidden()]
    return " ".join(words)


def button(banner: PersonBanner, words: str) -> QAbstractButton:
    return next(one for one in banner.findChildren(QAbstractButton) if one.text() == words)


def test_without_a_call_there_is_nothing(qtbot: QtBot) -> None:
    banner = shown(qtbot, None)
    assert banner.isHidden()
    banner.show_view(BannerView("c"))
    assert not banner.isHidden()
    banner.show_view(None)
    assert banner.isHidden()


@pytest.mark.parametrize(("key", "person"), [(Qt.Key.Key_F2, "p"), (Qt.Key.Key_F3, "m")])
def test_one_key_says_who_of_a_household_it_is(qtbot: QtBot, key: Qt.Key, person: str) -> None:
    banner = shown(qtbot, BannerView("c", (), (RAIN, MOTHER)))
    with qtbot.waitSignal(banner.person_chosen) as wished:
        qtbot.keyClick(banner, key, Qt.KeyboardModifier.ShiftModifier)
    assert wished.args == ["c", person, Part.SELF]


def test_who_is_chosen_already_is_not_changed_by_a_key(qtbot: QtBot) -> None:
    banner = shown(qtbot, BannerView("c", (RAIN,), (MOTHER,)))
    with qtbot.assertNotEmitted(banner.person_chosen):
        qtbot.keyClick(banner, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)


def test_code_word_level_and_case_are_told(qtbot: QtBot) -> None:
    banner = shown(qtbot, BannerView("c", (RAIN,), (), case=True, counsellor="李医生"))
    words = said(banner)
    for part in ("小雨 / 雨点", "海棠", t("persons.case_of", name="李医生")):
        assert part in words
    (level,) = banner.findChildren(LevelTag)
    assert level.code == "R3"


def test_another_person_and_the_history_are_a_key_away(qtbot: QtBot) -> None:
    banner = shown(qtbot, BannerView("c", (), (RAIN,)))
    with qtbot.waitSignal(banner.who_wanted) as wished:
        button(banner, t("persons.another")).click()
    assert wished.args == ["c"]
    with qtbot.waitSignal(banner.history_wanted) as opened:
        qtbot.keyClick(banner, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert opened.args == ["p"]


def test_of_several_none_is_taken_for_the_caller(qtbot: QtBot) -> None:
    banner = shown(qtbot, BannerView("c", (), (RAIN, MOTHER)))
    assert button(banner, t("persons.history")).isHidden()


def test_a_usual_call_needs_no_scroll_bar_on_a_small_screen(qtbot: QtBot) -> None:
    window = make_window()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    calls, banner, help_card = window.parts.calls, PersonBanner(), Supervised()
    for piece in (banner, help_card):
        calls.add_below_card(piece)
    window.show_page(Page.DESK)
    window.show()
    calls.show_greeting(samples.GREETING)
    calls.show_board((samples.TALKING,))
    banner.show_view(BannerView("c"))
    help_card.show_view(SupervisedView("c"))
    area = next(one for one in calls.findChildren(QScrollArea) if one.isAncestorOf(banner))
    qtbot.waitUntil(lambda: banner.height() > 0 and help_card.isVisible())
    content = area.widget()
    assert content is not None
    assert content.sizeHint().height() <= area.viewport().height()
    assert area.verticalScrollBar().maximum() == 0
    # The label and its link stand in one line.
    label = next(one for one in banner.findChildren(QLabel) if one.text() == t("persons.banner"))
    link = button(banner, t("persons.who"))
    assert abs(_middle(banner, label) - _middle(banner, link)) <= 2
    window.let_close()


def _middle(banner: PersonBanner, piece: QWidget) -> int:
    return piece.mapTo(banner, piece.rect().center()).y()
