from dataclasses import replace

import pytest

from models.ids import new_id
from models.people.caller import caller_key
from models.people.operator import Role
from server.central.caller_secret import secret_of
from server.central.sync.card_version import version_after
from tests.server.central.hotline import Case, Hotline, Workstation


def _key(hotline: Hotline, number: str) -> str:
    return caller_key(secret_of(hotline.desks.identity.caller_secret, hotline.site), number)


def test_an_operator_has_own_records_in_full_and_nobody_elses(hotline: Hotline) -> None:
    mine, theirs = hotline.seat(), hotline.seat()
    case = Case(mine)
    mine.push(case.add(), case.open(), case.draft("保密", 1), case.answer("acting"), case.refer())
    own = f"op:{mine.who}"
    mine.pull_all()
    for kind, entity in (
        ("call", case.call),
        ("note", case.note),
        ("risk", case.risk),
        ("referral", case.referral),
    ):
        assert mine.has(own, kind, entity)["id"] == entity
    theirs.pull_all()
    assert set(theirs.drawer) == {f"line:{hotline.site}"}
    assert "保密" not in str(theirs.drawer)
    assert "13800138000" not in str(theirs.drawer)


def test_a_lead_sees_cards_without_words(hotline: Hotline) -> None:
    desk, lead = hotline.seat(), hotline.seat(Role.LEAD)
    case = Case(desk)
    desk.push(case.add(), case.open(), case.draft("保密", 1), case.answer("ideation_2w"))
    lead.pull_all()
    card = lead.has(f"shift:{hotline.site}", "note.card", case.note)
    assert (card["author"], card["category"], card["level"], card["state"]) == (desk.who, "C3", "R2", "draft")
    assert "保密" not in str(lead.drawer)
    assert f"alert:{hotline.site}" not in lead.drawer
    desk.push(case.finish())
    assert lead.pull_all().has(f"shift:{hotline.site}", "note.card", case.note)["state"] == "finished"


@pytest.mark.parametrize("role", [Role.LEAD, Role.SUPERVISOR])
@pytest.mark.parametrize("item", ["acting", "plan_week"])
def test_an_alarming_call_is_shown_in_full_to_those_who_lead(hotline: Hotline, role: Role, item: str) -> None:
    desk, lead = hotline.seat(), hotline.seat(role)
    case = Case(desk)
    desk.push(case.add(), case.open(), case.draft("在桥上", 1))
    assert lead.pull_all().has(f"alert:{hotline.site}", "note", case.note) is None
    desk.push(case.answer(item))
    alert = f"alert:{hotline.site}"
    lead.pull_all()
    assert lead.has(alert, "note", case.note)["body"]["values"] == {"complaint": "在桥上"}
    assert lead.has(alert, "call", case.call)["number"] == "13800138000"
    assert lead.has(alert, "risk", case.risk)["answers"][0]["item"] == item
    desk.push(case.refer(), case.draft("已下桥", 2))
    lead.pull_all()
    assert lead.has(alert, "referral", case.referral)["dial"] == "110"
    assert lead.has(alert, "note", case.note)["body"]["values"] == {"complaint": "已下桥"}


def test_the_peak_of_the_call_stays_on_the_card(hotline: Hotline) -> None:
    desk, lead = hotline.seat(), hotline.seat(Role.LEAD)
    case = Case(desk)
    desk.push(case.open(), case.answer("acting"), case.answer("acting", "no", 2))
    lead.pull_all()
    assert lead.has(f"shift:{hotline.site}", "note.card", case.note)["level"] == "R4"
    assert lead.has(f"alert:{hotline.site}", "note", case.note)


