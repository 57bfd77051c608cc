"""The full text of one record for a time: asked for, delivered, taken back, and every step logged."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.people.operator import Operator, Role
from models.wire.access import Granted
from models.wire.session import Refusal
from server.central.access.granting import NotGranted
from server.central.storage.accounts import Account, add_account
from server.central.storage.tables import access_log
from tests.server.central.hotline import Case, Hotline, Workstation
from tests.server.central.web import client

HOUR = timedelta(hours=1)


@pytest.fixture
def case(hotline: Hotline) -> Case:
    desk = hotline.seat()
    case = Case(desk)
    desk.push(case.add(), case.open(), case.draft("保密", 1), case.answer("ideation_2w"), case.refer())
    return case


def _later(hotline: Hotline, span: timedelta) -> None:
    hotline.clock.forward(span.total_seconds())
    hotline.desks.expiry.step(hotline.clock.now())


def _granted(seat: Workstation) -> set[str]:
    return {kind for kind, _ in seat.pull_all().drawer.get(f"grant:{seat.who}", {})}


def _logged(hotline: Hotline, actor: str) -> list[tuple[str, str]]:
    query = (
        select(access_log.c.act, access_log.c.type)
        .where(access_log.c.actor == actor)
        .order_by(access_log.c.n)
    )
    with hotline.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def _account(hotline: Hotline, name: str, *roles: Role, site: str = "") -> Workstation:
    ticket = hotline.ticket(*roles, name=name, site=site)
    who = ticket.operator
    add_account(hotline.engine, Account(Operator(who.id, who.name, "", who.site, who.roles), "-"))
    return Workstation(hotline, ticket)


def test_a_record_comes_for_its_time_and_leaves_at_its_end(hotline: Hotline, case: Case) -> None:
    lead, other = hotline.seat(Role.LEAD), hotline.seat(Role.LEAD)
    given = lead.ask(case.note, hours=1)
    assert given.until == hotline.clock.now() + HOUR
    assert _granted(lead) == {"grant", "call", "note", "risk", "referral"}
    assert lead.has(f"grant:{lead.who}", "note", case.note)["body"]["values"] == {"complaint": "保密"}
    grant = lead.has(f"grant:{lead.who}", "grant", given.id)
    assert (grant["reason"], grant["note"], grant["by"]) == ("复核", case.note, lead.who)
    assert _granted(other) == set()
    _later(hotline, HOUR - timedelta(seconds=1))
    assert "note" in _granted(lead)
    _later(hotline, timedelta(seconds=1))
    assert _granted(lead) == set()


def test_every_step_is_logged(hotline: Hotline, case: Case) -> None:
    lead = hotline.seat(Role.LEAD)
    with pytest.raises(NotGranted, match="reason_wanted"):
        lead.ask(case.note, reason=" ")
    lead.ask(case.note)
    lead.pull_all()
    _later(hotline, HOUR)
    logged = _logged(hotline, lead.who)
    assert [logged[0], logged[1], logged[-1]] == [
        ("refused_reason_wanted", "note"),
        ("asked", "note"),
        ("ended", "note"),
    ]
    assert set(logged[2:-1]) == {("delivered", kind) for kind in ("call", "note", "risk", "referral")}


def test_what_an_alert_delivers_is_logged_and_an_own_record_is_not(hotline: Hotline, case: Case) -> None:
    lead = hotline.seat(Role.LEAD)
    case.at.push(case.answer("acting", n=2))
    lead.pull_all()
    case.at.pull_all()
    assert set(_logged(hotline, lead.who)) == {
        ("delivered", kind) for kind in ("call", "note", "risk", "referral")
    }
    assert _logged(hotline, case.at.who) == []


def test_who_handed_the_call_on_lets_the_colleague_read_who_has_a_note_of_it_too(
    hotline: Hotline, case: Case
) -> None:
    colleague, stranger = _account(hotline, "colleague"), _account(hotline, "stranger")
    with pytest.raises(NotGranted, match="not_yours"):
        case.at.ask(case.note, to=colleague.who)
    own = Case(colleague, call=case.call)
    colleague.push(own.open())
    with pytest.raises(NotGranted, match="role"):
        colleague.ask(case.note)
    with pytest.raises(NotGranted, match="not_yours"):
        stranger.ask(case.note, to=colleague.who)
    with pytest.raises(NotGranted, match="too_long"):
        case.at.ask(case.note, hours=25, to=colleague.who)
    case.at.ask(case.note, hours=24, to=colleague.who)
    feed = f"grant:{colleague.who}"
    assert _granted(colleague) == {"grant", "call", "note", "risk", "referral"}
    assert colleague.has(feed, "note", case.note)["body"]["values"] == {"complaint": "保密"}
    assert _granted(stranger) == set()
    _later(hotline, timedelta(hours=24))
    assert _granted(colleague) == set()


def test_what_changes_meanwhile_comes_along(hotline: Hotline, case: Case) -> None:
    lead = hotline.seat(Role.LEAD)
    lead.ask(case.note)
    lead.pull_all()
    later = Case(case.at, call=case.call, note=case.note)
    case.at.push(case.draft("补充", 2), later.refer())
    lead.pull_all()
    feed = f"grant:{lead.who}"
    assert lead.has(feed, "note", case.note)["body"]["values"] == {"complaint": "补充"}
    assert lead.has(feed, "referral", later.referral)
    _later(hotline, HOUR)
    assert _granted(lead) == set()


def test_of_two_grants_the_longer_one_counts(hotline: Hotline, case: Case) -> None:
    lead = hotline.seat(Role.LEAD)
    lead.ask(case.note, hours=1)
    lead.ask(case.note, hours=2)
    _later(hotline, HOUR)
    assert _granted(lead) == {"grant", "call", "note", "risk", "referral"}
    _later(hotline, HOUR)
    assert _granted(lead) == set()


def test_a_grant_covers_one_note_and_not_another_one_of_the_same_call(hotline: Hotline, case: Case) -> None:
    helper, lead = Case(hotline.seat(), call=case.call), hotline.seat(Role.LEAD)
    helper.at.push(helper.open(), helper.answer("ideation_2w"))
    lead.ask(case.note)
    ids = {entity for _, entity in lead.pull_all().drawer[f"grant:{lead.who}"]}
    assert case.note in ids
    assert not ids & {helper.note, helper.risk}


def test_an_author_has_an_old_record_back_through_a_lead(hotline: Hotline) -> None:
    author, lead = _account(hotline, f"a-{hotline.site}"), hotline.seat(Role.LEAD)
    case = Case(author)
    author.push(case.open(), case.draft("旧的", 1))
    _later(hotline, timedelta(days=29))
    assert author.pull_all().drawer == {f"op:{author.who}": {}}
    with pytest.raises(NotGranted, match="role"):
        author.ask(case.note)
    given = lead.ask(case.note, to=author.who)
    assert given.to == author.who
    assert _granted(author) == {"grant", "note"}
    assert _granted(lead) == set()


def test_an_operator_shows_an_own_record_to_a_lead_and_to_nobody_else(hotline: Hotline, case: Case) -> None:
    lead = _account(hotline, f"l-{hotline.site}", Role.LEAD)
    colleague = _account(hotline, f"c-{hotline.site}")
    far = _account(hotline, f"f-{hotline.site}", Role.LEAD, site="elsewhere")
    case.at.ask(case.note, to=lead.who, reason="请帮我看看")
    assert "note" in _granted(lead)
    for who, why in ((colleague, "not_yours"), (far, "no_account")):
        with pytest.raises(NotGranted, match=why):
            case.at.ask(case.note, to=who.who)
    with pytest.raises(NotGranted, match="not_yours"):
        colleague.ask(case.note, to=lead.who)


def test_over_the_web_a_refusal_says_why(hotline: Hotline, case: Case) -> None:
    lead, far = hotline.seat(Role.LEAD), hotline.seat(Role.LEAD, site="elsewhere")

    async def asked(seat: Workstation, **changed: object) -> tuple[int, str]:
        body = {"type": "note", "id": case.note, "reason": "复核", "hours": 2, **changed}
        async with client(hotline, seat.token) as web:
            answer = await web.post("/access/v1/grants", json=body)
        if answer.status_code == 200:
            return 200, Granted.model_validate_json(answer.content).note
        return answer.status_code, Refusal.model_validate_json(answer.content).why

    async def story() -> None:
        assert await asked(lead) == (200, case.note)
        assert await asked(lead, type="risk", id=case.risk) == (200, case.note)
        assert await asked(case.at) == (403, "role")
        assert await asked(lead, hours=25) == (403, "too_long")
        assert await asked(lead, reason="") == (403, "reason_wanted")
        assert await asked(lead, hours=0) == (400, "malformed")
        assert await asked(lead, reason="为\x00何") == (200, case.note)
        assert await asked(lead, id="nothing") == (404, "no_record")
        assert await asked(lead, to="\x00") == (403, "no_account")
        assert await asked(lead, type="note.card") == (404, "no_record")
        assert await asked(far) == (404, "no_record")

    asyncio.run(story())
