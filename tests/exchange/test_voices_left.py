"""Who hears whom on a real exchange when the operator leaves a conversation and comes back to it."""

import asyncio

import pytest

from models.calls.call import CallState
from models.calls.events import CallEnd, Ended, Held, Left, Released
from tests.exchange.asterisk_stage import AsteriskStage
from tests.exchange.evening import comes_back, play, three_talk
from tests.support.exchange import Exchange
from tests.support.tones import CALLER, HOLD, OPERATOR, POLICE

pytestmark = pytest.mark.exchange


async def left(stage: AsteriskStage) -> str:
    call = await three_talk(stage)
    await stage.exchange.handing.leave(call)
    await asyncio.to_thread(stage.phone.wait_for, "closed")
    await stage.hears(stage.caller, POLICE)
    await stage.hears(stage.police, CALLER)
    return call


def test_the_operator_leaves_and_comes_back(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await left(stage)
        await stage.exchange.handing.come_back(call, stage.seat)
        await stage.hears(stage.caller, OPERATOR, POLICE)
        await stage.hears(stage.police, CALLER, OPERATOR)
        await stage.hears(stage.phone, CALLER, POLICE)
        await stage.exchange.mute(call, True)
        await stage.hears(stage.caller, POLICE)
        await stage.exchange.mute(call, False)
        await stage.exchange.drop(call, stage.ears.parties()[0])
        await stage.ears.until(Left)
        await stage.hears(stage.caller, OPERATOR)
        await stage.hears(stage.phone, CALLER)
        await stage.exchange.hold(call)
        await stage.hears(stage.caller, HOLD)
        await stage.exchange.resume(call)
        await stage.hears(stage.caller, OPERATOR)
        stage.phone.hang_up()
        assert (await stage.ears.until(Ended)).end is CallEnd.OPERATOR_ENDED

    play(exchange, story)


def test_the_receiver_put_down_among_three_is_a_leaving_too(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await three_talk(stage)
        stage.phone.hang_up()
        await stage.ears.until(Released, lambda one: one.on)
        await stage.hears(stage.caller, POLICE)
        await stage.party_leaves()
        assert (await stage.ears.until(Ended)).end is CallEnd.TRANSFERRED
        assert stage.caller
        await asyncio.to_thread(stage.caller.wait_for, "closed")

    play(exchange, story)


def test_a_held_caller_is_brought_to_the_police(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await three_talk(stage)
        await stage.exchange.hold(call)
        await stage.ears.until(Held)
        await stage.hears(stage.caller, HOLD)
        await stage.exchange.handing.leave(call)
        await stage.hears(stage.caller, POLICE)
        await stage.hears(stage.police, CALLER)

    play(exchange, story)


def test_a_new_gateway_brings_the_operator_back(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await left(stage)
        await comes_back(stage)
        shown = await stage.call(call)
        assert shown
        assert (shown.state, shown.holder) == (CallState.RELEASED, stage.seat)
        await stage.exchange.handing.come_back(call, stage.seat)
        await stage.hears(stage.caller, OPERATOR, POLICE)
        await comes_back(stage)
        shown = await stage.call(call)
        assert shown
        assert (shown.state, shown.holder) == (CallState.TALKING, stage.seat)
        await stage.exchange.hold(call)
        await stage.hears(stage.caller, HOLD)

    play(exchange, story)
