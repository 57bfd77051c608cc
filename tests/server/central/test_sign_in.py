import asyncio
import base64
from dataclasses import replace
from datetime import timedelta

import jwt
import pytest

from models.people.operator import Operator, Role
from models.wire.session import Refusal, SignedIn, SignIn
from server.central.caller_secret import secret_of
from server.central.certificates import ticket_pair
from server.central.people.waiting import wait_after
from server.central.signing_in import add_operator
from server.central.tickets import TicketRefused, sign_ticket, verify_ticket
from tests.server.central.hotline import KEYS, Hotline
from tests.server.central.web import client

GOOD = "correct horse"


@pytest.fixture
def open_hotline(hotline: Hotline) -> Hotline:
    for name, role in (("li", Role.OPERATOR), ("wang", Role.ADMINISTRATOR)):
        assert add_operator(hotline.engine, Operator(name, "李", "T1", hotline.site, (role,)), GOOD)
    return hotline


def _try(hotline: Hotline, password: str, name: str = "li", device: str = "d1") -> SignedIn | Refusal:
    asked = SignIn(operator=name, password=password, seat="8001", device=device)
    return hotline.desks.sign_in.sign_in(asked)


def test_a_password_gives_a_ticket_for_twelve_hours(open_hotline: Hotline) -> None:
    hotline = open_hotline
    answer = _try(hotline, GOOD)
    assert isinstance(answer, SignedIn)
    ticket = hotline.desks.ticket_of(answer.ticket)
    assert ticket.operator == Operator("li", "李", "T1", hotline.site, (Role.OPERATOR,))
    assert (ticket.seat, ticket.practice) == ("8001", False)
    assert answer.until == ticket.expires_at == hotline.clock.now() + timedelta(hours=12)
    secret = secret_of(hotline.desks.identity.caller_secret, hotline.site)
    assert base64.b64decode(answer.caller_secret) == secret
    claims = jwt.decode(answer.ticket, options={"verify_signature": False})
    assert claims["iss"] == "xinqiao"
    assert set(claims) == {"iss", "sub", "name", "title", "site", "roles", "seat", "iat", "exp", "practice"}


def test_who_has_no_clinical_feed_gets_no_key_of_caller_cards(open_hotline: Hotline) -> None:
    answer = _try(open_hotline, GOOD, "wang")
    assert isinstance(answer, SignedIn)
    assert answer.caller_secret == ""


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(open_hotline: Hotline) -> None:
    assert _try(open_hotline, "wrong") == _try(open_hotline, GOOD, "nobody") == Refusal(why="sign_in_refused")


def test_an_account_is_not_overwritten(open_hotline: Hotline) -> None:
    assert not add_operator(open_hotline.engine, Operator("li", "x", "", "x", (Role.LEAD,)), "other words")
    assert isinstance(_try(open_hotline, GOOD), SignedIn)


def test_after_five_failures_the_wait_grows_to_a_minute(open_hotline: Hotline) -> None:
    hotline = open_hotline
    assert [wait_after(n) for n in range(1, 12)] == [0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60]
    for _ in range(5):
        answer = _try(hotline, "wrong")
    assert answer == Refusal(why="sign_in_refused", wait_seconds=2)
    assert _try(hotline, GOOD) == Refusal(why="sign_in_refused", wait_seconds=2)
    assert isinstance(_try(hotline, GOOD, device="d2"), SignedIn)
    hotline.clock.forward(2)
    assert _try(hotline, "wrong") == Refusal(why="sign_in_refused", wait_seconds=4)
    hotline.clock.forward(4)
    assert isinstance(_try(hotline, GOOD), SignedIn)
    assert _try(hotline, "wrong") == Refusal(why="sign_in_refused", wait_seconds=0)


def test_an_unknown_name_waits_alike(open_hotline: Hotline) -> None:
    answers = [[_try(open_hotline, "wrong", name) for _ in range(6)] for name in ("li", "nobody")]
    assert answers[0] == answers[1]


def test_tickets_of_others_altered_or_unsigned_are_refused(hotline: Hotline) -> None:
    ticket = hotline.ticket()
    now = hotline.clock.now()
    good = sign_ticket(ticket, KEYS.private)
    assert verify_ticket(good, KEYS.public, now).operator == ticket.operator
    head, _, signature = good.split(".")
    other = sign_ticket(replace(ticket, operator=replace(ticket.operator, id="other")), KEYS.private)
    claims = jwt.decode(good, options={"verify_signature": False})
    forged = [
        sign_ticket(ticket, ticket_pair().private),
        f"{head}.{other.split('.')[1]}.{signature}",
        jwt.encode(claims, "", algorithm="none"),
        jwt.encode(claims, KEYS.public.hex(), algorithm="HS256"),
        jwt.encode(claims | {"iss": "other"}, KEYS.private, algorithm="EdDSA"),
        jwt.encode(claims | {"roles": ["KING"]}, KEYS.private, algorithm="EdDSA"),
        jwt.encode({"iss": "xinqiao", "sub": "x"}, KEYS.private, algorithm="EdDSA"),
    ]
    for token in forged:
        with pytest.raises(TicketRefused):
            verify_ticket(token, KEYS.public, now)


def test_a_ticket_ends_but_for_the_grace(hotline: Hotline) -> None:
    ticket = hotline.ticket()
    token = sign_ticket(ticket, KEYS.private)
    with pytest.raises(TicketRefused):
        verify_ticket(token, KEYS.public, ticket.expires_at)
    later = ticket.expires_at + timedelta(hours=23)
    assert verify_ticket(token, KEYS.public, later, timedelta(hours=24)).operator == ticket.operator


def test_a_crowd_that_signs_in_over_http_gets_answers(open_hotline: Hotline) -> None:
    asked = {"operator": "li", "password": GOOD, "seat": "8001", "device": "d1"}
    wrong = asked | {"password": "wrong", "device": "d2"}

    async def story() -> None:
        async with client(open_hotline) as web:
            crowd = [web.post("/session/v1/sign-in", json=one) for one in (asked, wrong) * 4]
            answers = await asyncio.gather(*crowd)
        assert [answer.status_code for answer in answers] == [200, 401] * 4
        assert {answer.json()["why"] for answer in answers[1::2]} == {"sign_in_refused"}
        assert "wrong" not in "".join(answer.text for answer in answers)

    asyncio.run(story())
