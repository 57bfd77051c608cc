"""What is asked of the server at signing in: written without the messages, read by them."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import httpx2
from hypothesis import given
from hypothesis import strategies as st

from console.session.endpoint import endpoint
from console.sync.accounts import Accounts, Wish
from console.sync.api import ServerApi, TurnedAway
from models.wire.session import Renew, SignIn

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=32)


class Listening(httpx2.AsyncBaseTransport):
    """Keeps what is asked, and refuses."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.heard.append(await request.aread())
        return httpx2.Response(403, json={"why": "sign_in_refused"})


def asked(question: Any) -> tuple[bytes, ...]:
    listening = Listening()
    server = ServerApi(endpoint("http://127.0.0.1:1"), "test", listening)

    async def ask() -> None:
        asking: Coroutine[Any, Any, object] = question(Accounts(server))
        assert isinstance(await asking, TurnedAway)
        await server.close()

    asyncio.run(ask())
    return tuple(listening.heard)


@given(WORDS, WORDS, WORDS, WORDS, st.text("0123456789", max_size=8))
def test_a_sign_in_is_what_the_message_says(
    operator: str, password: str, seat: str, device: str, code: str
) -> None:
    (heard,) = asked(lambda accounts: accounts.sign_in(Wish(operator, password, seat, device, code)))
    wanted = SignIn(operator=operator, password=password, seat=seat, device=device, code=code)
    assert SignIn.model_validate_json(heard) == wanted


@given(WORDS, WORDS)
def test_a_renewal_is_what_the_message_says(refresh: str, device: str) -> None:
    (heard,) = asked(lambda accounts: accounts.renew(refresh, device))
    assert Renew.model_validate_json(heard) == Renew(refresh=refresh, device=device)


def test_nobody_is_asked_for_a_renewal_without_a_token() -> None:
    assert asked(lambda accounts: accounts.renew("", "d")) == ()
