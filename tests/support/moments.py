"""Letting time pass in a test that watches something from outside, which can wake nobody."""

import asyncio
from collections.abc import Callable

from console.runtime.waiting import wait_for

_LOOKS_EVERY_SECONDS = 0.02


async def passing(seconds: float) -> None:
    """Let so much time pass, if any; who stops waiting meanwhile leaves nothing behind."""
    await wait_for(asyncio.Event(), seconds)


async def until(fits: Callable[[], bool]) -> None:
    """Look again and again until it fits: at a file, say, that another program writes."""
    while not fits():
        await passing(_LOOKS_EVERY_SECONDS)
