"""Workstations become the hotline's by a one-time code, and only they may sign in."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.verification import PolicyBuilder, Store
from sqlalchemy import Engine, text

from models.people.operator import Role
from models.wire.session import Enrolled
from server.central.people.enrolment import CODE_LIFETIME, make_code
from server.central.storage.accounts import State
from server.central.storage.workstations import all_workstations, revoke_workstation
from tests.server.central.hotline import HOTLINE_KEYS, Hotline
from tests.server.central.machine import PASSWORD, Machine, enrolled, staffed
from tests.server.central.web import client


@pytest.fixture
def hotline(engine: Engine) -> Hotline:
    """A real hotline: workstations must be enrolled."""
    return staffed(Hotline(engine, enrolment=True), li=Role.OPERATOR)


def _code(hotline: Hotline) -> str:
    return make_code(hotline.engine, hotline.clock, "一号机")


def test_a_code_makes_a_workstation_with_a_certificate_of_the_own_authority(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = Machine(web)
            answer = Enrolled.model_validate_json((await machine.enrol(_code(hotline))).content)
        leaf = x509.load_pem_x509_certificate(answer.certificate.encode())
        issuer, root = x509.load_pem_x509_certificates(answer.authority.encode())
        assert leaf.public_key() == machine.secret.public_key()
        verifier = PolicyBuilder().store(Store([root])).time(hotline.clock.now().replace(tzinfo=None))
        verified = verifier.build_client_verifier().verify(leaf, [issuer])
        assert len(verified.chain) == 3
        assert leaf.subject.rfc4514_string() == f"CN={answer.workstation}"
        assert answer.receipt_key == HOTLINE_KEYS.receipts.public.decode()
        assert len(answer.courier_key) == 44

    asyncio.run(story())


def test_the_code_is_kept_as_a_hash_and_the_name_is_that_of_the_code(hotline: Hotline) -> None:
    code = _code(hotline)
    with hotline.engine.connect() as connection:
        kept = connection.execute(text("SELECT * FROM enrolment_code")).all()
    assert not [row for row in kept if code in str(row) or code.replace("-", "") in str(row)]

    async def story() -> None:
        async with client(hotline) as web:
            await Machine(web).enrol(code, "别的名字")

    asyncio.run(story())
    assert [(one.name, one.state) for one in all_workstations(hotline.engine)] == [("一号机", State.ACTIVE)]


def test_a_code_is_good_once_and_a_lost_answer_costs_nothing(hotline: Hotline) -> None:
    async def story() -> None:
        code = _code(hotline)
        async with client(hotline) as web:
            machine, thief = Machine(web), Machine(web)
            first = await machine.enrol(code)
            again = await machine.enrol(f" {code.lower().replace('-', '')} ")
            assert again.json() == first.json()
            stolen = await thief.enrol(code)
            assert (stolen.status_code, stolen.json()["why"]) == (403, "enrolment")
        assert len(all_workstations(hotline.engine)) == 1

    asyncio.run(story())


def test_a_code_is_over_after_a_day(hotline: Hotline) -> None:
    async def story() -> None:
        code = _code(hotline)
        hotline.clock.forward(CODE_LIFETIME.total_seconds() + 1)
        async with client(hotline) as web:
            assert (await Machine(web).enrol(code)).status_code == 403

    asyncio.run(story())


def test_two_that_use_one_code_at_once_do_not_both_get_in(hotline: Hotline) -> None:
    async def story() -> None:
        code = _code(hotline)
        async with client(hotline) as one, client(hotline) as other:
            machines = [Machine(one), Machine(other)]
            answers = await asyncio.gather(*(machine.enrol(code) for machine in machines))
        assert sorted(answer.status_code for answer in answers) == [200, 403]

    asyncio.run(story())


def test_guessing_codes_meets_a_growing_wait(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            guesses = [await Machine(web).enrol(f"guess-{n}") for n in range(6)]
            assert [guess.json()["wait_seconds"] for guess in guesses] == [0, 0, 0, 0, 2, 2]
            right = _code(hotline)
            early = await Machine(web).enrol(right)
            assert (early.status_code, early.headers["Retry-After"]) == (403, "2")
            hotline.clock.forward(2)
            assert (await Machine(web).enrol(right)).status_code == 200

    asyncio.run(story())


@pytest.mark.parametrize("key", ["", "no key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"])
def test_what_is_no_key_is_malformed(hotline: Hotline, key: str) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            body = {"code": _code(hotline), "name": "x", "key": key}
            answer = await web.post("/session/v1/enrol", json=body)
            assert (answer.status_code, answer.json()["why"]) == (400, "malformed")

    asyncio.run(story())


def test_a_revoked_key_does_not_come_back_with_a_new_code(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            assert revoke_workstation(hotline.engine, machine.id)
            assert (await machine.enrol(_code(hotline))).status_code == 403
            assert not revoke_workstation(hotline.engine, "nobody")

    asyncio.run(story())


def test_a_sign_in_needs_an_enrolled_workstation(hotline: Hotline) -> None:
    asked = {"operator": "li", "password": PASSWORD, "seat": "8001"}

    async def why(answer: httpx2.Response) -> tuple[int, str]:
        return answer.status_code, answer.json()["why"]

    async def story() -> None:
        async with client(hotline) as web:
            bare = await web.post("/session/v1/sign-in", json=asked)
            assert await why(bare) == (401, "use_dpop_nonce")
            assert bare.headers["DPoP-Nonce"]
            stranger = await Machine(web).sign_in()
            assert await why(stranger) == (403, "enrolment")
            machine = await enrolled(hotline, web)
            assert (await machine.sign_in()).status_code == 200
            revoke_workstation(hotline.engine, machine.id)
            assert await why(await machine.sign_in()) == (403, "workstation_revoked")

    asyncio.run(story())


def test_the_proof_of_another_request_or_key_signs_nobody_in(hotline: Hotline) -> None:
    asked = {"operator": "li", "password": PASSWORD, "seat": "8001"}
    path = "/session/v1/sign-in"

    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            await machine.sign_in()
            good = machine.proof("POST", path)
            head, _, signature = good.split(".")
            forged: list[Any] = [
                machine.proof("POST", "/session/v1/renew"),
                machine.proof("GET", path),
                f"{head}.{machine.proof('POST', path).split('.')[1]}.{signature}",
                good[:-4] + "AAAA",
                "x.y.z",
            ]
            for proof in forged:
                answer = await web.post(path, json=asked, headers={"DPoP": proof})
                assert (answer.status_code, answer.json()["why"]) == (401, "enrolment")
            assert (await web.post(path, json=asked, headers={"DPoP": good})).status_code == 200

    asyncio.run(story())


def test_a_nonce_is_good_for_minutes_at_every_process(hotline: Hotline) -> None:
    asked = {"operator": "li", "password": PASSWORD, "seat": "8001"}
    path = "/session/v1/sign-in"

    async def story() -> None:
        async with client(hotline) as web, client(hotline) as other:
            machine = await enrolled(hotline, web)
            await machine.sign_in()
            for forward, status in ((200, 200), (101, 401)):
                hotline.clock.forward(forward)
                answer = await other.post(path, json=asked, headers={"DPoP": machine.proof("POST", path)})
                assert answer.status_code == status
            assert answer.json()["why"] == "use_dpop_nonce"
            for made_up in ("", "x", "é", "A" * 32, "A" * 200):
                proof = machine.proof("POST", path, nonce=made_up)
                answer = await web.post(path, json=asked, headers={"DPoP": proof})
                assert answer.json()["why"] == "use_dpop_nonce"

    asyncio.run(story())


def test_a_nonce_of_the_future_is_none(hotline: Hotline) -> None:
    nonces, now = hotline.desks.nonces, hotline.clock.now()
    assert nonces.is_good(nonces.make(now + timedelta(seconds=30)), now)
    assert not nonces.is_good(nonces.make(now + timedelta(hours=1)), now)


def test_practice_asks_for_no_workstation_but_knows_one(engine: Engine) -> None:
    hotline = staffed(Hotline(engine, practice=True), li=Role.OPERATOR)
    asked = {"operator": "li", "password": PASSWORD, "seat": "8001"}

    async def story() -> None:
        async with client(hotline) as web:
            assert (await web.post("/session/v1/sign-in", json=asked)).status_code == 200
            assert (await Machine(web, Ed25519PrivateKey.generate()).sign_in()).status_code == 403

    asyncio.run(story())
