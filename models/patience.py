"""Waiting for somebody else, without counting the time in which one stood still oneself."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Any

_SLICES = 10


async def arrived(awaited: Collection[asyncio.Future[Any]], seconds: float) -> bool:
    """Whether one of them is done within so many seconds in which this program itself went on.

    A program that was stopped, on a host that paused or a workstation that slept, finds its time over before
    it has looked at what arrived meanwhile. However long it stood still, that counts as a tenth of the time.
    """
    for _ in range(_SLICES):
        await asyncio.wait(awaited, timeout=seconds / _SLICES, return_when=asyncio.FIRST_COMPLETED)
        if any(one.done() for one in awaited):
            return True
    return False


async def answers(ping: Callable[[], Awaitable[Awaitable[Any]]], seconds: float) -> bool:
    """Whether a ping goes out and comes back within so many seconds of one's own; raises what it does."""

    async def there_and_back() -> None:
        await (await ping())

    way = asyncio.create_task(there_and_back())
    try:
        if not await arrived([way], seconds):
            return False
        await way
        return True
    finally:
        way.cancel()


async def until_silent(ping: Callable[[], Awaitable[Awaitable[Any]]], seconds: float) -> None:
    """Ping again and again, with a rest of so many seconds; return once one does not come back in time."""
    never: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    while await answers(ping, seconds):
        await asyncio.wait([never], timeout=seconds)
