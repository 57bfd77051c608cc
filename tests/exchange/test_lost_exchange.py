"""An exchange that refuses the login, dies, and comes back, as the adapter tells it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from models.clock import SystemClock
from server.gateway.exchange.asterisk import Asterisk
from server.gateway.exchange.port import ExchangeRefused, LineChanged
from server.gateway.settings import AsteriskSettings
from tests.exchange.asterisk_stage import settings
from tests.exchange.scripted import Dialogue, scripted
from tests.server.gateway.stage import Ears
from tests.support.exchange import Exchange, Plan

GIVE_UP = 90  # seconds; only a story that hangs needs them


def play(asterisk: AsteriskSettings, story: Callable[[Asterisk, Ears], Awaitable[None]]) -> None:
    async def evening() -> None:
        ears = Ears()
        exchange = Asterisk(asterisk, SystemClock())
        running = asyncio.create_task(exchange.run(ears.hear))
        try:
            async with asyncio.timeout(GIVE_UP):
                await story(exchange, ears)
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    asyncio.run(evening())


async def refused(exchange: Asterisk) -> str:
    with pytest.raises(ExchangeRefused) as no:
        await exchange.hang_up("0" * 32)
    return no.value.why


@pytest.mark.exchange
def test_a_refused_login_is_told_once_and_shown(exchange: Exchange) -> None:
    async def story(asterisk: Asterisk, ears: Ears) -> None:
        await ears.until(LineChanged, lambda one: one.problem == "line_login_refused")
        assert (await asterisk.picture()).problem == "line_login_refused"
        assert await refused(asterisk) == "line_login_refused"
        assert len(ears.all(LineChanged)) == 1

    play(replace(settings(exchange), secret="wrong"), story)


@pytest.mark.exchange
def test_an_exchange_that_dies_comes_back_with_its_seats() -> None:
    real = Exchange(Plan.on_free_ports())

    async def story(asterisk: Asterisk, ears: Ears) -> None:
        await ears.until(LineChanged, lambda one: one.problem == "line_lost")
        await asyncio.to_thread(real.start)
        await ears.until(LineChanged, lambda one: one.problem == "")
        assert set((await asterisk.picture()).seats) == {"1001", "1002", "1003", "1004"}
        ears.news.clear()
        await asyncio.to_thread(real.kill)
        await ears.until(LineChanged, lambda one: one.problem == "line_lost")
        assert await refused(asterisk) == "line_lost"
        await asyncio.to_thread(real.start)
        await ears.until(LineChanged, lambda one: one.problem == "")
        await asterisk.set_ready("1001", False, "rest")

    try:
        play(settings(real), story)
    finally:
        real.stop()


def test_an_account_without_rights_is_a_wrong_setting() -> None:
    async def script(dialogue: Dialogue) -> None:
        await dialogue.greet()
        await dialogue.refuse("Permission denied")
        await dialogue.agree()

    async def evening() -> None:
        async with scripted(script) as address, asyncio.timeout(GIVE_UP):
            ears = Ears()
            there = AsteriskSettings(address.host, address.port, address.user, address.secret, "hotline")
            running = asyncio.create_task(Asterisk(there, SystemClock()).run(ears.hear))
            await ears.until(LineChanged, lambda one: one.problem == "line_config")
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    asyncio.run(evening())
