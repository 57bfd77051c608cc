"""A person over many calls: records that may not be read, the case, tasks and their outcome."""

from dataclasses import replace

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from models.cases.case import Step, Why
from resources.texts import t
from tests.widgets.look_people import CASE, LINES, PERSON, PLAN, ROWS, STEPS
from widgets.base.card import Rule
from widgets.base.levels import level_text
from widgets.base.tab_order import takes_tab
from widgets.cases.list import CaseList
from widgets.cases.page import PersonPage
from widgets.cases.timeline import record_of


def shown(qtbot: QtBot) -> PersonPage:
    page = PersonPage()
    qtbot.addWidget(page)
    page.show_person(PERSON)
    page.show()
    return page


def buttons(page: PersonPage, words: str) -> list[QAbstractButton]:
    return [one for one in page.findChildren(QAbstractButton) if one.text() == words and one.isVisible()]


def field(page: PersonPage, key: str) -> QLineEdit:
    return next(one for one in page.findChildren(QLineEdit) if one.accessibleName().startswith(t(key)))


def table(page: PersonPage | CaseList) -> QTableView:
    view = page.findChild(QTableView)
    assert isinstance(view, QTableView)
    return view


def said(page: PersonPage) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_a_record_is_opened_or_asked_for(qtbot: QtBot) -> None:
    page = shown(qtbot)
    assert [record_of(one) for one in LINES].count(t("cases.record_locked")) == 3
    table(page).selectRow(0)
    with qtbot.waitSignal(page.open_wanted) as opened:
        buttons(page, t("cases.open_record"))[0].click()
    assert opened.args == ["n8"]
    table(page).selectRow(3)
    with qtbot.waitSignal(page.ask_wanted) as asked:
        buttons(page, t("cases.ask_record"))[0].click()
    assert asked.args == ["c7"]
    table(page).selectRow(2)
    with qtbot.waitSignal(page.referral_wanted) as referral:
        buttons(page, t("cases.open"))[0].click()
    assert referral.args == ["r7"]
    page.show_hint(t("cases.ask_lead"))
    assert t("cases.ask_lead") in said(page)
    table(page).selectRow(0)
    assert t("cases.ask_lead") not in said(page)


def test_the_safety_plan_in_force_is_read_under_the_history_and_put_away(qtbot: QtBot) -> None:
    page = shown(qtbot)
    with qtbot.waitSignal(page.plan_wanted) as wanted:
        named = t("cases.safety_plan_of", at=f"{PLAN.at:%Y-%m-%d}", n=PLAN.written)
        buttons(page, named)[0].click()
    assert wanted.args == [PLAN.id]
    page.lay_open("安全计划", STEPS)
    assert STEPS[1][1] in said(page)
    with qtbot.waitSignal(page.away_wanted):
        buttons(page, t("cases.away"))[0].click()
    page.put_away()
    assert STEPS[1][1] not in said(page)
    page.show_person(replace(PERSON, plan=None))
    assert buttons(page, named) == []


def test_the_chosen_line_stays_chosen_when_the_history_is_told_again(qtbot: QtBot) -> None:
    page = shown(qtbot)
    table(page).selectRow(3)
    unlocked = replace(LINES[3], opens="n7", locked=False)
    page.show_person(replace(PERSON, lines=(LINES[0], *LINES[:3], unlocked, *LINES[4:])))
    with qtbot.waitSignal(page.open_wanted) as opened:
        buttons(page, t("cases.open_record"))[0].click()
    assert opened.args == ["n7"]


def test_a_level_is_told_in_words_too(qtbot: QtBot) -> None:
    model = table(shown(qtbot)).model()
    spoken = [str(model.index(3, column).data(11)) for column in range(model.columnCount())]
    assert level_text("R4") in spoken


def test_a_line_is_written_into_the_story_and_struck_out(qtbot: QtBot) -> None:
    page = shown(qtbot)
    field(page, "cases.line").setText("约好周三再打来")
    with qtbot.waitSignal(page.line_written) as written:
        field(page, "cases.line").returnPressed.emit()
    assert written.args == ["k", "约好周三再打来"]
    with qtbot.waitSignal(page.struck) as struck:
        buttons(page, t("cases.strike"))[0].click()
    assert struck.args == ["k", "a"]
    # A colleague's line is not for me to strike out: two of mine, the story's and the grandmother.
    assert len(buttons(page, t("cases.strike"))) == 2


def test_what_is_typed_stays_when_the_same_case_is_told_again_and_goes_with_another(qtbot: QtBot) -> None:
    page = shown(qtbot)
    field(page, "cases.line").setText("半句")
    page.show_person(replace(PERSON, name="小雨"))
    assert field(page, "cases.line").text() == "半句"
    page.show_person(replace(PERSON, case=replace(CASE, id="other")))
    assert field(page, "cases.line").text() == ""


