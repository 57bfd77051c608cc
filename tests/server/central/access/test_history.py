"""What a note said at each stop: told to whoever may read it, and to nobody else; each look is logged."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.codec import from_document
from models.notes.history import Event, stages
from models.notes.note import Note
from models.operation import Operation
from models.people.operator import Role
from models.wire.history import History
from server.central.access.granting import NotGranted
from server.central.storage.tables import access_log
from tests.server.central.hotline import Case, Hotline, Workstation
from tests.server.central.web import client

DIGEST = "a" * 64


def put(case: Case, text: str, stop: str, on: str = "") -> Operation:
    body = {"category": "C3", "values": {"complaint": text}, "stop": stop, "on": on}
    return case.at.act("note.draft.put", case.note, body)


@pytest.fixture
def case(hotline: Hotline) -> Case:
    """A call whose note came to two stops, was handed in and signed, and got an addition."""
    desk = hotline.seat()
    case = Case(desk)
    texts = [("失", ""), ("失眠", "hang_up"), ("失眠两", ""), ("失眠两周", "finish")]
    desk.push(case.add(), case.open())
    on = ""
    for text, stop in texts:
        hotline.clock.forward(60)
        draft = put(case, text, stop, on)
        desk.push(draft)
        on = draft.op
    desk.push(case.finish(), desk.act("note.sign", case.note, {"role": "author", "digest": DIGEST}))
    hotline.clock.forward(60)
    desk.push(desk.act("note.addendum", case.note, {"text": "次日来电"}))
    return case


def told(seat: Workstation, case: Case) -> list[tuple[str, str]]:
    acts = seat.hotline.desks.history.of_note(seat.ticket.operator, case.note).acts
    note = from_document(Note, case.at.pull_all().has(f"op:{case.at.who}", "note", case.note))
    history = stages(note, [act.value(case.note) for act in acts])
    return [
        (one.event.value, str(one.body.values["complaint"]) if one.body else one.words) for one in history
    ]


def refusal(seat: Workstation, case: Case) -> str:
    with pytest.raises(NotGranted) as refused:
        seat.hotline.desks.history.of_note(seat.ticket.operator, case.note)
    return refused.value.why


def test_the_text_of_each_stop_is_told_and_nothing_between(case: Case) -> None:
    assert told(case.at, case) == [
        (Event.OPENED, ""),
        (Event.HANG_UP, "失眠"),
        (Event.FINISH, "失眠两周"),
        (Event.FINISHED, ""),
        (Event.SIGNED, ""),
        (Event.ADDED, "次日来电"),
    ]


def test_who_may_not_read_the_note_reads_no_earlier_text(hotline: Hotline, case: Case) -> None:
    assert refusal(hotline.seat(), case) == "not_yours"
    assert refusal(hotline.seat(Role.LEAD), case) == "not_yours"
    assert refusal(hotline.seat(Role.LEAD, site="elsewhere"), case) == "no_record"
    assert refusal(hotline.seat(Role.ADMINISTRATOR), case) == "role"
    assert refusal(hotline.seat(), replace(case, note="unknown")) == "no_record"


def test_a_lead_reads_it_once_the_call_is_alarming_or_by_a_grant(hotline: Hotline, case: Case) -> None:
    lead, other = hotline.seat(Role.LEAD), hotline.seat(Role.SUPERVISOR)
    lead.ask(case.note, hours=1)
    assert len(told(lead, case)) == 6
    hotline.clock.forward(3600)
    assert refusal(lead, case) == "not_yours"
    case.at.push(case.answer("acting"))
    assert len(told(other, case)) == 6


def test_an_author_reads_it_for_as_long_as_the_note(hotline: Hotline, case: Case) -> None:
    hotline.clock.forward((timedelta(days=28) - timedelta(minutes=10)).total_seconds())
    assert told(case.at, case)
    hotline.clock.forward(3600)
    assert refusal(case.at, case) == "late"


def test_each_look_is_logged_and_a_refused_one_gives_nothing(hotline: Hotline, case: Case) -> None:
    told(case.at, case)
    query = select(access_log.c.act, access_log.c.type, access_log.c.record).where(
        access_log.c.actor == case.at.who, access_log.c.act == "history"
    )
    with hotline.engine.connect() as connection:
        assert [tuple(row) for row in connection.execute(query)] == [("history", "note", case.note)]


def test_it_is_asked_for_over_the_network(hotline: Hotline, case: Case) -> None:
    async def ask() -> tuple[int, int]:
        async with client(hotline, case.at.token) as web:
            known = await web.get(f"/access/v1/history/{case.note}")
            told = History.model_validate_json(known.content)
            assert told.acts[0].type == "note.open"
            unknown = await web.get("/access/v1/history/unknown")
            return len(told.acts), unknown.status_code

    assert asyncio.run(ask()) == (6, 404)
