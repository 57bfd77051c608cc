"""A client that means harm: it is answered, gets nothing it may not have, and spoils nothing for others."""

import asyncio
import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from models.clock import ManualClock
from models.operation import Operation, Outcome
from models.people.operator import Role
from models.wire.sync import MOST_BYTES, MOST_OPERATIONS, Push, Pushed, PushedOperation
from server.central.certificates import ticket_pair
from server.central.tickets import sign_ticket
from tests.faults.sound import check_database
from tests.server.central.hotline import Case, Hotline, Workstation
from tests.server.central.web import client, post
from tests.support.soak import runs

_DEEP = 100_000
_WORDS = (
    "'; DROP TABLE operation; --",
    '" OR 1=1 --',
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{7*7}} ${7*7} %s %(x)s {0}",
    "\u202e\u2066\ufeff\x1b[2J",
    "𠜎" * 300,
)


@pytest.fixture
def victim(hotline: Hotline) -> Case:
    """Somebody else's call, with words that nobody may touch."""
    case = Case(hotline.seat())
    case.at.push(case.add(), case.open(), case.draft("不许动", 1), case.answer("means"), case.refer())
    return case


@pytest.fixture
def thief(hotline: Hotline) -> Workstation:
    return hotline.seat()


def test_records_of_others_cannot_be_written(hotline: Hotline, victim: Case, thief: Workstation) -> None:
    before = victim.at.pull_all().drawer
    mine = replace(victim, at=thief)
    step = thief.act("referral.advance", victim.referral, {"step": "closed", "detail": "没事了"})
    tried = [mine.draft("改了", 2), mine.finish(), mine.answer("plan"), step, mine.open(), mine.refer()]
    answer = thief.push(*tried)
    assert {one.st for one in answer.results} <= {Outcome.HELD, Outcome.REJECTED}
    assert _of_note(victim.at.pull_all(), victim) == _of_note(replace(victim.at, drawer=before), victim)


def test_records_of_others_cannot_be_read(victim: Case, thief: Workstation) -> None:
    # Whatever feeds it names, it gets those of its ticket.
    theirs = [feed for feed in victim.at.pull_all().cursor if feed not in thief.pull_all().cursor]
    assert theirs
    thief.cursor = dict.fromkeys([*theirs, "alert:" + victim.at.hotline.site], 0)
    page = thief.pull()
    assert "不许动" not in page.model_dump_json()
    assert not set(page.feeds) & set(theirs)


def test_nobody_acts_in_the_name_of_another(hotline: Hotline, victim: Case, thief: Workstation) -> None:
    forged = replace(victim.draft("他说的", 2), actor=victim.at.who)
    assert [one.st for one in thief.push(forged).results] == [Outcome.REJECTED]
    # Nor may it take over the numbers of somebody's device.
    stolen = Push(app="x", epoch=victim.at.epoch, ops=(PushedOperation.of(6, victim.finish()),))
    refused = thief.send(stolen)
    assert not isinstance(refused, Pushed)
    assert refused.why == "fork"


def test_an_act_of_another_cannot_be_replayed(hotline: Hotline, victim: Case, thief: Workstation) -> None:
    before = len(hotline.stored("op_id"))
    seen = victim.draft("看到的", 2)
    victim.at.push(seen)
    thief.send(thief.numbered(seen))
    assert len(hotline.stored("op_id")) == before + 1
    found = victim.at.pull_all().has(f"op:{victim.at.who}", "note", victim.note)
    assert found["body"]["values"]["complaint"] == "看到的"


def test_the_id_of_an_act_cannot_be_taken(victim: Case, thief: Workstation) -> None:
    first = victim.draft("真的", 2)
    victim.at.push(first)
    other = thief.act("note.draft.put", victim.note, {"category": "C3", "values": {}})
    taken = thief.send(thief.numbered(replace(other, op=first.op)))
    assert not isinstance(taken, Pushed)
    assert taken.why == "mutated"


def _tokens(hotline: Hotline, good: Workstation) -> dict[str, str]:
    head, claims, signature = good.token.split(".")
    lead = hotline.ticket(Role.LEAD, name=good.who)
    old = replace(good.ticket, expires_at=good.ticket.issued_at)
    return {
        "none": "",
        "noise": "x.y.z",
        "of another hotline": sign_ticket(good.ticket, ticket_pair().private),
        "over": sign_ticket(old, hotline.settings.private_key),
        "unsigned": f"eyJhbGciOiJub25lIn0.{claims}.",
        "with other claims": f"{head}.{sign_ticket(lead, ticket_pair().private).split('.')[1]}.{signature}",
        "cut": good.token[:-4],
    }


