import json
from dataclasses import replace

import pytest

from models.codec import from_document
from models.operation import Outcome
from models.people.operator import Role
from models.risk.assessment import Assessment
from models.risk.level import Level
from tests.server.central.hotline import Case, Hotline


@pytest.fixture
def case(hotline: Hotline) -> Case:
    desk = hotline.seat()
    case = Case(desk)
    desk.push(case.add(), case.open(), case.draft("我的", 1), case.answer("plan"), case.refer())
    return case


def _record(case: Case) -> str:
    return json.dumps(case.at.pull_all().drawer[f"op:{case.at.who}"][("note", case.note)])


@pytest.mark.parametrize("act", ["draft", "finish", "answer", "refer", "open"])
def test_records_of_others_are_not_changed(hotline: Hotline, case: Case, act: str) -> None:
    before = _record(case)
    thief = hotline.seat()
    theirs = replace(case, at=thief)
    operation = {
        "draft": theirs.draft("改了", 2),
        "finish": theirs.finish(),
        "answer": theirs.answer("acting", n=9),
        "refer": theirs.refer(),
        "open": theirs.open(),
    }[act]
    result = thief.push(operation).results[0]
    assert (result.st, result.why) == (Outcome.HELD, "not_yours")
    assert _record(case) == before
    thief.pull_all()
    assert {kind for kind, _ in thief.drawer[f"op:{thief.who}"]} == {"held"}


def test_an_assessment_of_somebody_elses_note_is_held(hotline: Hotline, case: Case) -> None:
    thief = hotline.seat()
    forged = replace(Case(thief), note=case.note, call=case.call)
    assert thief.push(forged.answer("acting")).results[0].why == "not_yours"
    assert (
        hotline.seat(Role.LEAD).pull_all().has(f"shift:{hotline.site}", "note.card", case.note)["level"]
        == "R3"
    )


def test_a_forged_actor_is_rejected(hotline: Hotline, case: Case) -> None:
    thief = hotline.seat()
    forged = replace(case.draft("改了", 2), actor=case.at.who)
    result = thief.push(forged).results[0]
    assert (result.st, result.why) == (Outcome.REJECTED, "actor")


def test_a_lead_advances_a_referral_of_the_own_site_and_nothing_else(hotline: Hotline, case: Case) -> None:
    lead, stranger = hotline.seat(Role.LEAD), hotline.seat(Role.LEAD, site="elsewhere")
    safe = {"step": "safe"}
    assert stranger.push(stranger.act("referral.advance", case.referral, safe)).results[0].st is Outcome.HELD
    assert lead.push(lead.act("referral.advance", case.referral, safe)).results[0].st is Outcome.APPLIED
    assert lead.push(replace(case, at=lead).draft("改了", 2)).results[0].st is Outcome.HELD
    held = case.at.pull_all().has(f"op:{case.at.who}", "referral", case.referral)
    assert [entry["by"] for entry in held["timeline"]] == [case.at.who, lead.who]


def test_a_level_is_lowered_by_two_and_by_nobody_alone(hotline: Hotline, case: Case) -> None:
    author, lead, other = case.at, hotline.seat(Role.LEAD), hotline.seat()
    place = {"note": case.note, "call": case.call, "site": hotline.site}
    wish = {**place, "upto": 1, "stood": "R3", "to": "R1", "reason": "说清楚了"}
    assert other.push(other.act("risk.lower", case.risk, wish)).results[0].why == "not_yours"
    lower = author.act("risk.lower", case.risk, wish)
    agree = {**place, "lowering": lower.op, "agrees": True}
    assert author.push(lower).results[0].st is Outcome.APPLIED
    alone = author.push(author.act("risk.second", case.risk, agree)).results[0]
    assert (alone.st, alone.why) == (Outcome.HELD, "role")
    assert lead.push(lead.act("risk.second", case.risk, agree)).results[0].st is Outcome.APPLIED
    document = author.pull_all().has(f"op:{author.who}", "risk", case.risk)
    assessment = from_document(Assessment, document)
    assert (assessment.level, assessment.peak) == (Level.R1, Level.R3)


def test_a_gateway_writes_calls_only_and_an_administrators_words_wait(hotline: Hotline, case: Case) -> None:
    gateway, administrator = hotline.seat(Role.GATEWAY), hotline.seat(Role.ADMINISTRATOR)
    results = [
        *gateway.push(Case(gateway).add(), Case(gateway).open()).results,
        *administrator.push(Case(administrator).open()).results,
    ]
    assert [one.st for one in results] == [Outcome.APPLIED, Outcome.REJECTED, Outcome.HELD]
    assert {one.why for one in results[1:]} == {"role"}


def test_a_call_of_another_site_is_not_written(hotline: Hotline, case: Case) -> None:
    stranger = hotline.seat(site="elsewhere")
    assert stranger.push(replace(case, at=stranger).add()).results[0].why == "not_yours"
    assert {kind for kind, _ in stranger.pull_all().drawer[f"op:{stranger.who}"]} == {"held"}


@pytest.mark.parametrize(
    "kind", ["note.card.put", "line.caller", "meta", "", "note.", "note.erase", "account.add"]
)
def test_views_and_unknown_acts_are_not_written(hotline: Hotline, case: Case, kind: str) -> None:
    desk = case.at
    outcomes = [
        one.st for one in desk.push(desk.act(kind, case.note, {}), desk.act(kind, "unknown", {})).results
    ]
    assert Outcome.APPLIED not in outcomes
    assert (
        hotline.seat(Role.LEAD).pull_all().has(f"shift:{hotline.site}", "note.card", case.note)["level"]
        == "R3"
    )


def test_an_alarm_at_another_site_about_the_same_call_opens_nothing_here(
    hotline: Hotline, case: Case
) -> None:
    stranger, their_lead = hotline.seat(site="elsewhere"), hotline.seat(Role.LEAD, site="elsewhere")
    forged = replace(Case(stranger), call=case.call)
    stranger.push(forged.open(), forged.answer("acting"))
    their_lead.pull_all()
    assert set(their_lead.drawer["alert:elsewhere"]) == {("note", forged.note), ("risk", forged.risk)}
    assert stranger.pull_all().has(f"op:{stranger.who}", "call", case.call) is None
    here = hotline.seat(Role.LEAD).pull_all().drawer
    assert ("note", forged.note) not in here[f"alert:{hotline.site}"]
