"""Going on without the password, changing it, the second factor, and waits that a lead can lift."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import Engine, text

from models.people.operator import Role
from models.wire.session import SignedIn
from server.central.people.second_factor import (
    SecondFactorBroken,
    new_secret,
    seal,
    step_of,
    telephone_address,
    unseal,
)
from server.central.signing_in import set_password
from server.central.storage.accounts import change_second_factor
from tests.server.central.hotline import HOTLINE_KEYS, Hotline
from tests.server.central.machine import Machine, enrolled, staffed
from tests.server.central.web import client


@pytest.fixture
def hotline(engine: Engine) -> Hotline:
    hotline = Hotline(engine, enrolment=True)
    return staffed(hotline, li=Role.OPERATOR, zhao=Role.LEAD)


async def _renewed(machine: Machine, refresh: str) -> SignedIn:
    answer = await machine.renew(refresh)
    assert answer.status_code == 200, answer.text
    return SignedIn.model_validate_json(answer.content)


def test_a_refresh_token_brings_the_next_ticket_and_token(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            first = await machine.signed_in()
            hotline.clock.forward(11 * 3600)
            second = await _renewed(machine, first.refresh)
            assert second.until > first.until
            assert second.refresh != first.refresh
            assert (second.operator, second.caller_secret) == ("li", first.caller_secret)
            answer = await machine.ask("GET", "/sync/v1/pull", second.ticket)
            assert answer.status_code == 200

    asyncio.run(story())


def test_no_token_is_in_the_database(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            signed_in = await (await enrolled(hotline, web)).signed_in()
        with hotline.engine.connect() as connection:
            kept = connection.execute(text("SELECT * FROM refresh_token")).all()
        assert len(kept) == 1
        assert signed_in.refresh not in str(kept)

    asyncio.run(story())


def test_a_lost_answer_costs_nothing_for_a_minute(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web, client(hotline) as other_process:
            machine = await enrolled(hotline, web)
            first = (await machine.signed_in()).refresh
            await _renewed(machine, first)
            hotline.clock.forward(60)
            again = await _renewed(machine.at(other_process), first)
            third = await _renewed(machine, again.refresh)
            assert (await machine.renew(first)).status_code == 401
            assert (await machine.renew(third.refresh)).status_code == 401

    asyncio.run(story())


def test_an_old_token_after_its_minute_ends_the_whole_family(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            first = (await machine.signed_in()).refresh
            second = (await _renewed(machine, first)).refresh
            hotline.clock.forward(61)
            for token in (first, second):
                answer = await machine.renew(token)
                assert (answer.status_code, answer.json()["why"]) == (401, "refresh")

    asyncio.run(story())


def test_a_token_of_another_workstation_is_worth_nothing_there(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine, thief = await enrolled(hotline, web), await enrolled(hotline, web)
            token = (await machine.signed_in()).refresh
            assert (await thief.renew(token)).status_code == 401
            assert (await machine.renew(token)).status_code == 401

    asyncio.run(story())


@pytest.mark.parametrize("token", ["x", "A" * 43, "A" * 512])
def test_what_is_no_token_is_refused(hotline: Hotline, token: str) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            answer = await (await enrolled(hotline, web)).renew(token)
            assert (answer.status_code, answer.json()["why"]) == (401, "refresh")

    asyncio.run(story())


def test_a_token_ends_with_the_days_off_line(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            signed_in = await machine.signed_in()
            assert signed_in.offline_days == 7
            hotline.clock.forward(7 * 86400 + 1)
            assert (await machine.renew(signed_in.refresh)).status_code == 401

    asyncio.run(story())


def test_two_processes_that_renew_at_once_agree(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as one, client(hotline) as other:
            machine = await enrolled(hotline, one)
            token = (await machine.signed_in()).refresh
            at_other = machine.at(other)
            answers = await asyncio.gather(*(at.renew(token) for at in (machine, at_other) * 3))
            assert {answer.status_code for answer in answers} == {200}
            tokens = [answer.json()["refresh"] for answer in answers]
            assert len(set(tokens)) == 6
            assert (await machine.renew(tokens[3])).status_code == 200
            assert (await at_other.renew(tokens[1])).status_code == 401

    asyncio.run(story())


async def _change(machine: Machine, password: str, new: str) -> int:
    body = {"operator": "li", "password": password, "new": new}
    return (await machine.ask("POST", "/session/v1/password", json=body)).status_code


def test_a_changed_password_ends_what_was_begun_elsewhere(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            here, elsewhere = await enrolled(hotline, web), await enrolled(hotline, web)
            mine, other = await here.signed_in(), await elsewhere.signed_in()
            assert await _change(here, "wrong words", "battery staple") == 401
            assert await _change(here, "correct horse", "short") == 400
            assert await _change(here, "correct horse", "battery staple") == 204
            assert (await here.renew(mine.refresh)).status_code == 200
            assert (await elsewhere.renew(other.refresh)).status_code == 401
            assert (await elsewhere.sign_in()).status_code == 401
            assert (await elsewhere.sign_in(password="battery staple")).status_code == 200

    asyncio.run(story())


def test_a_password_that_was_set_anew_ends_everything(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            signed_in = await machine.signed_in()
            for _ in range(5):
                await machine.sign_in(password="wrong words")
            assert set_password(hotline.engine, "li", "battery staple")
            assert not set_password(hotline.engine, "nobody", "battery staple")
            assert (await machine.renew(signed_in.refresh)).status_code == 401
            assert (await machine.sign_in(password="battery staple")).status_code == 200

    asyncio.run(story())


def test_a_wait_is_that_of_one_workstation_and_a_lead_lifts_it(hotline: Hotline) -> None:
    async def story() -> None:
        async with client(hotline) as web, client(hotline) as restarted:
            machine, other = await enrolled(hotline, web), await enrolled(hotline, web)
            for device in "abcde":
                answer = await machine.sign_in(password="wrong words", device=device)
            assert answer.json()["wait_seconds"] == 2
            assert (await machine.at(restarted).sign_in()).status_code == 401
            operator, lead = await other.signed_in(), await other.signed_in("zhao")
            lift = ("POST", "/session/v1/lift")
            body = {"operator": "li"}
            refused = await other.ask(*lift, operator.ticket, json=body)
            assert (refused.status_code, refused.json()["why"]) == (403, "role")
            assert (await machine.sign_in()).status_code == 401
            assert (await other.ask(*lift, lead.ticket, json=body)).status_code == 204
            assert (await machine.sign_in()).status_code == 200
            assert (await other.ask(*lift, lead.ticket, json={"operator": "nobody"})).status_code == 204

    asyncio.run(story())


def test_a_lead_of_another_site_lifts_nothing(hotline: Hotline) -> None:
    elsewhere = hotline.ticket(Role.LEAD, site="elsewhere").operator
    assert not hotline.desks.sign_in.lift(elsewhere, "li")
    assert hotline.desks.sign_in.lift(replace(elsewhere, site=hotline.site), "li")


@pytest.fixture
def telephone(hotline: Hotline) -> Callable[[int], str]:
    """The codes that the lead's telephone shows, so many seconds from now; leads need them here."""
    settings = replace(hotline.settings, second_factor=frozenset({Role.LEAD}))
    hotline.settings = settings
    secret = new_secret()
    assert change_second_factor(hotline.engine, "zhao", seal(HOTLINE_KEYS.second_factor, "zhao", secret))

    def code(seconds: int = 0) -> str:
        moment = hotline.clock.now().timestamp() + seconds
        return TOTP(secret, 6, SHA1(), 30).generate(moment).decode()

    return code


