"""Waiting for a while, and doing something again and again."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress


async def pause(seconds: float) -> None:
    """Wait so many seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()


async def again(seconds: float, work: Callable[[], Awaitable[object]]) -> None:
    """Do something every so many seconds, first after them, until cancelled."""
    while True:
        await pause(seconds)
        await work()
