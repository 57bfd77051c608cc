"""The list that a gateway gets of numbers which come first or last in the queue."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.cases.mark import ASKED_FOR, MOST_DAYS, mark_id
from models.operation import Operation, Outcome
from models.people.caller import caller_key
from models.people.operator import Role
from models.wire.callers import CallerStanding, CallerStandings
from server.central.caller_secret import secret_of
from server.central.people.callers import OPEN_FOR, CallersDesk, NotTold
from tests.server.central.hotline import Case, Hotline, Workstation
from tests.server.central.web import client

NUMBER = "13800138000"


def desk_of(hotline: Hotline) -> CallersDesk:
    return CallersDesk(hotline.engine, hotline.clock, hotline.desks.identity)


def told(hotline: Hotline) -> CallerStandings:
    return desk_of(hotline).standings(hotline.ticket(Role.GATEWAY).operator)


def listed(hotline: Hotline, number: str = NUMBER) -> CallerStanding | None:
    standings = told(hotline)
    key = caller_key(bytes.fromhex(standings.secret), number)
    return next((one for one in standings.callers if one.id == key), None)


def assessed(desk: Workstation, item: str = "acting", number: str = NUMBER, finish: bool = False) -> Case:
    case = Case(desk, number)
    desk.push(case.add(), case.open(), case.draft("不说出去", 1), case.answer(item))
    if finish:
        desk.push(case.finish())
    return case


def test_an_open_r4_is_listed_with_whose_it_is_and_without_a_number(hotline: Hotline) -> None:
    desk = hotline.seat()
    assessed(desk)
    one = listed(hotline)
    assert one is not None
    assert (one.level, one.counsellor, one.lowered_until) == ("R4", desk.who, None)
    text = told(hotline).model_dump_json()
    assert NUMBER not in text
    assert "不说出去" not in text
    assert told(hotline).secret == secret_of(hotline.desks.identity.caller_secret, hotline.site).hex()


@pytest.mark.parametrize("item", ["ideation_2w", "means"])
def test_what_is_not_alarming_is_not_listed(hotline: Hotline, item: str) -> None:
    assessed(hotline.seat(), item)
    assert told(hotline).callers == ()


def test_a_finished_note_keeps_it_open_for_thirty_days(hotline: Hotline) -> None:
    assessed(hotline.seat(), finish=True)
    hotline.clock.forward((OPEN_FOR - timedelta(minutes=1)).total_seconds())
    assert listed(hotline) is not None
    hotline.clock.forward(120)
    assert listed(hotline) is None


def test_an_unfinished_note_keeps_it_open_for_as_long_as_it_waits(hotline: Hotline) -> None:
    assessed(hotline.seat())
    hotline.clock.forward(timedelta(days=400).total_seconds())
    assert listed(hotline) is not None


def test_a_later_call_that_was_found_lower_closes_it_unless_a_note_waits(hotline: Hotline) -> None:
    first, second = hotline.seat(), hotline.seat()
    case = assessed(first)
    hotline.clock.forward(3600)
    assessed(second, "ideation_2w", finish=True)
    assert listed(hotline) is not None
    first.push(case.finish())
    assert listed(hotline) is None


def test_the_counsellor_of_the_latest_is_whose_it_is(hotline: Hotline) -> None:
    first, second = hotline.seat(), hotline.seat()
    assessed(first)
    hotline.clock.forward(3600)
    assessed(second, "plan_week")
    one = listed(hotline)
    assert one is not None
    assert (one.level, one.counsellor) == ("R4", second.who)


def test_another_site_s_callers_are_its_own(hotline: Hotline) -> None:
    assessed(hotline.seat())
    elsewhere = desk_of(hotline).standings(hotline.ticket(Role.GATEWAY, site="elsewhere").operator)
    assert elsewhere.callers == ()
    assert elsewhere.secret != told(hotline).secret


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.LEAD, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_nobody_but_a_gateway_is_told(hotline: Hotline, role: Role) -> None:
    with pytest.raises(NotTold, match="role"):
        desk_of(hotline).standings(hotline.ticket(role).operator)


def mark(case: Case, by: Workstation, **changes: Any) -> Operation:
    body = {
        **{"call": case.call, "site": by.hotline.site, "name": "li", "caller": "0" * 64},
        **{"masked": "138****8000", "reason": "整夜反复骚扰", "asked_at": by.hotline.clock.now().isoformat()},
    }
    return by.act("mark.ask", mark_id(case.call), {**body, **changes})


def decided(case: Case, by: Workstation, kind: str, **body: Any) -> Operation:
    return by.act(f"mark.{kind}", mark_id(case.call), {"reason": "核对过录音", **body})


def lowered(hotline: Hotline, role: Role = Role.LEAD, days: int = 3) -> tuple[Case, Workstation]:
    """A mark that an operator asked for on a call without danger, and that was approved."""
    operator, lead = hotline.seat(), Workstation(hotline, hotline.ticket(role))
    case = assessed(operator, "means")
    assert [one.st for one in operator.push(mark(case, operator)).results] == [Outcome.APPLIED]
    assert listed(hotline) is None
    assert [one.st for one in lead.push(decided(case, lead, "approve", days=days)).results] == [
        Outcome.APPLIED
    ]
    return case, lead


@pytest.mark.parametrize("role", [Role.LEAD, Role.SUPERVISOR])
def test_a_lead_approves_a_mark_for_some_days_and_ends_it(hotline: Hotline, role: Role) -> None:
    case, lead = lowered(hotline, role)
    one = listed(hotline)
    assert one is not None
    # The number is that of the call, whatever the mark's author said.
    assert (one.level, one.lowered_until) == ("", hotline.clock.now() + timedelta(days=3))
    assert [it.st for it in lead.push(decided(case, lead, "end")).results] == [Outcome.APPLIED]
    assert listed(hotline) is None


def test_a_mark_ends_by_itself_and_the_longest_counts(hotline: Hotline) -> None:
    lowered(hotline, days=5)
    hotline.clock.forward(60)
    lowered_again, lead = Case(hotline.seat(), NUMBER), Workstation(hotline, hotline.ticket(Role.LEAD))
    lowered_again.at.push(lowered_again.add(), mark(lowered_again, lowered_again.at))
    lead.push(decided(lowered_again, lead, "approve", days=1))
    one = listed(hotline)
    assert one is not None
    assert one.lowered_until == hotline.clock.now() + timedelta(days=5, seconds=-60)
    hotline.clock.forward(timedelta(days=6).total_seconds())
    assert listed(hotline) is None


@pytest.mark.parametrize("item", ["acting", "plan_week"])
def test_a_danger_on_the_number_ends_the_mark_at_once_and_for_good(hotline: Hotline, item: str) -> None:
    lowered(hotline, days=30)
    hotline.clock.forward(3600)
    danger = assessed(hotline.seat(), item)
    one = listed(hotline)
    assert one is not None
    assert (one.level in ("R3", "R4"), one.lowered_until) == (True, None)
    danger.at.push(danger.finish())
    hotline.clock.forward(3600)
    assessed(hotline.seat(), "means", finish=True)
    later = listed(hotline)
    assert later is None or later.lowered_until is None


def test_a_danger_before_the_approval_leaves_the_mark_and_outweighs_it(hotline: Hotline) -> None:
    assessed(hotline.seat())
    hotline.clock.forward(3600)
    lowered_case, lead = Case(hotline.seat(), NUMBER), Workstation(hotline, hotline.ticket(Role.LEAD))
    lowered_case.at.push(lowered_case.add(), mark(lowered_case, lowered_case.at))
    lead.push(decided(lowered_case, lead, "approve", days=3))
    one = listed(hotline)
    assert one is not None
    assert one.level == "R4"
    assert one.lowered_until is not None


def test_a_clock_that_is_wrong_makes_no_mark_that_lasts(hotline: Hotline) -> None:
    operator, lead = hotline.seat(), Workstation(hotline, hotline.ticket(Role.LEAD))
    case = assessed(operator, "means")
    asked = replace(mark(case, operator), at=hotline.clock.now() + timedelta(days=4000))
    approved = replace(
        decided(case, lead, "approve", days=MOST_DAYS), at=hotline.clock.now() + timedelta(days=4000)
    )
    operator.push(asked)
    lead.push(approved)
    one = listed(hotline)
    assert one is not None
    assert one.lowered_until == hotline.clock.now() + ASKED_FOR + timedelta(days=MOST_DAYS)
    hotline.clock.forward((ASKED_FOR + timedelta(days=MOST_DAYS)).total_seconds())
    assert listed(hotline) is None


@pytest.mark.parametrize(
    ("role", "site", "why"),
    [(Role.OPERATOR, "", "role"), (Role.ADMINISTRATOR, "", "role"), (Role.LEAD, "elsewhere", "not_yours")],
)
def test_only_a_lead_of_the_site_decides(hotline: Hotline, role: Role, site: str, why: str) -> None:
    operator, who = hotline.seat(), Workstation(hotline, hotline.ticket(role, site=site))
    case = assessed(operator, "means")
    operator.push(mark(case, operator))
    (answer,) = who.push(decided(case, who, "approve", days=3)).results
    assert (answer.st, answer.why) == (Outcome.HELD, why)
    assert listed(hotline) is None


def test_over_the_wire(hotline: Hotline) -> None:
    lowered(hotline)
    gateway, lead = (Workstation(hotline, hotline.ticket(role)).token for role in (Role.GATEWAY, Role.LEAD))

    async def ask() -> None:
        async with client(hotline, lead) as web:
            assert (await web.get("/callers/v1/standings")).status_code == 403
        async with client(hotline, gateway) as web:
            answer = await web.get("/callers/v1/standings")
            assert answer.headers["cache-control"] == "no-store"
            assert len(CallerStandings.model_validate_json(answer.content).callers) == 1

    asyncio.run(ask())
