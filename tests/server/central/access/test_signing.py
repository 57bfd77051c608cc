"""Who may sign a note and add to it, over real pushes: its author for four weeks, a lead at any time."""

from datetime import timedelta
from itertools import product

from models.access.matrix import Action, Entity, Part
from models.operation import Outcome
from models.people.operator import Role
from tests.server.central.access.test_cells import AGES, ELSEWHERE, OWN, SITE, Stage, has_right
from tests.server.central.hotline import Hotline

SIGN = (Entity.NOTE, Part.CODED, Action.SIGN)


def test_every_signature_of_every_role(hotline: Hotline) -> None:
    both = set()
    for age, role, standings in product(
        AGES, (Role.OPERATOR, Role.LEAD, Role.GATEWAY), (OWN, SITE, ELSEWHERE)
    ):
        stage = Stage(hotline)
        hotline.clock.forward(age.total_seconds())
        seat = stage.somebody(role, standings)
        body = {"role": "author" if standings is OWN else "lead", "digest": "a" * 64, "reason": "已核实"}
        result = seat.push(seat.act("note.sign", stage.case.note, body)).results[0]
        expected = has_right(role, SIGN, standings, age)
        both.add(expected)
        assert (result.st is Outcome.APPLIED) is expected, (role, standings, age, result)
    assert both == {True, False}


def test_what_a_lead_signed_comes_to_the_author(hotline: Hotline) -> None:
    stage, lead = Stage(hotline), hotline.seat(Role.LEAD)
    body = {"role": "lead", "digest": "a" * 64, "reason": "已核实"}
    lead.push(lead.act("note.sign", stage.case.note, body))
    mine = stage.case.at.pull_all().has(f"op:{stage.case.at.who}", "note", stage.case.note)
    assert [(one["actor"], one["role"]) for one in mine["signatures"]] == [(lead.who, "lead")]


def test_phrases_are_in_their_owners_feed_for_ever_and_nowhere_else(hotline: Hotline) -> None:
    desk, colleague, lead = hotline.seat(), hotline.seat(), hotline.seat(Role.LEAD)
    put = {"phrase": "1", "letters": "bm", "text": "已说明保密原则。"}
    assert desk.push(desk.act("phrase.put", desk.who, put)).results[0].st is Outcome.APPLIED
    stolen = colleague.push(colleague.act("phrase.put", desk.who, put)).results[0]
    assert stolen.st is not Outcome.APPLIED
    hotline.clock.forward(timedelta(days=400).total_seconds())
    hotline.desks.expiry.step(hotline.clock.now())
    again = desk.act("phrase.put", desk.who, {**put, "phrase": "2"})
    assert desk.push(again).results[0].st is Outcome.APPLIED
    kept = desk.pull_all().has(f"op:{desk.who}", "phrase", desk.who)
    assert [one["id"] for one in kept["kept"]] == ["1", "2"]
    for other in (colleague, lead):
        seen = {key for feed in other.pull_all().drawer.values() for key in feed}
        assert not any(kind == "phrase" for kind, _ in seen)
