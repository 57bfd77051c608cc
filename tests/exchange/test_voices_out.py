"""Who hears whom on a real exchange when a seat calls out."""

import asyncio

import pytest

from models.calls.call import CallState
from models.calls.events import Answered, Ended, Held, Joined, Left, Offered, Released, Taped, Taping
from models.calls.outgoing import Rang
from models.ids import new_id
from tests.exchange.asterisk_stage import AsteriskStage
from tests.exchange.evening import comes_back, play
from tests.server.gateway.contract_outgoing import NUMBER
from tests.support.exchange import Exchange
from tests.support.tones import COLLEAGUE, HOLD, NOTICE, OPERATOR, POLICE, RINGING

pytestmark = pytest.mark.exchange


async def ringing(stage: AsteriskStage) -> str:
    call = new_id()
    await stage.exchange.outgoing.place(call, stage.seat, NUMBER, "12356")
    await stage.ears.until(Rang)
    return call


async def reached(stage: AsteriskStage) -> str:
    call = await ringing(stage)
    await stage.callee_answers(call)
    await stage.ears.until(Answered)
    return call


def test_the_operator_hears_it_ring_and_then_the_other_one(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await ringing(stage)
        await stage.hears(stage.phone, RINGING)
        await stage.callee_answers(call)
        await stage.hears(stage.phone, POLICE)
        await stage.hears(stage.police, OPERATOR)
        await stage.exchange.hold(call)
        await stage.ears.until(Held)
        await stage.hears(stage.police, HOLD)
        await stage.hears(stage.phone)
        await stage.exchange.resume(call)
        await stage.hears(stage.police, OPERATOR)
        await stage.exchange.mute(call, True)
        await stage.hears(stage.police)

    play(exchange, story)


def test_a_colleague_comes_in_and_goes_on_alone(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.staffed(stage.colleague)
        call = await reached(stage)
        await stage.exchange.handing.ask_colleague(call, new_id(), stage.colleague, "练习员")
        await stage.ears.until(Offered, lambda one: one.seat == stage.colleague)
        await stage.exchange.answer(call, stage.colleague)
        await stage.ears.until(Joined)
        await stage.hears(stage.police, OPERATOR, COLLEAGUE)
        await stage.exchange.handing.leave(call)
        await stage.hears(stage.police, COLLEAGUE)
        await stage.hears(stage.phones[stage.colleague], POLICE)

    play(exchange, story)


def test_whom_nobody_takes_after_a_transfer_waits_in_the_queue(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.staffed(stage.colleague)
        await stage.exchange.set_ready(stage.seat, False, "")
        call = await reached(stage)
        await stage.hears(stage.police, OPERATOR)
        await stage.exchange.handing.transfer(call, "", stage.colleague, "练习员")
        await stage.ears.until(Released, lambda one: one.on)
        await stage.ears.until(Offered, lambda one: one.seat == stage.colleague)
        shown = await stage.call(call)
        assert shown
        (party,) = shown.parties
        await stage.exchange.drop(call, party)
        await stage.ears.until(Left)
        await stage.ears.until(Ended, lambda one: one.call == call)
        picture = await stage.picture_shows(lambda one: one.queue.waiting == 1)
        (waiting,) = picture.calls
        assert (waiting.id != call, waiting.state, waiting.number) == (True, CallState.WAITING, NUMBER)
        await stage.exchange.set_ready(stage.seat, True, "")
        await stage.ears.until(Offered, lambda one: one.call == waiting.id)
        await stage.exchange.answer(waiting.id, stage.seat)
        await stage.hears(stage.police, OPERATOR)
        await comes_back(stage)
        found = await stage.call(waiting.id)
        assert found
        assert found.state is CallState.TALKING

    play(exchange, story)


def test_a_receiver_put_down_ends_it_and_the_next_caller_can_come(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await reached(stage)
        await stage.hears(stage.phone, POLICE)
        stage.phone.hang_up()
        await stage.ears.until(Ended, lambda one: one.call == call)
        await stage.picture_shows(lambda one: one.calls == ())
        another = await ringing_again(stage)
        stage.phone.hang_up()
        ended = await stage.ears.until(Ended, lambda one: one.call == another)
        assert ended.cause == "cancelled"

    play(exchange, story)


async def ringing_again(stage: AsteriskStage) -> str:
    call = new_id()
    await stage.exchange.outgoing.place(call, stage.seat, NUMBER, "12356")
    await stage.ears.until(Rang, lambda one: one.call == call)
    return call


def test_nobody_there_is_unreachable_and_a_dead_telephone_is_said_to_be_it(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await asyncio.to_thread(stage.police.leave)
        call = new_id()
        await stage.exchange.outgoing.place(call, stage.seat, NUMBER, "12356")
        assert (await stage.ears.until(Ended)).cause == "unreachable"
        await stage.picture_shows(lambda one: one.calls == ())
        await asyncio.to_thread(stage.phone.leave)
        other = new_id()
        await stage.exchange.outgoing.place(other, stage.seat, NUMBER, "12356")
        assert (await stage.ears.until(Ended, lambda one: one.call == other)).cause == "phone"

    play(exchange, story)


def test_who_is_recorded_is_told_so(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.records()
        call = await ringing(stage)
        await stage.callee_answers(call)
        taped = await stage.ears.until(Taped)
        assert taped.state is Taping.ON
        await stage.hears(stage.police, NOTICE)
        await stage.hears(stage.police, OPERATOR)
        await stage.exchange.recording.tape(call, False)
        await stage.ears.until(Taped, lambda one: one.state is Taping.PAUSED)

    play(exchange, story)