def test_a_task_is_given_and_its_outcome_said_and_heeded(qtbot: QtBot) -> None:
    page = shown(qtbot)
    field(page, "cases.task_words").setText("家访")
    buttons(page, t("cases.target_FVOL"))[0].click()
    buttons(page, t("cases.in_days", n=3))[0].click()
    with qtbot.waitSignal(page.task_asked) as asked:
        buttons(page, t("cases.task_add"))[0].click()
    assert asked.args == ["k", "家访", "FVOL", 3]
    field(page, "cases.outcome_words").setText("见到祖母")
    with qtbot.waitSignal(page.stepped) as stepped:
        buttons(page, t("cases.step_done"))[0].click()
    assert stepped.args == ["k", "t", Step.DONE, "见到祖母"]
    with qtbot.waitSignal(page.heeded) as heeded:
        buttons(page, t("cases.heed"))[0].click()
    assert heeded.args == ["k", "s"]


def test_somebody_around_is_added_with_what_they_may_know(qtbot: QtBot) -> None:
    page = shown(qtbot)
    for key, words in (("cases.who", "姑姑"), ("cases.relation", "亲友"), ("cases.may_know", "")):
        field(page, key).setText(words)
    with qtbot.waitSignal(page.involved) as involved:
        field(page, "cases.who").returnPressed.emit()
    assert involved.args == ["k", "姑姑", "亲友", ""]


def test_a_case_is_closed_with_a_reason_and_opened_again(qtbot: QtBot) -> None:
    page = shown(qtbot)
    assert buttons(page, t("cases.why_recovered")) == []
    buttons(page, t("cases.close"))[0].click()
    with qtbot.waitSignal(page.turned) as turned:
        buttons(page, t("cases.why_recovered"))[0].click()
    assert turned.args == ["k", Why.RECOVERED, ""]
    page.show_person(replace(PERSON, case=replace(CASE, closing="recovered")))
    assert t("cases.why_recovered") in said(page)
    with qtbot.waitSignal(page.turned) as turned:
        buttons(page, t("cases.reopen"))[0].click()
    assert turned.args == ["k", None, ""]


def test_without_a_case_one_can_be_begun_and_a_merged_person_parted(qtbot: QtBot) -> None:
    page = shown(qtbot)
    with qtbot.waitSignal(page.part_wanted) as parted:
        buttons(page, t("cases.part"))[0].click()
    assert parted.args == ["p", "q"]
    page.show_person(replace(PERSON, case=None))
    assert t("cases.none") in said(page)
    with qtbot.waitSignal(page.begin_wanted) as begun:
        buttons(page, t("cases.begin"))[0].click()
    assert begun.args == ["p"]


def test_the_list_opens_the_chosen_case_and_keeps_the_choice(qtbot: QtBot) -> None:
    cases = CaseList()
    qtbot.addWidget(cases)
    cases.show_rows(ROWS)
    cases.show()
    table(cases).selectRow(1)
    cases.show_rows(ROWS[1:])
    with qtbot.waitSignal(cases.open_wanted) as opened:
        next(one for one in cases.findChildren(QAbstractButton) if one.text() == t("cases.open")).click()
    assert opened.args == [ROWS[1].person]


def test_the_keyboard_walks_as_the_eye_does(qtbot: QtBot) -> None:
    page = shown(qtbot)
    walked, focus = [], table(page).nextInFocusChain()
    while focus is not None and focus is not table(page):
        if focus.isVisible() and focus.isEnabled() and takes_tab(focus):
            walked.append(focus.accessibleName())
        focus = focus.nextInFocusChain()
    strike = [t("cases.strike_named", text=one.text[:40]) for one in (CASE.story[0], CASE.involved[0])]
    done = t("cases.step_named", step=t("cases.step_done"), words=CASE.tasks[0].words)
    order = [strike[0], t("cases.line"), done, t("cases.task_words"), strike[1], t("cases.who")]
    places = [walked.index(name) for name in order]
    assert places == sorted(places)
    part = walked.index(t("cases.part_named", name="雨点"))
    assert part > places[-1], "round the page, right before the plan and the history"


def test_what_is_no_call_has_the_room_of_the_levels_for_its_words(qtbot: QtBot) -> None:
    page = shown(qtbot)
    view = table(page)
    page.show_person(replace(PERSON, lines=LINES[:2]))
    assert [view.columnSpan(row, 1) for row in range(2)] == [1, 3]
    page.show_person(replace(PERSON, lines=LINES[1:2]))
    page.show_person(replace(PERSON, lines=LINES[:1]))
    assert view.columnSpan(0, 1) == 1


def test_no_rule_divides_a_case_that_is_not_there(qtbot: QtBot) -> None:
    page = shown(qtbot)
    assert any(rule.isVisible() for rule in page.findChildren(Rule))
    page.show_person(replace(PERSON, case=None))
    assert not any(rule.isVisible() for rule in page.findChildren(Rule))
