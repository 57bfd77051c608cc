"""Acts of colleagues that reach the server before the record they are about: the order changes nothing."""

from itertools import permutations

import pytest

from models.codec import from_document
from models.operation import Operation, Outcome
from models.people.operator import Role
from models.risk.assessment import Assessment
from models.risk.level import Level
from models.sync.feeds import own_feed
from tests.server.central.hotline import Case, Hotline, Workstation
from tests.server.central.test_held import answers, waits


@pytest.fixture
def lead(hotline: Hotline) -> Workstation:
    return hotline.seat(Role.OPERATOR, Role.LEAD)


def place_of(case: Case) -> dict[str, str]:
    return {"note": case.note, "call": case.call, "site": case.at.hotline.site}


def wish(case: Case) -> Operation:
    body = {**place_of(case), "upto": 1, "stood": "R3", "to": "R1", "reason": "说清楚了"}
    return case.at.act("risk.lower", case.risk, body)


def word(who: Workstation, case: Case, lowering: Operation, agrees: bool = True) -> Operation:
    return who.act("risk.second", case.risk, {**place_of(case), "lowering": lowering.op, "agrees": agrees})


def assessed(case: Case) -> Assessment:
    author = case.at.pull_all()
    return from_document(Assessment, author.has(own_feed(author.who), "risk", case.risk))


def state_of(who: Workstation, act: Operation) -> str:
    """How a held act stands for its author."""
    return str(who.pull_all().has(own_feed(who.who), "held", act.op)["state"])


def test_note_assessment_wish_and_word_come_in_any_order(hotline: Hotline, lead: Workstation) -> None:
    author, supervisor = hotline.seat(), hotline.seat(Role.SUPERVISOR)
    for order in permutations(range(4)):
        case = Case(author)
        lowering = wish(case)
        acts = [case.open(), case.answer("plan"), lowering, word(supervisor, case, lowering)]
        for place in order:
            (supervisor if place == 3 else author).push(acts[place])
        known = assessed(case)
        assert (known.level, known.peak) == (Level.R1, Level.R3), order
        assert [(one.actor, one.agrees) for one in known.seconds] == [(supervisor.who, True)], order
    assert waits(lead) == {}


def test_a_word_that_waited_is_told_to_its_author_and_answered_anew(hotline: Hotline) -> None:
    author, supervisor = hotline.seat(), hotline.seat(Role.SUPERVISOR)
    case = Case(author)
    lowering = wish(case)
    early = word(supervisor, case, lowering, agrees=False)
    message = supervisor.numbered(early)
    first = supervisor.send(message)
    assert [(one.st, one.why) for one in getattr(first, "results", ())] == [(Outcome.HELD, "unknown_entity")]
    assert state_of(supervisor, early) == "waiting"
    author.push(case.open(), case.answer("plan"), lowering)
    assert state_of(supervisor, early) == "released"
    again = supervisor.send(message)
    assert [(one.st, one.dup) for one in getattr(again, "results", ())] == [(Outcome.APPLIED, True)]
    known = assessed(case)
    assert known.level is Level.R3
    assert known.standing.waiting is None


def test_an_early_word_of_who_may_not_or_of_another_site_waits_for_a_lead(
    hotline: Hotline, lead: Workstation
) -> None:
    author, colleague = hotline.seat(), hotline.seat()
    stranger = hotline.seat(Role.LEAD, site="elsewhere")
    case = Case(author)
    lowering = wish(case)
    alone, foreign = word(colleague, case, lowering), word(stranger, case, lowering)
    assert answers(colleague, alone) == [("held", "role")]
    assert answers(stranger, foreign) == [("held", "unknown_entity")]
    author.push(case.open(), case.answer("plan"), lowering)
    assert state_of(stranger, foreign) == "waiting"
    assert waits(lead)[alone.op] == "role"
    known = assessed(case)
    assert (known.level, known.seconds) == (Level.R3, ())


def test_a_leads_early_step_of_a_referral_happens_when_the_referral_comes(
    hotline: Hotline, lead: Workstation
) -> None:
    author, colleague = hotline.seat(), hotline.seat()
    case = Case(author)
    safe = {"step": "safe"}
    early = lead.act("referral.advance", case.referral, safe)
    forged = colleague.act("referral.advance", case.referral, safe)
    assert answers(lead, early) == [("held", "unknown_entity")]
    assert answers(colleague, forged) == [("held", "unknown_entity")]
    author.push(case.open(), case.refer())
    kept = author.pull_all().has(own_feed(author.who), "referral", case.referral)
    assert [(one["by"], one["step"]) for one in kept["timeline"]][1:] == [(lead.who, "safe")]
    assert waits(lead) == {forged.op: "not_yours"}
