"""The sheet in which somebody is named: list, search, newcomer, and merging that is shown first."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from models.people.person import Part
from resources.texts import t
from widgets.people.view import MergeView, PersonRow
from widgets.people.who import WhoPanel

RAIN = PersonRow("p", ("小雨",), "海棠", 4, "R3")
MOTHER = PersonRow("m", ("母亲",), "", 1, part=Part.CALLER)


def shown(qtbot: QtBot, *known: PersonRow) -> WhoPanel:
    who = WhoPanel()
    qtbot.addWidget(who)
    who.begin(in_call=True)
    who.show_known(known)
    who.show()
    return who


def button(who: WhoPanel, words: str) -> QAbstractButton:
    return next(one for one in who.findChildren(QAbstractButton) if one.text() == words)


def field(who: WhoPanel, key: str) -> QLineEdit:
    return next(one for one in who.findChildren(QLineEdit) if one.accessibleName() == t(key))


def table(who: WhoPanel) -> QTableView:
    view = who.findChild(QTableView)
    assert isinstance(view, QTableView)
    return view


def test_enter_chooses_the_first_in_the_chosen_part(qtbot: QtBot) -> None:
    who = shown(qtbot, RAIN, MOTHER)
    with qtbot.waitSignal(who.person_chosen) as wished:
        qtbot.keyClick(field(who, "persons.seek"), Qt.Key.Key_Return)
    assert wished.args == ["p", Part.SELF]
    button(who, t("persons.part_subject")).click()
    table(who).selectRow(1)
    with qtbot.waitSignal(who.person_chosen) as wished:
        button(who, t("persons.choose")).click()
    assert wished.args == ["m", Part.SUBJECT]


def test_what_is_typed_is_looked_for_and_what_is_found_is_shown(qtbot: QtBot) -> None:
    who = shown(qtbot, RAIN)
    with qtbot.waitSignal(who.sought) as wished:
        field(who, "persons.seek").setText("海")
    assert wished.args == ["海"]
    assert table(who).model().rowCount() == 0
    who.show_found((MOTHER,))
    assert table(who).model().rowCount() == 1
    field(who, "persons.seek").clear()
    assert table(who).model().rowCount() == 1
    who.show_known((RAIN, MOTHER))
    assert table(who).model().rowCount() == 2


def test_only_who_has_a_part_can_be_taken_back(qtbot: QtBot) -> None:
    who = shown(qtbot, RAIN, MOTHER)
    back = button(who, t("persons.take_back"))
    assert back.isHidden()
    table(who).selectRow(1)
    with qtbot.waitSignal(who.taken_back) as wished:
        back.click()
    assert wished.args == ["m"]


def test_a_newcomer_needs_an_alias(qtbot: QtBot) -> None:
    who = shown(qtbot)
    alias, word = field(who, "persons.alias"), field(who, "persons.word")
    with qtbot.assertNotEmitted(who.newcomer_noted):
        qtbot.keyClick(word, Qt.Key.Key_Return)
    alias.setText("阿海")
    word.setText("灯塔")
    with qtbot.waitSignal(who.newcomer_noted) as wished:
        qtbot.keyClick(alias, Qt.Key.Key_Return)
    assert wished.args == ["阿海", "灯塔", Part.SELF]
    assert alias.text() == ""


def test_merging_takes_two_choices_and_a_yes(qtbot: QtBot) -> None:
    who = shown(qtbot, RAIN, MOTHER)
    button(who, t("persons.merge")).click()
    table(who).selectRow(1)
    with qtbot.waitSignal(who.merge_proposed) as wished:
        button(who, t("persons.merge_with", name="小雨")).click()
    assert wished.args == ["p", "m"]
    who.show_merging(MergeView(RAIN, MOTHER, 2, 5))
    words = " ".join(one.text() for one in who.findChildren(QLabel))
    assert t("persons.merge_sum", numbers=2, calls=5) in words
    with qtbot.waitSignal(who.merge_confirmed) as merged:
        button(who, t("persons.merge_now")).click()
    assert merged.args == ["p", "m"]
    with qtbot.waitSignal(who.merge_cancelled):
        button(who, t("persons.cancel")).click()


def test_who_was_chosen_stays_chosen_when_the_list_is_told_again(qtbot: QtBot) -> None:
    who = shown(qtbot, RAIN, MOTHER)
    table(who).selectRow(1)
    who.show_known((PersonRow("x", ("新",)), RAIN, MOTHER))
    with qtbot.waitSignal(who.history_wanted) as wished:
        button(who, t("persons.history")).click()
    assert wished.args == ["m"]


def test_a_number_is_taken_from_who_does_not_use_it_any_more(qtbot: QtBot) -> None:
    who = shown(qtbot, RAIN, MOTHER)
    with qtbot.waitSignal(who.untied) as wished:
        button(who, t("persons.untie")).click()
    assert wished.args == ["p"]
    table(who).selectRow(1)
    assert button(who, t("persons.untie")).isHidden()


def test_somebody_is_called_otherwise_from_now_on(qtbot: QtBot) -> None:
    who = shown(qtbot, RAIN)
    field(who, "persons.alias").setText("阿雨")
    with qtbot.waitSignal(who.renamed) as wished:
        button(who, t("persons.rename", name="小雨")).click()
    assert wished.args == ["p", "阿雨", ""]


def test_without_a_call_somebody_is_only_looked_for(qtbot: QtBot) -> None:
    who = shown(qtbot, RAIN)
    who.begin(in_call=False)
    who.show_known((RAIN,))
    assert button(who, t("persons.choose")).isHidden()
    with qtbot.assertNotEmitted(who.person_chosen), qtbot.waitSignal(who.history_wanted) as wished:
        qtbot.keyClick(field(who, "persons.seek"), Qt.Key.Key_Return)
    assert wished.args == ["p"]


@pytest.mark.usefixtures("each_language")
def test_when_somebody_last_called_is_read_whole(qtbot: QtBot) -> None:
    often = replace(RAIN, calls=88, last_at=datetime(2026, 12, 28, tzinfo=UTC), part=Part.CALLER)
    who = shown(qtbot, often)
    view = table(who)
    for column in range(1, view.model().columnCount()):
        assert view.sizeHintForColumn(column) <= view.columnWidth(column)
