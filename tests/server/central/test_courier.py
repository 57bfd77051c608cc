"""What lies unsent at a workstation reaches the server without its author, and nobody reads it on the way."""

import asyncio
import base64
import gzip
import json
import os
from typing import Any

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from sqlalchemy import Engine

from models.operation import Outcome
from models.people.operator import Role
from models.wire.courier import MOST_CARRIED, Courier
from models.wire.sync import MOST_BYTES, Push, PushedOperation
from server.central.storage.accounts import State, change_state
from server.central.storage.workstations import revoke_workstation
from tests.server.central.hotline import HOTLINE_KEYS, Case, Hotline, Workstation
from tests.server.central.machine import Machine, enrolled, staffed
from tests.server.central.web import client

PATH = "/courier/v1/push"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@pytest.fixture
def hotline(engine: Engine) -> Hotline:
    return staffed(Hotline(engine, enrolment=True), li=Role.OPERATOR, wang=Role.OPERATOR)


def _sealed(plain: bytes, info: bytes = b"xinqiao courier 1") -> bytes:
    key = X25519PublicKey.from_public_bytes(HOTLINE_KEYS.courier_public)
    return _SUITE.encrypt(plain, key, info)


def _packed(push: Push, operator: str = "li") -> bytes:
    courier = Courier(operator=operator, epoch=push.epoch, ops=push.ops)
    return gzip.compress(courier.model_dump_json().encode())


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


async def _send(machine: Machine, content: bytes, **other: Any) -> httpx2.Response:
    signature = _text(machine.secret.sign(content))
    body = {"workstation": machine.id, "sealed": _text(content), "signature": signature, **other}
    return await machine.web.post(PATH, json=body)


def _desk(hotline: Hotline, name: str = "li") -> Workstation:
    return Workstation(hotline, hotline.ticket(name=name))


def test_a_courier_is_pushed_as_its_author_and_only_ids_come_back(hotline: Hotline) -> None:
    desk = _desk(hotline)
    case = Case(desk)
    push = desk.numbered(case.add(), case.open(), case.draft("她说今晚不想活了", 1))

    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            await machine.signed_in()
            for _ in range(2):
                answer = await _send(machine, _sealed(_packed(push)))
                assert answer.status_code == 200, answer.text
                assert answer.json() == {"ops": [one.op for one in push.ops]}
            assert {one.outcome for one in _stored(hotline)} == {Outcome.APPLIED}
            # Then the author is back and sends the same again, and goes on.
            again = desk.send(push)
            assert {one.dup for one in getattr(again, "results", ())} == {True}
            desk.push(case.draft("她说今晚不想活了。已转介。", 2))
            pulled = desk.pull_all()
            assert pulled.has("op:li", "note", case.note)["body"]["values"]["complaint"].endswith("已转介。")

    asyncio.run(story())


class _Kept:
    def __init__(self, outcome: str, why: str) -> None:
        self.outcome = outcome
        self.why = why


def _stored(hotline: Hotline) -> list[_Kept]:
    return [_Kept(*row) for row in hotline.stored("outcome", "why")]


def test_a_courier_of_more_than_one_push_is_taken_whole(hotline: Hotline) -> None:
    desk = _desk(hotline)
    push = desk.numbered(*(Case(desk, number="").add() for _ in range(3)))
    ops = [one.model_copy(update={"seq": n, "op": f"op{n}"}) for n, one in enumerate(push.ops * 200, 1)]

    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            await machine.signed_in()
            courier = Courier(operator="li", epoch=push.epoch, ops=tuple(ops))
            answer = await _send(machine, _sealed(gzip.compress(courier.model_dump_json().encode())))
            assert answer.json() == {"ops": [f"op{n}" for n in range(1, 601)]}

    asyncio.run(story())


@pytest.mark.parametrize("who", ["operator", "workstation"])
def test_what_a_revoked_one_left_is_taken_and_held(hotline: Hotline, who: str) -> None:
    desk = _desk(hotline)
    push = desk.numbered(Case(desk).open())

    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            await machine.signed_in()
            if who == "operator":
                change_state(hotline.engine, "li", State.DRAIN)
            else:
                revoke_workstation(hotline.engine, machine.id)
            assert (await _send(machine, _sealed(_packed(push)))).status_code == 200
            assert [(one.outcome, one.why) for one in _stored(hotline)] == [(Outcome.HELD, "drain")]

    asyncio.run(story())


