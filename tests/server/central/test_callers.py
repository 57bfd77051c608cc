"""The list that a gateway gets of numbers which come first or last in the queue."""

import asyncio
from datetime import timedelta

import pytest

from models.people.caller import caller_key
from models.people.operator import Role
from models.wire.callers import CallerStanding, CallerStandings, LowerAsked
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


@pytest.mark.parametrize("role", [Role.LEAD, Role.SUPERVISOR])
def test_a_lead_lowers_a_number_for_some_days_and_ends_it(hotline: Hotline, role: Role) -> None:
    case, lead = assessed(hotline.seat(), "ideation_2w"), hotline.ticket(role).operator
    mark = desk_of(hotline).lower(lead, LowerAsked(call=case.call, reason="整夜反复骚扰", days=3))
    one = listed(hotline)
    assert one is not None
    assert (one.level, one.lowered_until) == ("", mark.until)
    assert mark.until == hotline.clock.now() + timedelta(days=3)
    assert [known.id for known in desk_of(hotline).lowered(lead).marks] == [mark.id]
    desk_of(hotline).end(lead, mark.id)
    assert listed(hotline) is None
    with pytest.raises(NotTold, match="no_record"):
        desk_of(hotline).end(lead, mark.id)


def test_a_mark_ends_by_itself_and_the_longest_counts(hotline: Hotline) -> None:
    case, lead = assessed(hotline.seat()), hotline.ticket(Role.LEAD).operator
    longest = desk_of(hotline).lower(lead, LowerAsked(call=case.call, reason="骚扰", days=5))
    desk_of(hotline).lower(lead, LowerAsked(call=case.call, reason="骚扰", days=1))
    one = listed(hotline)
    assert one is not None
    assert (one.level, one.lowered_until) == ("R4", longest.until)
    hotline.clock.forward(timedelta(days=6).total_seconds())
    after = listed(hotline)
    assert after is not None
    assert after.lowered_until is None
    assert desk_of(hotline).lowered(lead).marks == ()


@pytest.mark.parametrize(
    ("role", "site", "why"),
    [(Role.OPERATOR, "", "role"), (Role.ADMINISTRATOR, "", "role"), (Role.LEAD, "elsewhere", "no_record")],
)
def test_only_a_lead_of_the_site_may(hotline: Hotline, role: Role, site: str, why: str) -> None:
    case = assessed(hotline.seat(), "ideation_2w")
    who = hotline.ticket(role, site=site).operator
    with pytest.raises(NotTold, match=why):
        desk_of(hotline).lower(who, LowerAsked(call=case.call, reason="骚扰", days=3))
    assert listed(hotline) is None


def test_over_the_wire(hotline: Hotline) -> None:
    case = assessed(hotline.seat(), "ideation_2w")
    gateway, lead, operator = (
        Workstation(hotline, hotline.ticket(role)).token for role in (Role.GATEWAY, Role.LEAD, Role.OPERATOR)
    )

    async def ask() -> None:
        body = {"call": case.call, "reason": "骚扰", "days": 3}
        async with client(hotline, operator) as web:
            assert (await web.post("/callers/v1/lowered", json=body)).status_code == 403
            assert (await web.get("/callers/v1/standings")).status_code == 403
        async with client(hotline, lead) as web:
            assert (await web.post("/callers/v1/lowered", json={**body, "days": 91})).status_code == 400
            mark = (await web.post("/callers/v1/lowered", json=body)).json()
            assert [one["id"] for one in (await web.get("/callers/v1/lowered")).json()["marks"]] == [
                mark["id"]
            ]
        async with client(hotline, gateway) as web:
            answer = await web.get("/callers/v1/standings")
            assert answer.headers["cache-control"] == "no-store"
            assert len(CallerStandings.model_validate_json(answer.content).callers) == 1
        async with client(hotline, lead) as web:
            assert (await web.delete(f"/callers/v1/lowered/{mark['id']}")).status_code == 204
            assert (await web.delete(f"/callers/v1/lowered/{mark['id']}")).status_code == 404

    asyncio.run(ask())
