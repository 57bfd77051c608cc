"""Persons and cases at the server: who has them, whose a caller is, and what an open case keeps."""

from datetime import timedelta
from typing import Any

import pytest

from models.cases.caller_plan import plan_id
from models.codec import from_document
from models.ids import new_id
from models.operation import Operation, Outcome
from models.people.operator import Role
from models.people.person import Person
from models.people.together import grouped
from models.sync.feeds import case_feed, line_feed, own_feed
from server.central.people.callers import CallersDesk
from tests.server.central.access.test_retention import Two, refusal
from tests.server.central.hotline import Case, Hotline, Workstation

KEY = "a" * 64


def add(seat: Workstation, name: str = "", alias: str = "小雨") -> Operation:
    body = {"site": seat.hotline.site, "alias": alias, "code_word": "海棠"}
    return seat.act("person.add", name or new_id(), body)


def meet(seat: Workstation, person: str, call: str) -> Operation:
    body = {"call": call, "part": "self", "call_at": seat.hotline.clock.now().isoformat()}
    return seat.act("person.meet", person, body)


def begin(seat: Workstation, person: str, to: str = "") -> tuple[Operation, Operation]:
    opened = seat.act("case.add", new_id(), {"site": seat.hotline.site, "person": person})
    return opened, seat.act("case.give", opened.id, {"to": to or seat.who, "name": "李"})


def persons_at(seat: Workstation) -> list[Person]:
    found = seat.pull_all().drawer.get(line_feed(seat.hotline.site), {})
    return [from_document(Person, doc) for (kind, _), (_, doc) in found.items() if kind == "person"]


def counsellor_of(hotline: Hotline, caller: str = KEY) -> str:
    desk = CallersDesk(hotline.engine, hotline.clock, hotline.desks.identity)
    known = desk.standings(hotline.ticket(Role.GATEWAY).operator).callers
    return next((one.counsellor for one in known if one.id == caller), "")


def test_everybody_of_the_site_knows_a_person_and_nobody_elsewhere(hotline: Hotline) -> None:
    first, second, lead = hotline.seat(), hotline.seat(), hotline.seat(Role.LEAD)
    stranger, gateway = hotline.seat(site="elsewhere"), hotline.seat(Role.GATEWAY)
    person = add(first)
    assert first.push(person).results[0].st is Outcome.APPLIED
    assert second.push(second.act("person.tie", person.id, {"caller": KEY})).results[0].st is Outcome.APPLIED
    for seat in (first, second, lead):
        (known,) = persons_at(seat)
        assert (known.alias, known.callers) == ("小雨", (KEY,))
    assert persons_at(stranger) == []
    assert stranger.push(stranger.act("person.tie", person.id, {"caller": "x"})).results[0].st is Outcome.HELD
    refused = gateway.push(gateway.act("person.tie", person.id, {"caller": "x"})).results[0]
    assert refused.st is Outcome.REJECTED


def test_two_who_merge_off_line_into_each_other_see_the_same(hotline: Hotline) -> None:
    first, second = hotline.seat(), hotline.seat()
    one, other = add(first, alias="小雨"), add(second, alias="小雪")
    first.push(one, meet(first, one.id, "c1"))
    second.push(other, meet(second, other.id, "c2"))
    second.push(second.act("person.join", other.id, {"into": one.id}))
    first.push(first.act("person.join", one.id, {"into": other.id}))
    seen = [grouped(persons_at(seat)) for seat in (first, second)]
    assert seen[0] == seen[1]
    (both,) = seen[0]
    assert both.ids == {one.id, other.id}
    assert {meeting.call for _, meeting in both.met} == {"c1", "c2"}


def test_leads_the_author_and_every_counsellor_have_a_case(hotline: Hotline) -> None:
    author, counsellor, third, lead = (
        hotline.seat(),
        hotline.seat(),
        hotline.seat(),
        hotline.seat(Role.LEAD),
    )
    person = add(author)
    opened, given = begin(author, person.id, counsellor.who)
    author.push(person, opened, given)
    # Whoever takes a call adds to the story, and does not read it.
    told = third.push(third.act("case.write", opened.id, {"text": "又来电", "name": "张"})).results[0]
    assert told.st is Outcome.APPLIED
    for seat in (author, counsellor):
        seat.pull_all()
        document = seat.has(own_feed(seat.who), "case", opened.id)
        assert [line["text"] for line in document["story"]] == ["又来电"]
    assert lead.pull_all().has(case_feed(hotline.site), "case", opened.id)
    third.pull_all()
    assert not any(kind == "case" for feed in third.drawer.values() for kind, _ in feed)
    # Who had it once goes on reading it.
    author.push(author.act("case.give", opened.id, {"to": third.who, "name": "张"}))
    assert counsellor.pull_all().has(own_feed(counsellor.who), "case", opened.id)
    assert third.pull_all().has(own_feed(third.who), "case", opened.id)


def test_the_counsellor_of_the_case_comes_before_the_author_of_the_last_alarm(hotline: Hotline) -> None:
    desk, own = hotline.seat(), hotline.seat()
    case = Case(desk)
    desk.push(case.add(), case.open(), case.draft("", 1), case.answer("acting"))
    standings = CallersDesk(hotline.engine, hotline.clock, hotline.desks.identity)
    (alarmed,) = standings.standings(hotline.ticket(Role.GATEWAY).operator).callers
    assert (alarmed.level, alarmed.counsellor) == ("R4", desk.who)
    person = add(own)
    opened, given = begin(own, person.id)
    own.push(person, own.act("person.tie", person.id, {"caller": alarmed.id}), opened, given)
    (known,) = standings.standings(hotline.ticket(Role.GATEWAY).operator).callers
    assert (known.level, known.counsellor) == ("R4", own.who)
    own.push(own.act("case.turn", opened.id, {"why": "recovered", "words": ""}))
    assert counsellor_of(hotline, alarmed.id) == desk.who


