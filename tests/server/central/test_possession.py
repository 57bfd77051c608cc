"""A ticket is worth something only at the workstation it was given to, and as long as nobody is revoked."""

import asyncio
import json

import jwt
import pytest
from sqlalchemy import Engine

from models.operation import Outcome
from models.people.operator import Role
from models.people.proof import thumbprint
from models.wire.sync import Pushed
from server.central.people.revocations import RevocationList, read_revocations
from server.central.storage.accounts import State, change_state
from server.central.storage.workstations import revoke_workstation
from server.central.tickets import TicketRefused, sign_ticket
from tests.server.central.hotline import KEYS, Case, Hotline, Workstation
from tests.server.central.machine import Machine, enrolled, staffed
from tests.server.central.web import client

PULL = ("GET", "/sync/v1/pull")
PUSH = ("POST", "/sync/v1/push")


@pytest.fixture
def hotline(engine: Engine) -> Hotline:
    return staffed(Hotline(engine, enrolment=True), li=Role.OPERATOR, wang=Role.OPERATOR)


def test_the_ticket_names_the_key_of_the_workstation(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            claims = jwt.decode((await machine.signed_in()).ticket, options={"verify_signature": False})
            assert claims["cnf"] == {"jkt": thumbprint(machine.key.public)}
            assert claims["ws"] == machine.id

    asyncio.run(story())


def test_a_stolen_ticket_without_the_key_is_worth_nothing(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            ticket = (await machine.signed_in()).ticket
            assert (await machine.ask(*PULL, ticket)).status_code == 200
            for scheme in ("Bearer", "DPoP"):
                stolen = await web.get(PULL[1], headers={"Authorization": f"{scheme} {ticket}"})
                assert (stolen.status_code, stolen.json()["why"]) == (401, "use_dpop_nonce")
            thief = await enrolled(hotline, web)
            with_own_key = await thief.ask(*PULL, ticket)
            assert (with_own_key.status_code, with_own_key.json()["why"]) == (401, "ticket")

    asyncio.run(story())


def test_a_proof_is_good_for_its_own_request_and_ticket_only(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            ticket, other = (await machine.signed_in()).ticket, (await machine.signed_in("wang")).ticket
            await machine.ask(*PULL, ticket)
            for proof in (
                machine.proof(*PULL, other),
                machine.proof(*PULL),
                machine.proof("POST", PULL[1], ticket),
                machine.proof("GET", PUSH[1], ticket),
                "x.y.z",
            ):
                headers = {"Authorization": f"DPoP {ticket}", "DPoP": proof}
                answer = await web.get(PULL[1], headers=headers)
                assert (answer.status_code, answer.json()["why"]) == (401, "ticket")

    asyncio.run(story())


def test_a_ticket_that_is_bound_to_nothing_opens_nothing(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            token = sign_ticket(hotline.ticket(), KEYS.private)
            assert (await machine.ask(*PULL, token)).status_code == 401

    asyncio.run(story())


async def _push(machine: Machine, ticket: str, desk: Workstation, text: str) -> Pushed:
    case = Case(desk)
    push = desk.numbered(case.open(), case.draft(text, 1)).model_dump(mode="json")
    answer = await machine.ask(*PUSH, ticket, json=push)
    assert answer.status_code == 200, answer.text
    return Pushed.model_validate_json(answer.content)


@pytest.mark.parametrize("who", ["operator", "workstation"])
def test_a_revoked_one_may_only_hand_in_and_all_of_it_is_held(hotline: Hotline, who: str) -> None:
    desk = Workstation(hotline, hotline.ticket(name="li"))

    async def story() -> None:
        async with client(hotline) as web, client(hotline) as other_process:
            machine = await enrolled(hotline, web)
            signed_in = await machine.signed_in()
            before = await _push(machine, signed_in.ticket, desk, "在岗时写的")
            assert {one.st for one in before.results} == {Outcome.APPLIED}
            if who == "operator":
                assert change_state(hotline.engine, "li", State.DRAIN)
            else:
                assert revoke_workstation(hotline.engine, machine.id)
            hotline.clock.forward(1)
            for process in (web, other_process):
                at = machine.at(process)
                refused = await at.ask(*PULL, signed_in.ticket)
                assert (refused.status_code, refused.json()["why"]) == (403, "drain")
            after = await _push(machine, signed_in.ticket, desk, "最后几句")
            assert {one.st for one in after.results} == {Outcome.HELD}
            assert after.results[0].why == "drain"
            why = "drain" if who == "operator" else "workstation_revoked"
            for answer in (await machine.sign_in(), await machine.renew(signed_in.refresh)):
                assert (answer.status_code, answer.json()["why"]) == (403, why)

    asyncio.run(story())
    assert hotline.stored("outcome").count(("held",)) == 2


def test_a_pull_that_waits_is_told_too(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            ticket = (await machine.signed_in()).ticket
            page = (await machine.ask(*PULL, ticket)).json()
            params = {"wait": "25", "cursor": json.dumps(page["cursor"])}
            waiting = asyncio.create_task(machine.ask(*PULL, ticket, params=params))
            await web.get("/health")
            change_state(hotline.engine, "li", State.DRAIN)
            hotline.clock.forward(1)
            answer = await waiting
            assert (answer.status_code, answer.json()["why"]) == (403, "drain")

    asyncio.run(story())


def test_revoking_one_disturbs_nobody_else(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            mine, other = await machine.signed_in("wang"), await enrolled(hotline, web)
            assert change_state(hotline.engine, "li", State.DRAIN)
            assert not change_state(hotline.engine, "nobody", State.DRAIN)
            revoke_workstation(hotline.engine, other.id)
            hotline.clock.forward(1)
            assert (await machine.ask(*PULL, mine.ticket)).status_code == 200

    asyncio.run(story())


def test_a_wrong_password_does_not_learn_that_somebody_was_revoked(hotline: Hotline) -> None:
    async def story() -> None:
        change_state(hotline.engine, "li", State.DRAIN)
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            assert (await machine.sign_in(password="wrong words")).json()["why"] == "sign_in_refused"
            assert (await machine.sign_in()).json()["why"] == "drain"

    asyncio.run(story())


async def _enrolled(hotline: Hotline) -> str:
    async with client(hotline) as web:
        return (await enrolled(hotline, web)).id


async def _revocations(hotline: Hotline) -> tuple[str, RevocationList]:
    async with client(hotline) as web:
        token = (await web.get("/session/v1/revocations")).json()["revocations"]
    return token, read_revocations(token, (KEYS.public,))


def test_the_list_of_the_revoked_is_signed_and_names_them(hotline: Hotline) -> None:
    async def story() -> None:
        token, empty = await _revocations(hotline)
        machine = await _enrolled(hotline)
        assert not empty.names("li", machine)
        assert (empty.at, empty.keys) == (hotline.clock.now(), (KEYS.public,))
        change_state(hotline.engine, "li", State.DRAIN)
        revoke_workstation(hotline.engine, machine)
        hotline.clock.forward(1)
        _, told = await _revocations(hotline)
        assert told.names("li", "")
        assert told.names("wang", machine)
        assert not told.names("wang", "")
        with pytest.raises(TicketRefused):
            read_revocations(token[:-4] + "AAAA", (KEYS.public,))
        with pytest.raises(TicketRefused):
            read_revocations(sign_ticket(hotline.ticket(), KEYS.private), (KEYS.public,))

    asyncio.run(story())
