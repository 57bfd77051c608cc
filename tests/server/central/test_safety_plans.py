"""Safety plans and the ends of rescues at the server: who writes, who reads, what stays readable."""

from dataclasses import replace
from typing import Any

import pytest

from models.operation import Operation, Outcome
from models.people.operator import Role
from server.central.sealing.coded import coded_of
from tests.server.central.hotline import Case, Hotline, Workstation


def put(case: Case, text: str, at: Workstation | None = None, step: str = "signs", **more: Any) -> Operation:
    body = {"note": case.note, "call": case.call, "site": case.at.hotline.site, "version": 1}
    body |= {"step": step, "text": text, "on": [], "kept": True, **more}
    return (at or case.at).act("safety_plan.put", case.note, body)


@pytest.fixture
def case(hotline: Hotline) -> Case:
    desk = hotline.seat()
    case = Case(desk)
    desk.push(case.add(), case.open(), case.answer("ideation_2w"))
    return case


def test_its_author_has_it_and_leads_once_the_call_alarms(hotline: Hotline, case: Case) -> None:
    lead, colleague = hotline.seat(Role.LEAD), hotline.seat()
    assert case.at.push(put(case, "睡不着")).results[0].st is Outcome.APPLIED
    own = case.at.pull_all().has(f"op:{case.at.who}", "safety_plan", case.note)
    assert own["words"][0]["text"] == "睡不着"
    assert "睡不着" not in str(lead.pull_all().drawer)
    case.at.push(case.answer("plan_week", n=2))
    alarmed = lead.pull_all().has(f"alert:{hotline.site}", "safety_plan", case.note)
    assert alarmed["words"][0]["text"] == "睡不着"
    case.at.push(put(case, "姐姐", step="people"))
    assert "姐姐" in str(lead.pull_all().has(f"alert:{hotline.site}", "safety_plan", case.note))
    assert "睡不着" not in str(colleague.pull_all().drawer)


def test_nobody_writes_into_the_plan_of_somebody_elses_note(hotline: Hotline, case: Case) -> None:
    thief = hotline.seat(Role.LEAD)
    result = thief.push(put(case, "改了", thief)).results[0]
    assert (result.st, result.why) == (Outcome.HELD, "not_yours")
    case.at.push(put(case, "睡不着"))
    other = hotline.seat(Role.LEAD)
    assert other.push(put(case, "改了", other)).results[0].why == "not_yours"
    assert "改了" not in str(case.at.pull_all().drawer[f"op:{case.at.who}"])


def test_two_workstations_of_one_author_lose_nothing(hotline: Hotline, case: Case) -> None:
    case.at.push(put(case, "甲"))
    case.at.push(put(case, "乙"))
    words = case.at.pull_all().has(f"op:{case.at.who}", "safety_plan", case.note)["words"]
    assert {one["text"] for one in words} == {"甲", "乙"}


def test_what_stays_readable_has_no_word_of_it(hotline: Hotline, case: Case) -> None:
    case.at.push(put(case, "睡不着"), put(case, " ", step="own"))
    document = case.at.pull_all().has(f"op:{case.at.who}", "safety_plan", case.note)
    coded = coded_of("safety_plan", document)
    assert coded["steps"] == ["signs"]
    assert "睡不着" not in str(coded)
    assert coded["changed_at"]
    assert coded["opened_at"]


@pytest.fixture
def ended(case: Case) -> Operation:
    """The author wishes to end the own rescue."""
    case.at.push(case.refer())
    wish = case.at.act("referral.advance", case.referral, {"step": "closed", "detail": "地址有误"})
    assert case.at.push(wish).results[0].st is Outcome.APPLIED
    return wish


def second(case: Case, at: Workstation, wish: Operation) -> Operation:
    return at.act("referral.second", case.referral, {"closing": wish.op, "agrees": True})


@pytest.mark.parametrize(
    ("roles", "outcome"),
    [
        ((Role.LEAD,), Outcome.APPLIED),
        ((Role.SUPERVISOR,), Outcome.APPLIED),
        ((Role.OPERATOR,), Outcome.HELD),
    ],
)
def test_a_lead_or_supervisor_is_the_second_person(
    hotline: Hotline, case: Case, ended: Operation, roles: tuple[Role, ...], outcome: Outcome
) -> None:
    other = hotline.seat(*roles)
    assert other.push(second(case, other, ended)).results[0].st is outcome


def test_its_author_is_no_second_person_for_an_own_wish_but_for_a_leads(
    hotline: Hotline, case: Case, ended: Operation
) -> None:
    result = case.at.push(second(case, case.at, ended)).results[0]
    assert (result.st, result.why) == (Outcome.REJECTED, "same_person")
    lead = hotline.seat(Role.LEAD)
    wish = lead.act("referral.advance", case.referral, {"step": "closed", "detail": "已由家人接回"})
    assert lead.push(wish).results[0].st is Outcome.APPLIED
    assert case.at.push(second(case, case.at, wish)).results[0].st is Outcome.APPLIED


def test_a_record_to_be_completed_says_so_on_its_card(hotline: Hotline, case: Case) -> None:
    finish = replace(case.finish(), body={"incomplete_reason": "电话断了"})
    case.at.push(finish)
    card = hotline.seat(Role.LEAD).pull_all().has(f"shift:{hotline.site}", "note.card", case.note)
    assert card["incomplete"] is True
    assert "电话断了" not in str(card)