def test_a_counsellor_is_found_through_a_merged_person(hotline: Hotline) -> None:
    desk = hotline.seat()
    one, other = add(desk), add(desk, alias="小雪")
    opened, given = begin(desk, one.id)
    desk.push(one, other, desk.act("person.tie", other.id, {"caller": KEY}), opened, given)
    assert counsellor_of(hotline) == ""
    joined = desk.act("person.join", other.id, {"into": one.id})
    desk.push(joined)
    assert counsellor_of(hotline) == desk.who
    desk.push(desk.act("person.undo", other.id, {"what": joined.op}))
    assert counsellor_of(hotline) == ""


def planned(desk: Workstation, lead: Workstation, about: str, counsellor: str) -> None:
    text = {"approach": "先稳定呼吸", "counsellor": counsellor, "counsellor_name": "林"}
    body = {"site": desk.hotline.site, "about": about, "text": text}
    put = desk.act("caller_plan.put", plan_id(about), body)
    desk.push(put)
    lead.push(lead.act("caller_plan.agree", plan_id(about), {"version": put.op}))


def test_a_plan_in_force_names_the_counsellor_where_no_case_does(hotline: Hotline) -> None:
    desk, own, third, lead = hotline.seat(), hotline.seat(), hotline.seat(), hotline.seat(Role.LEAD)
    planned(desk, lead, KEY, own.who)
    assert counsellor_of(hotline) == own.who
    person = add(desk)
    desk.push(person, desk.act("person.tie", person.id, {"caller": KEY}))
    planned(desk, lead, person.id, third.who)
    assert counsellor_of(hotline) == third.who
    opened, given = begin(desk, person.id)
    desk.push(opened, given)
    assert counsellor_of(hotline) == desk.who
    desk.push(desk.act("case.turn", opened.id, {"why": "recovered", "words": ""}))
    for about in (person.id, KEY):
        lead.push(lead.act("caller_plan.end", plan_id(about), {"reason": "已转介"}))
    assert counsellor_of(hotline) == ""


def test_a_proposed_plan_names_nobody_yet(hotline: Hotline) -> None:
    desk = hotline.seat()
    text = {"approach": "先稳定呼吸", "counsellor": desk.who}
    body = {"site": hotline.site, "about": KEY, "text": text}
    desk.push(desk.act("caller_plan.put", plan_id(KEY), body))
    assert counsellor_of(hotline) == ""


def test_nothing_of_a_story_or_an_alias_is_readable_in_the_database(hotline: Hotline) -> None:
    desk = hotline.seat()
    person = add(desk)
    opened, given = begin(desk, person.id)
    desk.push(person, opened, given, desk.act("case.write", opened.id, {"text": "不说出去", "name": "李"}))
    with hotline.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT CAST(coded AS TEXT) FROM record").scalars().all()
    text = "".join(str(row) for row in rows)
    assert desk.who in text
    for word in ("小雨", "海棠", "不说出去", "\\u5c0f\\u96e8"):
        assert word not in text


@pytest.mark.parametrize("merged", [False, True])
def test_a_call_of_an_open_case_is_kept(hotline: Hotline, merged: bool) -> None:
    two = Two(hotline)
    two.finish()
    desk = two.case.at
    person, other = add(desk), add(desk, alias="小雪")
    opened, given = begin(desk, person.id)
    met: list[Any] = [meet(desk, other.id if merged else person.id, two.case.call)]
    met += [desk.act("person.join", person.id, {"into": other.id})] if merged else []
    desk.push(person, other, opened, given, *met)
    two.later()
    assert refusal(two.erased) == "open_case"
    desk.push(desk.act("case.turn", opened.id, {"why": "recovered", "words": ""}))
    two.erased()


def test_a_call_that_a_case_names_itself_is_kept(hotline: Hotline) -> None:
    two = Two(hotline)
    two.finish()
    desk = two.case.at
    person = add(desk)
    opened, given = begin(desk, person.id)
    link = {"kind": "referral", "record": two.case.referral, "call": two.case.call}
    desk.push(person, opened, given, desk.act("case.link", opened.id, link))
    two.later()
    assert refusal(two.erased) == "open_case"


def test_what_is_known_of_a_person_outlives_their_first_call(hotline: Hotline) -> None:
    two = Two(hotline)
    two.finish()
    desk = two.case.at
    person = add(desk)
    desk.push(person, meet(desk, person.id, two.case.call))
    two.later()
    desk.push(meet(desk, person.id, "later"))
    two.erased()
    (known,) = persons_at(desk)
    assert known.alias == "小雨"
    # The person is not due, for they called again; three years after that they are.
    assert two.erase.due(two.one, 10)[0] == []
    assert refusal(lambda: two.erase.request(two.one, person.id, "满期")) == "too_young"
    two.later(timedelta(days=3 * 365 + 1))
    assert [one.call for one in two.erase.due(two.one, 10)[0]] == [person.id]
    wish = two.erase.request(two.one, person.id, "满期")
    two.erase.confirm(two.other, wish.id, "核对过")
    assert persons_at(desk) == []
