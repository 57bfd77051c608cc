"""What the server does leaves a trace of its own: sign-ins, grants, deliveries; also from many at once."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from models.people.operator import Operator, Role
from models.trace.entry import Act, Happening
from models.wire.session import Refusal, SignedIn, SignIn
from server.central.signing_in import add_operator
from server.central.storage.engine import reading
from server.central.storage.recording import record_alone
from server.central.storage.trace import chains, links
from server.central.trace.signing import ReceiptKey
from server.central.trace.verifying import verify_trace
from tests.server.central.hotline import HOTLINE_KEYS, Case, Hotline
from tests.server.central.machine import enrolled
from tests.server.central.web import client

KEY = ReceiptKey(HOTLINE_KEYS.receipts.private).public


def deeds(hotline: Hotline) -> list[tuple[str, str, str]]:
    with reading(hotline.engine) as transaction:
        told = [
            json.loads(link.text)
            for one in chains(transaction)
            if one.epoch.startswith("server:")
            for link in links(transaction, one.epoch)
        ]
    return [(one["actor"], one["act"], one["id"]) for one in told]


def test_sign_ins_and_failures_are_in_the_trace_of_the_server(hotline: Hotline) -> None:
    who = Operator("zhang", "张", "", hotline.site, (Role.OPERATOR,))
    assert add_operator(hotline.engine, who, "long enough")
    desk = hotline.desks.sign_in
    asked = SignIn(operator="zhang", password="wrong", seat="8001", device="d1")
    assert isinstance(desk.sign_in(asked), Refusal)
    assert isinstance(desk.sign_in(asked.model_copy(update={"operator": "nobody"})), Refusal)
    assert isinstance(desk.sign_in(asked.model_copy(update={"password": "long enough"})), SignedIn)
    told = [("zhang", "failed", "zhang"), ("nobody", "failed", "nobody"), ("zhang", "signed_in", "zhang")]
    assert deeds(hotline) == told


def test_who_asked_for_a_full_text_is_in_the_trace_without_the_words_of_the_reason(hotline: Hotline) -> None:
    case = Case(hotline.seat())
    case.at.push(case.add(), case.open(), case.draft("今晚独自到桥边", 1))
    lead = hotline.seat(Role.OPERATOR, Role.LEAD)
    lead.ask(case.note, reason="家属来电求助")
    assert (lead.who, "glass", case.note) in deeds(hotline)
    with reading(hotline.engine) as transaction:
        texts = [link.text for one in chains(transaction) for link in links(transaction, one.epoch)]
    assert not any("家属" in json.dumps(json.loads(text), ensure_ascii=False) for text in texts)


def test_many_at_once_make_one_whole_chain(hotline: Hotline) -> None:
    at = datetime(2026, 1, 1, 9, tzinfo=UTC)

    def one(n: int) -> None:
        record_alone(hotline.engine, at, [(f"u{n}", Happening(Act.READ, "note", f"n{n}"))])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(40)))
    report = verify_trace(hotline.engine, KEY)
    assert (report.chains, report.entries, report.findings) == (1, 40, ())
    assert sorted(deeds(hotline)) == sorted((f"u{n}", "read", f"n{n}") for n in range(40))


def test_of_several_servers_one_closes_the_hour(hotline: Hotline) -> None:
    case = Case(hotline.seat())
    case.at.push(case.add())
    others = [Hotline(hotline.engine, clock=hotline.clock) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        closed = list(pool.map(lambda one: one.desks.trace.close_hour(), others))
    assert len([one for one in closed if one]) == 1
    assert verify_trace(hotline.engine, KEY).checkpoints == 1


def test_an_enrolment_and_a_wait_that_a_lead_ended_are_in_the_trace(hotline: Hotline) -> None:
    async def story() -> str:
        async with client(hotline) as web:
            return (await enrolled(hotline, web)).id

    workstation = asyncio.run(story())
    lead = hotline.ticket(Role.LEAD).operator
    assert hotline.desks.sign_in.lift(lead, "li")
    assert deeds(hotline) == [("server", "enrolled", workstation), (lead.id, "granted", "li")]
