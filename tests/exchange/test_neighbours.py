"""Third parties and other hotlines are reached by way of the dial plan, where some are connected directly."""

import asyncio
from dataclasses import replace

import pytest

from models.calls.events import Left
from models.clock import SystemClock
from server.gateway.exchange.asterisk import Asterisk
from tests.exchange.asterisk_stage import AsteriskStage, settings
from tests.exchange.evening import connected, play, talking
from tests.support.exchange import Exchange
from tests.support.tones import CALLER, OPERATOR, POLICE

pytestmark = pytest.mark.exchange

WAY = "Local/{number}@xinqiao-neighbours/n"


async def by_that_way(stage: AsteriskStage) -> None:
    """The gateway's adapter is started anew, and told of the way."""
    await stage.disconnect()
    told = replace(settings(stage.real), outgoing=WAY)
    stage.exchange = Asterisk(told, SystemClock())
    stage.ears.news.clear()
    stage._running = asyncio.create_task(stage.exchange.run(stage.ears.hear))
    await connected(stage)


def test_three_talk_and_two_go_on(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await by_that_way(stage)
        call = await talking(stage)
        await stage.joined(call)
        await stage.hears(stage.caller, OPERATOR, POLICE)
        await stage.hears(stage.police, CALLER, OPERATOR)
        await stage.exchange.handing.leave(call)
        await stage.hears(stage.caller, POLICE)
        await stage.exchange.hang_up(call)

    play(exchange, story)


def test_who_is_busy_there_is_told_as_that(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await by_that_way(stage)
        call = await talking(stage)
        await stage.inviting(call)
        await stage.party_refuses()
        assert (await stage.ears.until(Left)).cause == "busy"
        await stage.hears(stage.caller, OPERATOR)
        await stage.exchange.hang_up(call)

    play(exchange, story)
