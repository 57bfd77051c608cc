"""Caller plans by the keyboard alone: proposed with a counsellor of the house, signed, paused, ended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
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
    keys.press("Up")
    assert choice(panel).chosen == NOBODY
    keys.press("Down")
    assert choice(panel).chosen == Member("", "林医生")
    keys.press("Ctrl+A", "Backspace", "Return")
    assert choice(panel).chosen == NOBODY


def look_for(panel: PlansPanel, keys: QtKeyboard, words: str, *then: str) -> None:
    """Type words, and press keys at what was found: the list has the keyboard while it is open."""
    keys.write(words)
    for key in then:
        window = QGuiApplication.focusWindow()
        assert window is not None
        QTest.keySequence(window, QKeySequence(key))
    assert not choice(panel).found_list.isVisible()
    # A screen gives the keyboard back by itself; the one of the tests does not.
    panel.window().windowHandle().requestActivate()
    QCoreApplication.processEvents()


def test_one_of_many_is_found_by_any_part_of_name_or_profession(panel: PlansPanel, keys: QtKeyboard) -> None:
    many = tuple(Member(f"w{n}", f"咨询员{n}", roles=("OP",)) for n in range(100))
    gone = Member("old", "钱一一", roles=("OP",), left=True)
    clerk = Member("clerk", "管一一", roles=("ADM",))
    lone = Member("qian", "钱小满", "social_worker", ("OP",))
    panel.show_staff((*many, gone, clerk, lone), NOBODY, {"qian": "社工师 · 咨询员"})
    panel.show_plans((), "小树", False, TODAY)
    assert not {gone.name, clerk.name} & {choice(panel).itemText(at) for at in range(choice(panel).count())}
    for typed, found in (("小满", lone), ("社工", lone), ("咨询员42", many[42])):
        keys.to(field("counsellor"))
        look_for(panel, keys, typed, "Return")
        assert choice(panel).chosen == found
    # Words that name several, or nobody, choose nobody else.
    for typed in ("咨询", "没有这个人"):
        look_for(panel, keys, typed, "Return")
        assert (choice(panel).chosen, choice(panel).currentText()) == (many[42], "咨询员42")
    look_for(panel, keys, "小", "Escape")
    keys.to(field("review_at"))
    assert choice(panel).currentText() == "咨询员42"
    keys.to(field("counsellor"), "Shift+Tab")
    look_for(panel, keys, "咨询员7", "Down", "Down", "Return")
    assert choice(panel).chosen == many[70]


def test_who_left_is_named_where_they_stand_and_offered_no_more(panel: PlansPanel, keys: QtKeyboard) -> None:
    show_here(panel, replace(PLANS[0], text=replace(TEXT, counsellor="lin", counsellor_name="林医生")))
    panel.show_staff((STAFF[0], replace(LIN, left=True)), NOBODY)
    assert choice(panel).currentText() == t("callers.counsellor_left", name="林医生")
    assert choice(panel).chosen.id == "lin"
    keys.to(field("counsellor"))
    keys.press("Down")
    keys.press("Up", "Up", "Up")
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
