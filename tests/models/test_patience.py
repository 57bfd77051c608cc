"""Others are not judged by the time in which this program itself stood still."""

import asyncio
import threading
from collections.abc import Awaitable
from typing import Any

import pytest

from models.patience import answers, arrived, until_silent

PATIENCE_SECONDS = 0.2
STILL_SECONDS = 0.6


def stand_still() -> None:
    """As a program that is stopped: nothing of it goes on."""
    threading.Event().wait(STILL_SECONDS)


def test_what_arrived_while_one_stood_still_counts() -> None:
    async def story() -> None:
        loop = asyncio.get_running_loop()
        there = loop.create_future()

        def stopped() -> None:
            loop.call_soon(there.set_result, None)
            stand_still()

        loop.call_soon(stopped)
        assert await arrived([there], PATIENCE_SECONDS)

    asyncio.run(story())


def test_who_needs_a_moment_after_one_stood_still_has_it() -> None:
    async def story() -> None:
        loop = asyncio.get_running_loop()
        there = loop.create_future()

        def stopped() -> None:
            stand_still()
            loop.call_later(PATIENCE_SECONDS / 4, there.set_result, None)

        loop.call_soon(stopped)
        assert await arrived([there], PATIENCE_SECONDS)

    asyncio.run(story())


def test_who_says_nothing_is_not_waited_for() -> None:
    async def story() -> None:
        loop = asyncio.get_running_loop()
        assert not await arrived([loop.create_future()], PATIENCE_SECONDS)

        async def sent_for_nothing() -> Awaitable[Any]:
            return loop.create_future()

        async def not_even_sent() -> Awaitable[Any]:
            never: asyncio.Future[Awaitable[Any]] = loop.create_future()
            return await never

        assert not await answers(sent_for_nothing, PATIENCE_SECONDS)
        assert not await answers(not_even_sent, PATIENCE_SECONDS)
        await until_silent(sent_for_nothing, PATIENCE_SECONDS)

    asyncio.run(story())


def test_what_comes_back_and_what_breaks_is_told() -> None:
    async def story() -> None:
        async def there() -> Awaitable[Any]:
            back = asyncio.get_running_loop().create_future()
            back.set_result(None)
            return back

        async def broken() -> Awaitable[Any]:
            raise ConnectionError

        assert await answers(there, PATIENCE_SECONDS)
        with pytest.raises(ConnectionError):
            await answers(broken, PATIENCE_SECONDS)
        with pytest.raises(ConnectionError):
            await until_silent(broken, PATIENCE_SECONDS)

    asyncio.run(story())
