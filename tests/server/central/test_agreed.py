"""What is agreed about people at the server: who learns of it, who may decide, what stays readable."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.cases.caller_plan import plan_id
from models.cases.mark import mark_id
from models.followups.reduce_followup import followup_id
from models.operation import Operation, Outcome
from models.people.operator import Role
from server.central.storage.tables import record
from tests.server.central.hotline import Case, Hotline, Workstation

NUMBER = "13800138000"
KEY = "a" * 64
WORDS = "只说图书馆通知"


def feed(hotline: Hotline, seat: Workstation, name: str, kind: str) -> list[dict[str, Any]]:
    seat.pull_all()
    found = seat.drawer.get(f"{name}:{seat.who if name == 'op' else hotline.site}", {})
    return [kept[1] for key, kept in found.items() if kept[1] and key[0] == kind]


def series(case: Case, **changes: Any) -> Operation:
    now = case.at.hotline.clock.now()
    body = {
        **{"call": case.call, "note": case.note, "site": case.at.hotline.site, "name": "李"},
        **{"number": NUMBER, "made_at": now.isoformat(), "since": now.isoformat(), "level": "R3"},
        "due": [(now + timedelta(days=days)).isoformat() for days in (1, 7)],
        "series": {"template": "bj", "version": 1, "days": [1, 7]},
        "agreed": {"consent": "agreed", "told": WORDS},
        **changes,
    }
    return case.at.act("followup.add", followup_id(case.note), body)


def called(case: Case, by: Workstation, result: str, step: int = 0, **more: Any) -> Operation:
    return by.act("followup.attempt", followup_id(case.note), {"result": result, "step": step, **more})


def made(hotline: Hotline) -> tuple[Case, Workstation]:
    """A follow-up that somebody promised, and a colleague."""
    case = Case(hotline.seat())
    answers = case.at.push(case.add(), case.open(), series(case)).results
    assert [one.st for one in answers] == [Outcome.APPLIED] * 3
    return case, hotline.seat()


def test_everybody_on_duty_owes_it_and_who_promised_it_learns_what_came_of_it(hotline: Hotline) -> None:
    case, other = made(hotline)
    (owed,) = feed(hotline, other, "due", "followup")
    assert (owed["number"], owed["author"], owed["agreed"]["told"]) == (NUMBER, case.at.who, WORDS)
    other.push(called(case, other, "stable"))
    (mine,) = feed(hotline, case.at, "op", "followup")
    assert [(one["by"], one["result"]) for one in mine["attempts"]] == [(other.who, "stable")]
    assert feed(hotline, other, "op", "followup") == []


def test_at_its_end_it_leaves_everybody_but_who_promised_it(hotline: Hotline) -> None:
    case, other = made(hotline)
    assert feed(hotline, other, "due", "followup")
    other.push(called(case, other, "declined"))
    assert feed(hotline, other, "due", "followup") == feed(hotline, case.at, "due", "followup") == []
    assert NUMBER not in str(other.drawer)
    (mine,) = feed(hotline, case.at, "op", "followup")
    assert mine["closing"] == "declined"


def test_two_consoles_that_called_off_line_are_two_attempts_and_one_step(hotline: Hotline) -> None:
    case, other = made(hotline)
    third = hotline.seat()
    for seat in (other, third):
        assert seat.push(called(case, seat, "stable")).results[0].st is Outcome.APPLIED
    (owed,) = feed(hotline, third, "due", "followup")
    assert ([one["by"] for one in owed["attempts"]], owed["step"]) == ([other.who, third.who], 1)


def test_a_death_without_a_source_is_refused_in_words(hotline: Hotline) -> None:
    case, other = made(hotline)
    (answer,) = other.push(called(case, other, "deceased")).results
    assert (answer.st, answer.why) == (Outcome.REJECTED, "source_wanted")
    assert other.push(called(case, other, "deceased", source="派出所")).results[0].st is Outcome.APPLIED


def test_figures_need_no_word_of_it(hotline: Hotline) -> None:
    case, other = made(hotline)
    other.push(called(case, other, "no_answer", source="家属说的"))
    with hotline.engine.connect() as connection:
        coded = connection.scalar(select(record.c.coded).where(record.c.type == "followup"))
    assert coded is not None
    assert (coded["consent"], coded["level"], len(coded["due"])) == ("agreed", "R3", 2)
    assert [one[0] for one in coded["results"]] == ["no_answer"]
    assert not {NUMBER, WORDS, "家属说的", "李"} & set(str(coded).split("'"))


def stop(by: Workstation) -> Operation:
    return by.act("contact.stop", KEY, {"site": by.hotline.site, "call": "c", "words": "不要再打来"})


def test_a_wish_for_no_contact_reaches_everybody_and_a_lead_alone_opens_it(hotline: Hotline) -> None:
    desk, other, lead = hotline.seat(), hotline.seat(), hotline.seat(Role.LEAD)
    assert desk.push(stop(desk)).results[0].st is Outcome.APPLIED
    (known,) = feed(hotline, other, "line", "contact")
    assert known["stops"][0]["words"] == "不要再打来"
    allow = {"reason": "家属求助", "hours": 24}
    (answer,) = other.push(other.act("contact.allow", KEY, allow)).results
    assert (answer.st, answer.why) == (Outcome.HELD, "role")
    assert lead.push(lead.act("contact.allow", KEY, allow)).results[0].st is Outcome.APPLIED
    assert feed(hotline, other, "line", "contact")[0]["permissions"][0]["by"] == lead.who


def plan(by: Workstation) -> Operation:
    text = {"approach": "先稳定呼吸", "limits": "每天一次"}
    return by.act("caller_plan.put", plan_id(KEY), {"site": by.hotline.site, "about": KEY, "text": text})


@pytest.mark.parametrize("kind", ["agree", "pause", "resume", "end"])
def test_a_plan_is_proposed_by_anybody_and_decided_by_a_lead(hotline: Hotline, kind: str) -> None:
    desk, lead = hotline.seat(), hotline.seat(Role.SUPERVISOR)
    put = plan(desk)
    desk.push(put)
    body = {"version": put.op, "reason": "住院"}
    (answer,) = desk.push(desk.act(f"caller_plan.{kind}", plan_id(KEY), body)).results
    assert (answer.st, answer.why) == (Outcome.HELD, "role")
    assert lead.push(lead.act(f"caller_plan.{kind}", plan_id(KEY), body)).results[0].st is Outcome.APPLIED


def test_a_plan_is_before_the_eyes_of_everybody_until_its_end(hotline: Hotline) -> None:
    desk, other, lead = hotline.seat(), hotline.seat(), hotline.seat(Role.LEAD)
    desk.push(plan(desk))
    assert feed(hotline, other, "line", "caller_plan")[0]["versions"][0]["text"]["limits"] == "每天一次"
    lead.push(lead.act("caller_plan.end", plan_id(KEY), {"reason": "已转介"}))
    assert feed(hotline, other, "line", "caller_plan") == []
    desk.push(plan(desk))
    assert len(feed(hotline, other, "line", "caller_plan")[0]["versions"]) == 2


def test_a_mark_is_seen_by_leads_and_by_who_asked(hotline: Hotline) -> None:
    desk, other, lead = hotline.seat(), hotline.seat(), hotline.seat(Role.LEAD)
    case = Case(desk)
    body = {"call": case.call, "site": hotline.site, "name": "李", "caller": KEY, "masked": "138****8000"}
    desk.push(case.add(), desk.act("mark.ask", mark_id(case.call), {**body, "reason": "骚扰"}))
    assert feed(hotline, lead, "case", "mark")[0]["reason"] == "骚扰"
    assert feed(hotline, desk, "op", "mark")[0]["masked"] == "138****8000"
    other.pull_all()
    assert "骚扰" not in str(other.drawer)


@pytest.mark.parametrize("role", [Role.GATEWAY, Role.ADMINISTRATOR])
def test_nobody_else_writes_any_of_it(hotline: Hotline, role: Role) -> None:
    stranger = hotline.seat(role)
    for act in (stop(stranger), plan(stranger), series(Case(stranger))):
        assert stranger.push(act).results[0].st in (Outcome.HELD, Outcome.REJECTED)
