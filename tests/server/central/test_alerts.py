"""Alerts and sights through the server: to the leads of the site, and back, whichever comes first."""

from dataclasses import replace
from typing import Any

import pytest

from models.alerts.alert import sight_id
from models.ids import new_id
from models.operation import Operation, Outcome
from models.people.operator import Role
from tests.server.central.hotline import Case, Hotline, Workstation


def raised(case: Case, cause: str = "help", **changes: Any) -> Operation:
    body = {"call": case.call, "note": case.note, "cause": cause, "level": None, "seat": "1001", "name": "张"}
    return case.at.act("alert.raise", changes.pop("id", f"alert-{case.note}"[:32]), {**body, **changes})


def seen(lead: Workstation, case: Case) -> Operation:
    alert = f"alert-{case.note}"[:32]
    body = {"alert": alert, "call": case.call, "note": case.note, "to": case.at.who, "name": "李"}
    return lead.act("sight.add", sight_id(alert, lead.who), body)


def opened(hotline: Hotline) -> Case:
    case = Case(hotline.seat())
    case.at.push(case.add(), case.open(), case.draft("在桥上", 1))
    return case


def alert_feed(hotline: Hotline) -> str:
    return f"alert:{hotline.site}"


@pytest.mark.parametrize("role", [Role.LEAD, Role.SUPERVISOR])
def test_a_call_for_help_brings_the_call_in_full_to_who_leads(hotline: Hotline, role: Role) -> None:
    case, lead = opened(hotline), hotline.seat(role)
    assert not lead.pull_all().has(alert_feed(hotline), "note", case.note)
    act = raised(case)
    assert case.at.push(act).results[0].st is Outcome.APPLIED
    lead.pull_all()
    told = lead.has(alert_feed(hotline), "alert", act.id)
    assert (told["author"], told["cause"], told["seat"], told["name"]) == (case.at.who, "help", "1001", "张")
    assert lead.has(alert_feed(hotline), "note", case.note)["body"]["values"] == {"complaint": "在桥上"}
    case.at.push(case.answer("ideation_2w"))
    assert lead.pull_all().has(alert_feed(hotline), "risk", case.risk)["answers"][0]["item"] == "ideation_2w"


def test_who_has_seen_it_comes_back_to_the_operator_and_to_the_other_leads(hotline: Hotline) -> None:
    case, lead, other = opened(hotline), hotline.seat(Role.LEAD), hotline.seat(Role.SUPERVISOR)
    case.at.push(raised(case))
    lead.pull_all()
    act = seen(lead, case)
    assert lead.push(act).results[0].st is Outcome.APPLIED
    mine = case.at.pull_all().has(f"op:{case.at.who}", "sight", act.id)
    assert (mine["author"], mine["name"], mine["to"]) == (lead.who, "李", case.at.who)
    assert other.pull_all().has(alert_feed(hotline), "sight", act.id)["author"] == lead.who
    # The same key pressed twice is one sight.
    assert lead.push(replace(act, op=new_id())).results[0].st is Outcome.APPLIED
    assert case.at.pull_all().has(f"op:{case.at.who}", "sight", act.id) == mine


def test_a_sight_that_comes_before_its_alert_finds_its_operator(hotline: Hotline) -> None:
    case, lead = opened(hotline), hotline.seat(Role.LEAD)
    act = seen(lead, case)
    assert lead.push(act).results[0].st is Outcome.APPLIED
    assert not case.at.pull_all().has(f"op:{case.at.who}", "sight", act.id)
    # It opens nothing by itself: a lead who wants to read gives a reason.
    assert not lead.pull_all().has(alert_feed(hotline), "note", case.note)
    case.at.push(raised(case))
    assert case.at.pull_all().has(f"op:{case.at.who}", "sight", act.id)["author"] == lead.who


def test_nobody_says_that_it_was_seen_who_leads_nobody(hotline: Hotline) -> None:
    case, colleague = opened(hotline), hotline.seat()
    case.at.push(raised(case))
    result = colleague.push(seen(colleague, case)).results[0]
    assert (result.st, result.why) == (Outcome.HELD, "role")
    assert case.at.push(seen(case.at, case)).results[0].st is Outcome.HELD
    assert not case.at.pull_all().has(f"op:{case.at.who}", "sight", seen(colleague, case).id)


def test_an_alert_about_the_call_of_a_colleague_opens_nothing(hotline: Hotline) -> None:
    case, thief, lead = opened(hotline), hotline.seat(), hotline.seat(Role.LEAD)
    theirs = replace(case, at=thief)
    assert thief.push(raised(theirs, id=new_id())).results[0].why == "not_yours"
    # Without a note it is an alert, and opens nothing that is not the author's.
    assert thief.push(raised(theirs, id=new_id(), note="")).results[0].st is Outcome.APPLIED
    assert not lead.pull_all().has(alert_feed(hotline), "note", case.note)
    assert thief.pull_all().drawer.get(f"op:{thief.who}", {}).keys().isdisjoint({("note", case.note)})


def test_another_site_and_an_administrator_hear_nothing(hotline: Hotline) -> None:
    case = opened(hotline)
    case.at.push(raised(case))
    assert hotline.seat(Role.LEAD, site="elsewhere").pull_all().drawer == {}
    assert hotline.seat(Role.ADMINISTRATOR).pull_all().drawer == {}
    stranger = hotline.seat(Role.LEAD, site="elsewhere")
    assert stranger.push(seen(stranger, case)).results[0].st is Outcome.HELD


def test_the_gateway_raises_no_alerts(hotline: Hotline) -> None:
    case, gateway = opened(hotline), hotline.seat(Role.GATEWAY)
    assert gateway.push(raised(replace(case, at=gateway))).results[0].st is Outcome.REJECTED


def test_the_hotline_keeps_codes_of_it_readable_and_no_name(hotline: Hotline) -> None:
    case = opened(hotline)
    act = raised(case, cause="level", level="R4", name="张医生")
    case.at.push(act)
    with hotline.engine.connect() as connection:
        from sqlalchemy import text

        found = connection.execute(text("SELECT coded FROM record WHERE type = 'alert'")).scalars().all()
    assert any("R4" in str(one) for one in found)
    assert not any("张医生" in str(one) for one in found)


def test_after_its_time_it_leaves_the_operators_feed(hotline: Hotline) -> None:
    case = opened(hotline)
    act = raised(case)
    case.at.push(act)
    own = f"op:{case.at.who}"
    assert case.at.pull_all().has(own, "alert", act.id)
    hotline.clock.forward(28 * 24 * 3600)
    hotline.desks.expiry.step(hotline.clock.now())
    assert not case.at.pull_all().has(own, "alert", act.id)
