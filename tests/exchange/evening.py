"""A story that is played on a real exchange with telephones that have tones."""

import asyncio
from collections.abc import Awaitable, Callable

from server.gateway.exchange.port import LineChanged
from tests.exchange.asterisk_stage import AsteriskStage, asterisk_stage
from tests.support.exchange import Exchange
from tests.support.parties import CALLER_NUMBER
from tests.support.tones import CALLER, OPERATOR, POLICE

GIVE_UP = 90  # seconds; only a story that hangs needs them


def play(exchange: Exchange, story: Callable[[AsteriskStage], Awaitable[None]]) -> None:
    async def evening() -> None:
        async with asyncio.timeout(GIVE_UP), asterisk_stage(exchange) as stage:
            await connected(stage)
            await story(stage)

    asyncio.run(evening())


async def connected(stage: AsteriskStage) -> None:
    await stage.ears.until(LineChanged, lambda one: one.problem == "")


async def talking(stage: AsteriskStage) -> str:
    call = await stage.talking(CALLER_NUMBER)
    await stage.hears(stage.phone, CALLER)
    await stage.hears(stage.caller, OPERATOR)
    return call


async def three_talk(stage: AsteriskStage) -> str:
    call = await talking(stage)
    await stage.joined(call)
    await stage.hears(stage.caller, OPERATOR, POLICE)
    await stage.hears(stage.phone, CALLER, POLICE)
    await stage.hears(stage.police, CALLER, OPERATOR)
    return call


async def comes_back(stage: AsteriskStage) -> None:
    """The gateway stops and another one starts, in mid-call."""
    await stage.disconnect()
    stage.connect()
    await connected(stage)