@pytest.mark.parametrize("kind", ["none", "noise", "of another hotline", "over", "unsigned", "cut"])
def test_a_token_that_is_not_good_opens_nothing(hotline: Hotline, thief: Workstation, kind: str) -> None:
    token = _tokens(hotline, thief)[kind]
    push = thief.numbered(Case(thief).add()).model_dump_json().encode()

    async def ask() -> list[httpx2.Response]:
        async with client(hotline, token) as web:
            return [await web.get("/sync/v1/pull"), await web.post("/sync/v1/push", content=push)]

    assert [answer.status_code for answer in asyncio.run(ask())] == [401, 401]
    assert hotline.stored("op_id") == []


def _oversized(push: dict[str, Any]) -> bytes:
    return json.dumps(push | {"app": "x" * (MOST_BYTES + 1)}).encode()


def _bomb(push: dict[str, Any]) -> bytes:
    return gzip.compress(_oversized(push))


def _million(push: dict[str, Any]) -> bytes:
    # A million of the smallest thing that could be an act.
    ops = b",".join([b"{}"] * 1_000_000)
    return json.dumps(push | {"ops": []}).encode().replace(b"[]", b"[" + ops + b"]")


def _too_many(push: dict[str, Any]) -> bytes:
    ops = [{**push["ops"][0], "seq": n, "op": str(n)} for n in range(1, MOST_OPERATIONS + 2)]
    return json.dumps(push | {"ops": ops}).encode()


def _deep(push: dict[str, Any]) -> bytes:
    text = json.dumps(push | {"app": "DEEP"}).encode()
    return text.replace(b'"DEEP"', b"[" * _DEEP + b"]" * _DEEP)


def _deep_body(push: dict[str, Any]) -> bytes:
    text = json.dumps({**push, "ops": [{**push["ops"][0], "body": {"a": "DEEP"}}]}).encode()
    return text.replace(b'"DEEP"', b'{"a":' * _DEEP + b"1" + b"}" * _DEEP)


def _invalid_utf8(push: dict[str, Any]) -> bytes:
    return json.dumps(push).encode().replace(b'"x"', b'"\xff\xfe\xc3\x28"')


def _not_finite(push: dict[str, Any]) -> bytes:
    return json.dumps(push).encode().replace(b'"x"', b"NaN")


_BODIES: dict[str, tuple[Callable[[dict[str, Any]], bytes], str]] = {
    "oversized": (_oversized, ""),
    "a bomb": (_bomb, "gzip"),
    "a million changes": (_million, ""),
    "one change too many": (_too_many, ""),
    "deep": (_deep, ""),
    "deep in an act": (_deep_body, ""),
    "invalid UTF-8": (_invalid_utf8, ""),
    "not a number": (_not_finite, ""),
    "not packed as it says": (lambda push: json.dumps(push).encode(), "gzip"),
}


@pytest.mark.parametrize("kind", _BODIES)
def test_a_body_that_nobody_should_read(
    hotline: Hotline, victim: Case, thief: Workstation, kind: str
) -> None:
    spoil, packing = _BODIES[kind]
    before = len(hotline.stored("op_id"))
    push = thief.numbered(Case(thief).add()).model_copy(update={"app": "x"})
    body = spoil(push.model_dump(mode="json"))
    headers = {"Content_Encoding": packing} if packing else {}
    answer = asyncio.run(post(hotline, thief.token, body, **headers))
    assert 400 <= answer.status_code < 500 or _all_rejected(answer)
    applied = [op for op, outcome in hotline.stored("op_id", "outcome") if outcome == Outcome.APPLIED]
    assert len(applied) == before
    # Whoever comes next is served.
    assert isinstance(victim.at.send(victim.at.numbered(victim.finish())), Pushed)


def test_words_that_are_programs_elsewhere_are_words(hotline: Hotline, victim: Case) -> None:
    desk = victim.at
    for place, words in enumerate(_WORDS):
        hotline.clock.forward(1)
        desk.push(victim.draft(words, 2 + place))
        note = desk.pull_all().has(f"op:{desk.who}", "note", victim.note)
        assert note["body"]["values"] == {"complaint": words}
    for words in _WORDS:
        strange = Operation(words[:60], words[:60], words[:60], desk.who, ManualClock().now(), {words: words})
        assert [one.st for one in desk.push(strange).results] == [Outcome.REJECTED]
    check_database(hotline.engine)


def test_the_same_push_a_thousand_times(hotline: Hotline, victim: Case, thief: Workstation) -> None:
    push = thief.numbered(Case(thief).add())
    for _ in range(runs(50, 1000)):
        assert isinstance(thief.send(push), Pushed)
    before = len(hotline.stored("op_id"))
    assert isinstance(thief.send(push), Pushed)
    assert len(hotline.stored("op_id")) == before
    check_database(hotline.engine)


def _all_rejected(answer: httpx2.Response) -> bool:
    results = Pushed.model_validate_json(answer.content).results
    return {one.st for one in results} == {Outcome.REJECTED}


def _of_note(desk: Workstation, case: Case) -> list[Any]:
    feed = f"op:{desk.who}"
    keys = (("note", case.note), ("risk", case.risk), ("referral", case.referral))
    return [desk.has(feed, kind, entity) for kind, entity in keys]
