"""Caller plans by the keyboard alone: proposed with a counsellor of the house, signed, paused, ended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.people.staff import Member
from resources.texts import t
from tests.support.keyboard import QtKeyboard
from tests.widgets.look_followups import PLANS, TEXT
from tests.widgets.look_people import STAFF
from tests.widgets.readable import unnamed
from widgets.cases.caller_view import Draft, PlanRow
from widgets.cases.counsellor import NOBODY, CounsellorChoice
from widgets.cases.plans import PlansPanel

pytestmark = [
    pytest.mark.usefixtures("each_language"),
    pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True),
]
TODAY = date(2026, 11, 23)
LIN = STAFF[1]


@pytest.fixture
def panel() -> PlansPanel:
    return PlansPanel()


@pytest.fixture
def keys(panel: PlansPanel, keyboard_at: Callable[[QWidget], QtKeyboard]) -> QtKeyboard:
    panel.show_staff(STAFF, NOBODY)
    panel.resize(820, 700)
    return keyboard_at(panel)


def field(name: str) -> str:
    return t(f"callers.field_{name}")


def said(panel: PlansPanel) -> str:
    return " ".join(one.text() for one in panel.findChildren(QLabel) if one.isVisible())


def choice(panel: PlansPanel) -> CounsellorChoice:
    found = panel.findChild(CounsellorChoice)
    assert isinstance(found, CounsellorChoice)
    return found


def show_here(panel: PlansPanel, row: PlanRow, leads: bool = True) -> None:
    panel.show_plans((replace(row, here=True),), "小树", leads, TODAY)


def test_a_wording_is_proposed_for_who_is_on_the_line_with_a_counsellor_of_the_house(
    panel: PlansPanel, keys: QtKeyboard, qtbot: QtBot
) -> None:
    panel.show_plans((), "小树", False, TODAY)
    keys.to(field("approach"))
    keys.add("先稳定呼吸")
    keys.to(field("limits"))
    keys.add("每天一次")
    keys.to(field("counsellor"))
    keys.press("Down", "Down")
    keys.to(t("callers.propose"))
    with qtbot.waitSignal(panel.proposed) as proposed:
        keys.press("Space")
    (draft,) = proposed.args
    assert draft == Draft("", "先稳定呼吸", "每天一次", LIN, date(2027, 2, 21))


def test_the_case_of_who_is_on_the_line_says_whose_it_is_and_another_one_is_pointed_out(
    panel: PlansPanel, keys: QtKeyboard
) -> None:
    panel.show_plans((), "小树", False, TODAY)
    panel.show_staff(STAFF, LIN)
    assert choice(panel).chosen == LIN
    warning = t("callers.counsellor_of_case", name=LIN.name)
    assert warning not in said(panel)
    keys.to(field("counsellor"))
    keys.press("Up")
    assert choice(panel).chosen == STAFF[0]
    assert warning in said(panel)
    # A choice that somebody made is not taken back by what is told meanwhile.
    panel.show_staff((*STAFF, Member("zhao", "赵组长")), LIN)
    assert choice(panel).chosen == STAFF[0]


def test_a_name_typed_into_an_earlier_record_is_shown_and_goes_on(
    panel: PlansPanel, keys: QtKeyboard, qtbot: QtBot
) -> None:
    show_here(panel, PLANS[0])
    typed = t("callers.counsellor_typed", name="林医生")
    assert choice(panel).currentText() == typed
    keys.to(t("callers.propose"))
    with qtbot.waitSignal(panel.proposed) as proposed:
        keys.press("Space")
    assert proposed.args[0].counsellor == Member("", "林医生")
    keys.to(field("counsellor"))
    keys.press("Home")
    assert choice(panel).chosen == NOBODY


def test_who_left_the_house_and_who_share_a_name_are_told_apart(panel: PlansPanel, keys: QtKeyboard) -> None:
    panel.show_staff((LIN, Member("lin2", LIN.name)), NOBODY)
    entries = [choice(panel).itemText(place) for place in range(choice(panel).count())]
    assert entries[1:] == [t("callers.counsellor_account", name=LIN.name, id=one) for one in (LIN.id, "lin2")]
    left = replace(TEXT, counsellor="gone", counsellor_name="孙医生")
    show_here(panel, replace(PLANS[0], text=left))
    assert (choice(panel).currentText(), choice(panel).chosen) == ("孙医生", Member("gone", "孙医生"))


def test_a_lead_signs_reviews_pauses_resumes_and_ends(
    panel: PlansPanel, keys: QtKeyboard, qtbot: QtBot
) -> None:
    show_here(panel, replace(PLANS[1], review=True))
    assert t("callers.waits_for_signature") in said(panel)
    for act, signal, words in (
        ("agree", panel.agreed, ["2"]),
        ("review", panel.reviewed, ["2", date(2027, 2, 21)]),
    ):
        keys.to(t(f"callers.{act}"))
        with qtbot.waitSignal(signal) as told:
            keys.press("Space")
        assert told.args == words
    for act, signal in (("pause", panel.paused), ("end", panel.ended)):
        keys.to(field("reason"))
        keys.add("住院")
        keys.to(t(f"callers.{act}"))
        with qtbot.waitSignal(signal) as told:
            keys.press("Space")
        assert told.args == ["2", "住院"]
    show_here(panel, replace(PLANS[1], paused="住院"))
    keys.to(t("callers.resume"))
    with qtbot.waitSignal(panel.resumed) as told:
        keys.press("Space")
    assert told.args == ["2"]


def test_an_operator_sees_no_button_of_a_lead_and_no_wording_goes_without_words_or_date(
    panel: PlansPanel, keys: QtKeyboard
) -> None:
    show_here(panel, PLANS[1], leads=False)
    for act in ("agree", "review", "pause", "resume", "end"):
        with pytest.raises(AssertionError):
            keys.to(t(f"callers.{act}"))
    keys.to(field("review_at"))
    keys.write("下个月")
    with pytest.raises(AssertionError):
        keys.to(t("callers.propose"))


def test_what_is_typed_stays_when_plans_are_told_again(panel: PlansPanel, keys: QtKeyboard) -> None:
    show_here(panel, PLANS[0])
    approach = keys.to(field("approach"))
    keys.write("改一半")
    panel.show_plans((PLANS[2], replace(PLANS[0], here=True)), "小树", True, TODAY)
    assert getattr(approach, "toPlainText", str)() == "改一半"


def test_everything_has_a_name(panel: PlansPanel, keys: QtKeyboard) -> None:
    panel.show_plans(PLANS, "小树", True, TODAY)
    assert unnamed(panel) == []