def test_a_lead_of_another_site_and_an_administrator_see_nothing(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    desk.push(case.add(), case.open(), case.answer("acting"))
    assert hotline.seat(Role.LEAD, site="elsewhere").pull_all().drawer == {}
    administrator = hotline.seat(Role.ADMINISTRATOR)
    assert administrator.pull().feeds == ()
    assert hotline.seat(Role.GATEWAY).pull().feeds == ()


def test_the_site_is_the_authors_whatever_the_record_says(hotline: Hotline) -> None:
    desk, lead = hotline.seat(), hotline.seat(Role.LEAD, site="elsewhere")
    case = Case(desk)
    desk.push(case.open(site="elsewhere"), case.answer("acting"))
    assert lead.pull_all().drawer == {}
    assert hotline.seat(Role.LEAD).pull_all().has(f"alert:{hotline.site}", "note", case.note)


def test_a_call_written_by_the_gateway_comes_to_whoever_opens_a_note_of_it(hotline: Hotline) -> None:
    gateway, desk = hotline.seat(Role.GATEWAY), hotline.seat()
    case = Case(desk)
    gateway.push(replace(case.add(), actor=gateway.who))
    assert desk.pull_all().has(f"op:{desk.who}", "call", case.call) is None
    desk.push(case.open())
    assert desk.pull_all().has(f"op:{desk.who}", "call", case.call)["number"] == "13800138000"
    at = hotline.clock.now().isoformat()
    body = {"kind": "ended", "id": new_id(), "call": case.call, "at": at, "end": "E2"}
    gateway.push(gateway.act("call.event", case.call, body))
    assert desk.pull_all().has(f"op:{desk.who}", "call", case.call)["end"] == "E2"


def test_a_lead_sees_who_was_answered_by_nobody_and_no_number(hotline: Hotline) -> None:
    gateway, lead, desk = hotline.seat(Role.GATEWAY), hotline.seat(Role.LEAD), hotline.seat()
    case, shift = Case(desk), f"shift:{hotline.site}"
    gateway.push(replace(case.add(), actor=gateway.who))
    assert lead.pull_all().has(shift, "call.card", case.call) is None
    at = hotline.clock.now().isoformat()
    body = {"kind": "ended", "id": new_id(), "call": case.call, "at": at, "end": "E2"}
    gateway.push(gateway.act("call.event", case.call, body))
    card = lead.pull_all().has(shift, "call.card", case.call)
    assert (card["answered_at"], card["end"]) == (None, "E2")
    assert "13800138000" not in str(lead.drawer[shift])
    # A console that was off line knows that somebody did answer.
    answered = {"kind": "answered", "id": new_id(), "call": case.call, "at": at, "seat": "8001"}
    desk.push(desk.act("call.event", case.call, answered))
    card = lead.pull_all().has(shift, "call.card", case.call)
    assert (card["answered_at"] is not None, card["seat"]) == (True, "8001")


def _calls_again(desk: Workstation, *items: str) -> Case:
    desk.hotline.clock.forward(3600)
    case = Case(desk)
    desk.push(case.add(), case.open(), *(case.answer(item, n=n) for n, item in enumerate(items, 1)))
    return case


def test_a_caller_card_counts_calls_and_knows_the_last_level(hotline: Hotline) -> None:
    desk, other = hotline.seat(), hotline.seat()
    _calls_again(desk, "ideation_2w")
    _calls_again(other, "acting")
    third = _calls_again(desk)
    key = _key(hotline, "13800138000")
    card = other.pull_all().has(f"line:{hotline.site}", "line.caller", key)
    assert (card["id"], card["calls"], card["last_level"]) == (key, 3, "R4")
    assert card["last_at"] == hotline.clock.now().isoformat(timespec="microseconds").replace(".000000", "")
    desk.push(third.answer("plan"))
    assert other.pull_all().has(f"line:{hotline.site}", "line.caller", key)["last_level"] == "R3"


def test_a_caller_card_knows_the_last_level_behind_many_calls_that_nobody_assessed(hotline: Hotline) -> None:
    desk = hotline.seat()
    _calls_again(desk, "acting")
    for _ in range(12):
        _calls_again(desk)
    card = desk.pull_all().has(f"line:{hotline.site}", "line.caller", _key(hotline, "13800138000"))
    assert (card["calls"], card["last_level"]) == (13, "R4")


def test_a_view_that_is_counted_again_with_other_figures_has_another_version(hotline: Hotline) -> None:
    """A server that was put back and told nothing of it: the sum of a feed sees versions alone."""
    desk, line, key = hotline.seat(), f"line:{hotline.site}", _key(hotline, "13800138000")
    before = 0
    for _ in range(3):
        _calls_again(desk)
        version, card = desk.pull_all().drawer[line]["line.caller", key]
        assert version == version_after(before, card) > before
        assert version != version_after(before, {**card, "calls": card["calls"] + 1})
        before = version


def test_withheld_numbers_and_outgoing_calls_have_no_card(hotline: Hotline) -> None:
    desk = hotline.seat()
    desk.push(Case(desk, number="").add(), Case(desk).add(direction="out"))
    assert f"line:{hotline.site}" not in desk.pull_all().drawer


def test_a_number_that_becomes_known_better_leaves_no_card_behind(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk, number="1380013")
    desk.push(case.add())
    assert desk.pull_all().has(f"line:{hotline.site}", "line.caller", _key(hotline, "1380013"))
    case.number = "13800138000"
    desk.push(case.add())
    line = f"line:{hotline.site}"
    page = desk.pull()
    assert {item.kind for item in page.items if item.t == "line.caller"} == {"put", "gone"}
    assert set(desk.pull_all().drawer[line]) == {("line.caller", _key(hotline, "13800138000"))}