def test_a_lead_needs_a_code_of_which_each_is_good_once(
    hotline: Hotline, telephone: Callable[[int], str]
) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            bare = await machine.sign_in("zhao")
            assert (bare.status_code, bare.json()["why"]) == (401, "code_wanted")
            assert (await machine.sign_in("zhao", code="000000")).json()["why"] == "sign_in_refused"
            code = telephone(0)
            assert (await machine.sign_in("zhao", code=code)).status_code == 200
            assert (await machine.sign_in("zhao", code=code)).json()["why"] == "sign_in_refused"
            assert (await machine.sign_in("zhao", code=telephone(30))).status_code == 200
            assert (await machine.sign_in("zhao", code=code)).status_code == 401
            hotline.clock.forward(300)
            assert (await machine.sign_in("zhao", code=telephone(-90))).status_code == 401
            assert (await machine.sign_in("zhao", code=telephone(0))).status_code == 200
            assert (await machine.sign_in("li")).status_code == 200

    asyncio.run(story())


def test_a_wrong_password_never_learns_whether_a_code_is_wanted(
    hotline: Hotline, telephone: Callable[[int], str]
) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            for code in ("", telephone(0)):
                answer = await machine.sign_in("zhao", "wrong words", code=code)
                assert answer.json()["why"] == "sign_in_refused"

    asyncio.run(story())


