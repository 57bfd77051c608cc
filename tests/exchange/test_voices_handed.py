"""Who hears whom on a real exchange when a caller is handed to a colleague or given away."""

import asyncio

import pytest

from models.calls.call import CallState
from models.calls.events import HandedOver, Held, Joined, Left, Offered, PartyRang, Released
from models.ids import new_id
from tests.exchange.asterisk_stage import AsteriskStage
from tests.exchange.evening import comes_back, play, talking
from tests.support.exchange import Exchange
from tests.support.parties import Party, caller_line, party
from tests.support.tones import CALLER, COLLEAGUE, HOLD, OPERATOR, POLICE, RINGING

pytestmark = pytest.mark.exchange


async def colleague_of(stage: AsteriskStage) -> Party:
    await stage.staffed(stage.colleague)
    return stage.phones[stage.colleague]


async def asked(stage: AsteriskStage, call: str) -> None:
    await stage.exchange.handing.ask_colleague(call, new_id(), stage.colleague, "练习员")
    await stage.ears.until(Offered, lambda one: one.seat == stage.colleague)


def test_a_colleague_speaks_with_the_operator_first_and_then_has_the_caller(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        colleague = await colleague_of(stage)
        call = await talking(stage)
        await stage.exchange.hold(call)
        await stage.ears.until(Held)
        await asked(stage, call)
        assert colleague.told("incoming") == 0
        await stage.exchange.answer(call, stage.colleague)
        await stage.hears(colleague, OPERATOR)
        await stage.hears(stage.phone, COLLEAGUE)
        await stage.hears(stage.caller, HOLD)
        await stage.exchange.resume(call)
        await stage.hears(stage.caller, OPERATOR, COLLEAGUE)
        await stage.hears(colleague, CALLER, OPERATOR)
        await stage.exchange.handing.leave(call)
        await stage.hears(stage.caller, COLLEAGUE)
        await stage.hears(colleague, CALLER)
        await asyncio.to_thread(stage.phone.wait_for, "closed")
        await stage.exchange.mute(call, True)
        await stage.hears(stage.caller)
        await stage.exchange.mute(call, False)
        await stage.joined(call)
        await stage.hears(stage.caller, COLLEAGUE, POLICE)

    play(exchange, story)


def test_a_receiver_put_down_hands_the_caller_to_the_colleague_who_is_there(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        colleague = await colleague_of(stage)
        call = await talking(stage)
        await asked(stage, call)
        await stage.exchange.answer(call, stage.colleague)
        await stage.hears(stage.caller, OPERATOR, COLLEAGUE)
        stage.phone.hang_up()
        assert (await stage.ears.until(HandedOver)).seat == stage.colleague
        await stage.hears(stage.caller, COLLEAGUE)
        await comes_back(stage)
        shown = await stage.call(call)
        assert shown
        assert (shown.state, shown.holder) == (CallState.TALKING, stage.colleague)
        await stage.exchange.hold(call)
        await stage.hears(stage.caller, HOLD)
        await stage.exchange.resume(call)
        await stage.hears(colleague, CALLER)

    play(exchange, story)


def test_a_caller_hears_it_ring_where_they_are_given_to(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await talking(stage)
        await stage.exchange.handing.transfer(call, "110", "", "110")
        await asyncio.to_thread(stage.phone.wait_for, "closed")
        await stage.ears.until(PartyRang)
        await stage.hears(stage.caller, RINGING)
        await stage.party_answers()
        await stage.hears(stage.caller, POLICE)
        await stage.hears(stage.police, CALLER)
        await stage.exchange.handing.come_back(call, stage.seat)
        await stage.hears(stage.caller, OPERATOR, POLICE)

    play(exchange, story)


def test_a_held_caller_is_given_to_a_colleague(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        colleague = await colleague_of(stage)
        call = await talking(stage)
        await stage.exchange.hold(call)
        await stage.hears(stage.caller, HOLD)
        await stage.exchange.handing.transfer(call, "", stage.colleague, "练习员")
        await stage.ears.until(Released)
        await stage.ears.until(Offered, lambda one: one.seat == stage.colleague)
        await stage.exchange.answer(call, stage.colleague)
        await stage.hears(stage.caller, COLLEAGUE)
        await stage.hears(colleague, CALLER)

    play(exchange, story)


def test_a_gateway_that_dies_during_a_transfer_loses_nobody(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await talking(stage)
        await stage.exchange.handing.transfer(call, "110", "", "110")
        await stage.ears.until(PartyRang)
        await stage.disconnect()
        await stage.party_answers()
        await stage.hears(stage.caller, POLICE)
        stage.connect()
        await stage.picture_shows(lambda one: [known.id for known in one.calls] == [call])
        shown = await stage.call(call)
        assert shown
        assert (shown.state, shown.holder) == (CallState.RELEASED, stage.seat)

    play(exchange, story)


def test_who_comes_back_is_ahead_of_those_who_wait(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await talking(stage)
        await stage.exchange.set_ready(stage.seat, False, "wrap_up")
        with party(stage.real, caller_line(stage.real, "13800000002")) as second:
            second.dial("12356")
            await stage.picture_shows(lambda one: one.queue.waiting == 1)
            await asyncio.to_thread(stage.police.leave)
            await stage.exchange.handing.transfer(call, "110", "", "110")
            assert (await stage.ears.until(Left)).cause == "unreachable"
            picture = await stage.picture_shows(lambda one: one.queue.waiting == 2)
            first = next(one for one in picture.calls if one.number != "13800000002")
            await stage.exchange.set_ready(stage.seat, True, "")
            offered = await stage.ears.until(Offered, lambda one: one.call != call)
            assert offered.call == first.id
            await stage.exchange.answer(offered.call, stage.seat)
            await stage.hears(stage.caller, OPERATOR)
            await comes_back(stage)
            shown = await stage.call(first.id)
            assert shown
            assert shown.state is CallState.TALKING
            assert not stage.ears.all(Joined)

    play(exchange, story)
