"""Whose a case is: given to somebody of the house by keys alone."""

from dataclasses import replace

from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from models.people.staff import Member
from resources.texts import t
from tests.widgets.look_people import CASE, PERSON, STAFF
from widgets.cases.counsellor import CounsellorChoice
from widgets.cases.page import PersonPage


def shown(qtbot: QtBot) -> tuple[PersonPage, CounsellorChoice, QAbstractButton]:
    page = PersonPage()
    qtbot.addWidget(page)
    page.show_staff(STAFF)
    page.show_person(PERSON)
    page.show()
    choice = page.findChild(CounsellorChoice)
    assert isinstance(choice, CounsellorChoice)
    give = next(one for one in page.findChildren(QAbstractButton) if one.text() == t("cases.give"))
    return page, choice, give


def test_the_case_is_given_with_the_account(qtbot: QtBot) -> None:
    page, choice, give = shown(qtbot)
    assert (choice.chosen, give.isEnabled()) == (STAFF[0], False)
    qtbot.keyClick(choice, "林")
    choice.setCurrentIndex(2)
    choice.picked.emit()
    # Told again by a pull: a choice that was not given yet stays.
    page.show_person(replace(PERSON, name="小雨"))
    assert (choice.chosen, give.isEnabled()) == (STAFF[1], True)
    with qtbot.waitSignal(page.given) as given:
        give.click()
    assert given.args == ["k", STAFF[1]]


def test_another_case_begins_anew_and_a_closed_one_is_given_to_nobody(qtbot: QtBot) -> None:
    page, choice, give = shown(qtbot)
    choice.setCurrentIndex(2)
    choice.picked.emit()
    page.show_person(replace(PERSON, case=replace(CASE, id="other")))
    assert (choice.chosen, give.isEnabled()) == (STAFF[0], False)
    page.show_person(replace(PERSON, case=replace(CASE, closing="recovered")))
    assert not give.isVisible()


def test_who_has_it_is_shown_also_when_nobody_here_knows_them(qtbot: QtBot) -> None:
    page, choice, _ = shown(qtbot)
    page.show_person(replace(PERSON, case=replace(CASE, counsellor="孙", counsellor_id="sun")))
    assert choice.chosen == Member("sun", "孙")
    page.show_person(replace(PERSON, case=replace(CASE, counsellor="", counsellor_id="")))
    assert choice.currentText() == t("callers.counsellor_nobody")