def test_asking_for_the_code_in_between_makes_guessing_no_cheaper(
    hotline: Hotline, telephone: Callable[[int], str]
) -> None:
    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            for _ in range(4):
                assert (await machine.sign_in("zhao", code="000000")).json()["wait_seconds"] == 0
                assert (await machine.sign_in("zhao")).json() == {"why": "code_wanted", "wait_seconds": 0}
            assert (await machine.sign_in("zhao", code="000000")).json()["wait_seconds"] == 2
            waiting = await machine.sign_in("zhao", code=telephone(0))
            assert (waiting.status_code, waiting.json()["wait_seconds"]) == (401, 2)

    asyncio.run(story())


def test_a_lead_without_a_second_factor_is_not_let_in(
    hotline: Hotline, telephone: Callable[[int], str]
) -> None:
    change_second_factor(hotline.engine, "zhao", "")

    async def story() -> None:
        async with client(hotline) as web:
            machine = await enrolled(hotline, web)
            assert (await machine.sign_in("zhao")).json()["why"] == "code_wanted"
            assert (await machine.sign_in("zhao", code=telephone(0))).json()["why"] == "sign_in_refused"

    asyncio.run(story())


@pytest.mark.expects_log("second factor of 'zhao' cannot be opened")
def test_a_second_factor_that_cannot_be_opened_lets_nobody_in(
    hotline: Hotline, telephone: Callable[[int], str]
) -> None:
    change_second_factor(hotline.engine, "zhao", seal(bytes(32), "zhao", new_secret()))

    async def story() -> None:
        async with client(hotline) as web:
            answer = await (await enrolled(hotline, web)).sign_in("zhao", code=telephone(0))
            assert (answer.status_code, answer.json()["why"]) == (401, "sign_in_refused")

    asyncio.run(story())


def test_the_secret_is_sealed_for_its_operator(hotline: Hotline) -> None:
    key, secret = HOTLINE_KEYS.second_factor, new_secret()
    sealed = seal(key, "zhao", secret)
    assert unseal(key, "zhao", sealed) == secret
    for other_key, operator, kept in ((bytes(32), "zhao", sealed), (key, "li", sealed), (key, "zhao", "x")):
        with pytest.raises(SecondFactorBroken):
            unseal(other_key, operator, kept)


def test_the_address_is_what_a_telephone_reads(hotline: Hotline) -> None:
    address = urlsplit(telephone_address("zhao", b"12345678901234567890"))
    fields = parse_qs(address.query)
    assert (address.scheme, address.netloc, address.path) == ("otpauth", "totp", "/Xinqiao:zhao")
    assert fields["secret"] == ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"]
    assert (fields["period"], fields["digits"]) == (["30"], ["6"])


def test_codes_are_those_of_the_standard(hotline: Hotline) -> None:
    # RFC 6238, appendix B, the last six digits.
    secret = b"12345678901234567890"
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        moment = datetime.fromtimestamp(seconds, UTC)
        assert step_of(secret, code, moment) == seconds // 30
        assert step_of(secret, code[::-1], moment) is None
