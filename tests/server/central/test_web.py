import asyncio
import gzip
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from models.sync.feeds import feeds_of
from models.wire.session import Refusal
from models.wire.sync import MOST_BYTES, Pulled, Pushed
from server.central.openapi import description
from tests.server.central.hotline import Case, Hotline
from tests.server.central.web import client, post

_DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture
def database(tmp_path: Path) -> str:
    """What is not about the database is tried over one kind of it."""
    return f"sqlite:///{tmp_path}/central.sqlite3"


def test_the_description_of_the_interface_is_current() -> None:
    kept = (_DOCS / "openapi.json").read_text(encoding="utf-8")
    assert kept == description(), "python -m server openapi > docs/openapi.json"


def test_push_and_pull_over_http(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    push = desk.numbered(case.add(), case.open())

    async def story() -> None:
        async with client(hotline, desk.token) as web:
            pushed = await web.post("/sync/v1/push", json=push.model_dump(mode="json"))
            assert [one.st for one in Pushed.model_validate_json(pushed.content).results] == ["applied"] * 2
            gap = await web.post(
                "/sync/v1/push",
                json=desk.numbered().model_dump(mode="json")
                | {"ops": [{**push.model_dump(mode="json")["ops"][0], "seq": 9, "op": "other"}]},
            )
            assert (gap.status_code, gap.json()["why"], gap.json()["expected"]) == (409, "gap", 3)
            first = Pulled.model_validate_json((await web.get("/sync/v1/pull", params={"limit": 1})).content)
            assert (len(first.items), first.more) == (1, True)
            params = {"cursor": json.dumps(first.cursor)}
            rest = Pulled.model_validate_json((await web.get("/sync/v1/pull", params=params)).content)
            assert (len(rest.items), rest.more) == (2, False)

    asyncio.run(story())


def test_a_waiting_pull_is_answered_by_a_push(hotline: Hotline) -> None:
    desk = hotline.seat()

    async def story() -> None:
        async with client(hotline, desk.token) as web:
            waiting = asyncio.create_task(web.get("/sync/v1/pull", params={"wait": 25}))
            push = desk.numbered(Case(desk).add()).model_dump(mode="json")
            await web.post("/sync/v1/push", json=push)
            page = Pulled.model_validate_json((await waiting).content)
            assert {item.t for item in page.items} == {"call", "line.caller"}

    asyncio.run(story())


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_without_a_good_ticket_nothing_is_served(hotline: Hotline, token: str) -> None:
    async def story() -> None:
        async with client(hotline, token) as web:
            for answer in (await web.get("/sync/v1/pull"), await web.post("/sync/v1/push", json={})):
                assert (answer.status_code, answer.json()["why"]) == (401, "ticket")

    asyncio.run(story())


def test_an_expired_ticket_and_one_of_practice_open_nothing(hotline: Hotline) -> None:
    desk = hotline.seat()
    practising = replace(desk, ticket=replace(desk.ticket, practice=True))

    async def story() -> None:
        async with client(hotline, practising.token) as web:
            assert (await web.get("/sync/v1/pull")).status_code == 403
        hotline.clock.forward(timedelta(hours=12).total_seconds())
        async with client(hotline, desk.token) as web:
            assert (await web.get("/sync/v1/pull")).status_code == 401

    asyncio.run(story())


def test_a_packed_push_is_unpacked(hotline: Hotline) -> None:
    desk = hotline.seat()
    body = desk.numbered(Case(desk).add()).model_dump_json().encode()
    answer = asyncio.run(post(hotline, desk.token, gzip.compress(body), content_encoding="gzip"))
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("body", "packing", "status", "why"),
    [
        (b" " * (MOST_BYTES + 1), "identity", 413, "too_large"),
        (gzip.compress(b" " * (MOST_BYTES + 1)), "gzip", 413, "too_large"),
        (gzip.compress(b"{}")[:-4], "gzip", 400, "malformed"),
        (b"not packed", "gzip", 400, "malformed"),
        (b"{}", "br", 415, "malformed"),
        (b'{"app": "\xff\xfe"}', "identity", 400, "malformed"),
        (b'{"app": "\xed\xa0\x80"}', "identity", 400, "malformed"),
        (b"[" * 100_000, "identity", 400, "malformed"),
        (b'["\\u0000",' + b"[" * 100_000, "identity", 400, "malformed"),
        (b'{"n": ' + b"9" * 5000 + b"}", "identity", 400, "malformed"),
        (b"", "identity", 400, "malformed"),
        (b'{"app": "x", "epoch": "short", "ops": []}', "identity", 400, "malformed"),
    ],
    ids=lambda value: str(value)[:16],
)
def test_what_cannot_be_read_is_turned_away(
    engine: Engine, body: bytes, packing: str, status: int, why: str
) -> None:
    hotline = Hotline(engine)
    desk = hotline.seat()
    answer = asyncio.run(post(hotline, desk.token, body, content_encoding=packing))
    assert (answer.status_code, Refusal.model_validate_json(answer.content).why) == (status, why)


def test_more_than_five_hundred_operations_are_turned_away(hotline: Hotline) -> None:
    desk = hotline.seat()
    one = desk.numbered(Case(desk).add()).model_dump(mode="json")
    one["ops"] *= 501
    answer = asyncio.run(post(hotline, desk.token, json.dumps(one).encode()))
    assert (answer.status_code, answer.json()["why"]) == (400, "malformed")


@pytest.mark.parametrize(
    "cursor", ["x", "[]", '{"a": "b"}', '{"a": -1}', '{"a": true}', "[" * 4000, '{"a": 99999999999}']
)
def test_a_cursor_that_is_none_is_turned_away(hotline: Hotline, cursor: str) -> None:
    async def story() -> None:
        async with client(hotline, hotline.seat().token) as web:
            answer = await web.get("/sync/v1/pull", params={"cursor": cursor})
            assert (answer.status_code, answer.json()["why"]) == (400, "malformed")

    asyncio.run(story())


def test_foreign_feeds_in_a_cursor_bring_nothing(hotline: Hotline) -> None:
    desk, other = hotline.seat(), hotline.seat()
    desk.push(Case(desk, number="").add())

    async def story() -> None:
        async with client(hotline, other.token) as web:
            params = {"cursor": json.dumps({f"op:{desk.who}": 0, f"shift:{hotline.site}": 0})}
            page = Pulled.model_validate_json((await web.get("/sync/v1/pull", params=params)).content)
            assert (page.items, set(page.cursor)) == ((), set(feeds_of(other.ticket.operator)))

    asyncio.run(story())


@pytest.mark.expects_log("the database does not answer")
def test_a_database_that_is_away_is_said_so(hotline: Hotline) -> None:
    desk = hotline.seat()

    async def story() -> None:
        async with client(hotline, desk.token) as web:
            assert (await web.get("/health")).status_code == 204
            assert (await web.get("/ready")).status_code == 204
            with hotline.engine.begin() as connection:
                connection.execute(text("DROP TABLE meta"))
            assert (await web.get("/ready")).status_code == 503
            assert (await web.get("/health")).status_code == 204
            assert (await web.get("/nowhere")).json()["why"] == "address"

    asyncio.run(story())
