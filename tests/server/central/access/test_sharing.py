"""An operator gives a record to a lead, sees who has it, and takes it back; every step is logged."""

import asyncio

import httpx2
import pytest
from sqlalchemy import select

from models.people.operator import Operator, Role
from models.wire.access import GrantAsked, Sharing
from server.central.access.granting import NotGranted
from server.central.storage.accounts import Account, State, add_account, change_state
from server.central.storage.tables import access_log
from tests.server.central.hotline import Case, Hotline, Workstation
from tests.server.central.web import client


@pytest.fixture
def case(hotline: Hotline) -> Case:
    desk = hotline.seat()
    case = Case(desk)
    desk.push(case.add(), case.open(), case.draft("保密", 1), case.answer("ideation_2w"))
    return case


def hired(hotline: Hotline, name: str, *roles: Role, site: str = "") -> Workstation:
    ticket = hotline.ticket(*roles, name=name, site=site)
    who = ticket.operator
    add_account(hotline.engine, Account(Operator(who.id, who.name, "", who.site, who.roles), "-"))
    return Workstation(hotline, ticket)


def of_note(hotline: Hotline, who: Workstation, case: Case) -> Sharing:
    return hotline.desks.sharing.of_note(who.ticket.operator, case.note)


def give(hotline: Hotline, who: Workstation, case: Case, to: str) -> str:
    asked = GrantAsked(type="note", id=case.note, reason="请帮我看", hours=4, to=to)
    return hotline.desks.grants.grant(who.ticket.operator, asked).id


def has(seat: Workstation) -> bool:
    return any(kind == "note" for kind, _ in seat.pull_all().drawer.get(f"grant:{seat.who}", {}))


def test_leads_of_the_site_who_may_work_can_be_given_it(hotline: Hotline, case: Case) -> None:
    hired(hotline, "lead", Role.LEAD)
    hired(hotline, "supervisor", Role.SUPERVISOR)
    hired(hotline, "colleague")
    hired(hotline, "elsewhere", Role.LEAD, site="tianjin")
    hired(hotline, "gone", Role.LEAD)
    change_state(hotline.engine, "gone", State.DRAIN)
    told = of_note(hotline, case.at, case)
    assert {one.id for one in told.readers} == {"lead", "supervisor"}
    assert told.given == ()


def test_it_comes_is_seen_and_leaves_when_its_author_takes_it_back(hotline: Hotline, case: Case) -> None:
    lead = hired(hotline, "lead", Role.LEAD)
    grant = give(hotline, case.at, case, "lead")
    assert has(lead)
    (given,) = of_note(hotline, case.at, case).given
    assert (given.id, given.to, given.by, given.reason) == (grant, "lead", case.at.who, "请帮我看")
    hotline.desks.sharing.take_back(case.at.ticket.operator, grant)
    assert not has(lead)
    assert of_note(hotline, case.at, case).given == ()
    query = select(access_log.c.act).where(access_log.c.actor == case.at.who).order_by(access_log.c.n)
    with hotline.engine.connect() as connection:
        assert list(connection.scalars(query)) == ["gave", "taken_back"]
    with pytest.raises(NotGranted, match="no_record"):
        hotline.desks.sharing.take_back(case.at.ticket.operator, grant)


def test_nobody_else_sees_who_has_it_or_takes_it_back(hotline: Hotline, case: Case) -> None:
    hired(hotline, "lead", Role.LEAD)
    colleague, elsewhere = hired(hotline, "colleague"), hired(hotline, "chief", Role.LEAD, site="tianjin")
    grant = give(hotline, case.at, case, "lead")
    for who, why in ((colleague, "not_yours"), (elsewhere, "no_record")):
        with pytest.raises(NotGranted, match=why):
            of_note(hotline, who, case)
        with pytest.raises(NotGranted, match=why):
            hotline.desks.sharing.take_back(who.ticket.operator, grant)


def test_over_the_web(hotline: Hotline, case: Case) -> None:
    hired(hotline, "lead", Role.LEAD)
    grant = give(hotline, case.at, case, "lead")

    async def asked(method: str, path: str, who: Workstation) -> httpx2.Response:
        async with client(hotline, who.token) as web:
            return await web.request(method, path)

    told = asyncio.run(asked("GET", f"/access/v1/sharing/{case.note}", case.at))
    assert Sharing.model_validate_json(told.content).given[0].id == grant
    stranger = hired(hotline, "stranger")
    assert asyncio.run(asked("GET", f"/access/v1/sharing/{case.note}", stranger)).status_code == 403
    assert asyncio.run(asked("DELETE", f"/access/v1/grants/{grant}", stranger)).status_code == 403
    assert asyncio.run(asked("DELETE", f"/access/v1/grants/{grant}", case.at)).status_code == 204
    assert asyncio.run(asked("DELETE", f"/access/v1/grants/{grant}", case.at)).status_code == 404