def test_only_who_signed_in_here_can_have_left_anything_here(hotline: Hotline) -> None:
    desk = _desk(hotline, "wang")
    push = desk.numbered(Case(desk).open())

    async def story() -> None:
        async with client(hotline) as web:
            machine, other = await enrolled(hotline, web), await enrolled(hotline, web)
            await machine.signed_in("li")
            await other.signed_in("wang")
            for operator in ("wang", "nobody"):
                answer = await _send(machine, _sealed(_packed(push, operator)))
                assert (answer.status_code, answer.json()["why"]) == (403, "courier")
            # As somebody else: what wang wrote is not li's.
            answer = await _send(machine, _sealed(_packed(push, "li")))
            assert answer.status_code == 200
            assert [(one.outcome, one.why) for one in _stored(hotline)] == [(Outcome.REJECTED, "actor")]

    asyncio.run(story())


@pytest.mark.parametrize(
    ("more", "status", "why"), [(1, 413, "too_large"), (-MOST_CARRIED, 400, "malformed")]
)
def test_a_courier_with_too_many_acts_or_none_is_refused_and_says_so(
    hotline: Hotline, more: int, status: int, why: str
) -> None:
    desk = _desk(hotline)
    add = Case(desk).add()
    ops = [PushedOperation.of(seq, add).model_dump(mode="json") for seq in range(1, MOST_CARRIED + more + 1)]
    plain = {"operator": "li", "epoch": desk.epoch, "ops": ops}

    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            await machine.signed_in()
            answer = await _send(machine, _sealed(gzip.compress(json.dumps(plain).encode())))
            assert (answer.status_code, answer.json()["why"]) == (status, why)
            assert _stored(hotline) == []

    asyncio.run(story())


def test_a_gap_is_told_and_nothing_is_taken(hotline: Hotline) -> None:
    desk = _desk(hotline)
    desk.seq = 4
    push = desk.numbered(Case(desk).open())

    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            await machine.signed_in()
            answer = await _send(machine, _sealed(_packed(push)))
            told = answer.json()
            assert (answer.status_code, told["why"], told["expected"]) == (409, "gap", 1)
            assert _stored(hotline) == []

    asyncio.run(story())


def test_garbage_and_forgeries_are_refused_and_nothing_breaks(hotline: Hotline) -> None:
    desk = _desk(hotline)
    good = _sealed(_packed(desk.numbered(Case(desk).open())))
    bomb = gzip.compress(b" " * (MOST_BYTES + 1))
    cases: list[tuple[bytes, dict[str, Any], int]] = [
        (good, {"workstation": "nobody"}, 403),
        (good, {"signature": _text(b"x" * 64)}, 403),
        (good, {"signature": "AAAA"}, 403),
        (good, {"signature": "é"}, 400),
        (good, {"signature": ""}, 403),
        (good, {"sealed": _text(good[:-1] + bytes([good[-1] ^ 1]))}, 403),
        (good, {"sealed": "not base64!"}, 400),
        (good[:-1] + bytes([good[-1] ^ 1]), {}, 400),
        (b"", {}, 400),
        (os.urandom(16), {}, 400),
        (os.urandom(500), {}, 400),
        (_sealed(b"{}", b"xinqiao courier 2"), {}, 400),
        (_sealed(b"not packed"), {}, 400),
        (_sealed(gzip.compress(b"{}")[:-4]), {}, 400),
        (_sealed(gzip.compress(b"{}")), {}, 400),
        (_sealed(gzip.compress(b"\xff\xfe")), {}, 400),
        (_sealed(gzip.compress(b"[" * 100_000)), {}, 400),
        (
            _sealed(gzip.compress(b'{"operator": "\\u0000", "ops": [' + b"[" * 9999)),
            {},
            400,
        ),
        (_sealed(bomb), {}, 413),
    ]

    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            await machine.signed_in()
            for n, (content, other, status) in enumerate(cases):
                answer = await _send(machine, content, **other)
                assert (n, answer.status_code) == (n, status)
            huge = await web.post(PATH, content=b" " * (MOST_BYTES + 1))
            assert huge.status_code == 413
            assert _stored(hotline) == []
            assert (await _send(machine, good)).status_code == 200

    asyncio.run(story())


def test_what_cannot_be_stored_is_made_storable(hotline: Hotline) -> None:
    desk = _desk(hotline)
    case = Case(desk)
    push = desk.numbered(case.open(), case.draft("一\x00二", 1))

    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            await machine.signed_in()
            assert (await _send(machine, _sealed(_packed(push)))).status_code == 200
            note = desk.pull_all().has("op:li", "note", case.note)
            assert note["body"]["values"]["complaint"] == "一\ufffd二"

    asyncio.run(story())
