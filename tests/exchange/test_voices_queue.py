"""What callers of a real exchange hear before anybody answers, and what a gateway learns of it."""

import asyncio
from contextlib import ExitStack
from datetime import time

import pytest

from models.calls.events import Answered, Ended, Offered
from models.calls.queueing import Diversion, Diverted, Rank, Wished
from models.people.site import Hours
from server.gateway.exchange.port import Entered, QueueMoved
from server.gateway.exchange.queueing import QueueRules
from tests.exchange.asterisk_stage import AsteriskStage
from tests.exchange.evening import connected, play, talking
from tests.server.gateway.contract_queueing import closed_at
from tests.support.exchange import Exchange
from tests.support.parties import CALLER_NUMBER, Party, caller_line, party
from tests.support.tones import CALLER, CLOSED, COLLEAGUE, NOTED, OPERATOR, PLACE, POLICE

pytestmark = pytest.mark.exchange


def test_who_waits_is_told_their_place_and_then_talks(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await talking(stage)
        with party(stage.real, caller_line(stage.real, "13800000002")) as second:
            second.dial("12356")
            await stage.hears(second, PLACE)
            await stage.caller_hangs_up()
            offered = await stage.ears.until(Offered, lambda one: one.number == "13800000002")
            await stage.exchange.answer(offered.call, stage.seat)
            await stage.hears(second, OPERATOR)

    play(exchange, story)


def test_outside_the_hours_the_message_is_heard_and_the_wish_confirmed(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.exchange.queueing.keep(QueueRules(closed_at(stage.outside.now())))
        await stage.ring(CALLER_NUMBER)
        await stage.outside.caller_wishes()
        await stage.hears(stage.caller, NOTED)
        assert (await stage.ears.until(Wished)).number == CALLER_NUMBER
        # Nobody has to put the telephone down.
        await stage.ears.until(Ended)

    play(exchange, story)


async def told_again(stage: AsteriskStage) -> Wished:
    """The wish as a gateway hears of it that was not there."""
    stage.connect()
    await connected(stage)
    wished = await stage.ears.until(Wished, lambda one: one.number == "13800000009")
    entered = await stage.ears.until(Entered, lambda one: one.call.id == wished.call)
    assert entered.call.number == ""
    assert entered.call.diverting
    assert entered.call.diverting.to is Diversion.CLOSED
    assert (await stage.ears.until(Ended, lambda one: one.call == wished.call)).at == wished.at
    await stage.disconnect()
    return wished


def test_a_wish_that_no_gateway_heard_is_told_to_the_next(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.exchange.queueing.keep(QueueRules(closed_at(stage.outside.now())))
        await stage.disconnect()
        await stage.ring("anonymous")
        await stage.outside.caller_wishes()
        # A caller who hides the number is asked for one.
        await stage.hears(stage.caller, CLOSED)
        assert stage.caller
        stage.caller.press("13800000009#")
        await stage.hears(stage.caller, NOTED)
        await asyncio.to_thread(stage.caller.wait_for, "closed")
        first, second = await told_again(stage), await told_again(stage)
        assert first == second
        stage.connect()

    play(exchange, story)


def test_another_hotline_talks_to_the_caller_whom_nobody_took(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.exchange.set_ready(stage.seat, False, "rest")
        await stage.exchange.queueing.keep(QueueRules(overflow="12355", overflow_after=1))
        await stage.waits(CALLER_NUMBER, Rank.PLAIN)
        await stage.outside.other_hotline_answers()
        assert (await stage.ears.until(Diverted)).dial == "12355"
        await stage.hears(stage.caller, POLICE)
        await stage.hears(stage.police, CALLER)

    play(exchange, story)


def test_the_own_counsellor_hears_the_caller_first_and_another_seat_when_she_does_not_answer(
    exchange: Exchange,
) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.staffed(stage.colleague)
        await stage.exchange.set_ready(stage.seat, True, "")
        await stage.exchange.set_ready(stage.colleague, True, "")
        call = await stage.waits(CALLER_NUMBER, Rank.RISK, stage.colleague)
        assert (await stage.ears.until(Offered)).seat == stage.colleague
        await stage.exchange.answer(call, stage.colleague)
        await stage.ears.until(Answered)
        await stage.hears(stage.caller, COLLEAGUE)

    play(exchange, story)


def test_the_exchange_keeps_its_hours_without_a_gateway(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.exchange.queueing.keep(QueueRules(closed_at(stage.outside.now())))
        await stage.disconnect()
        await stage.ring(CALLER_NUMBER)
        await stage.hears(stage.caller, CLOSED)
        stage.connect()
        await connected(stage)
        (call,) = (await stage.exchange.picture()).calls
        assert call.diverting
        assert call.diverting.to is Diversion.CLOSED

    play(exchange, story)


@pytest.mark.parametrize("hours", [Hours(time(0), time(0)), None])
def test_open_hours_let_callers_in(exchange: Exchange, hours: Hours | None) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.exchange.queueing.keep(QueueRules(hours))
        await stage.offered(CALLER_NUMBER)
        assert not stage.ears.all(Diverted)

    play(exchange, story)


def test_many_rings_of_one_number_do_not_hide_a_second_caller(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.exchange.set_ready(stage.seat, False, "rest")
        with ExitStack() as telephones:
            flood: list[Party] = []
            for _ in range(6):
                line = caller_line(stage.real, "13900000009")
                flood.append(await asyncio.to_thread(telephones.enter_context, party(stage.real, line)))
            for telephone in flood:
                telephone.dial("12356")
            await stage.ears.until(QueueMoved, lambda one: one.queue.waiting == 6)
            for call in (await stage.exchange.picture()).calls:
                await stage.exchange.queueing.rank(call.id, Rank.CROWD, "")
            second = await stage.waits(CALLER_NUMBER, Rank.PLAIN)
            await stage.ears.until(QueueMoved, lambda one: one.queue.waiting == 7)
            await stage.exchange.set_ready(stage.seat, True, "")
            assert (await stage.ears.until(Offered)).call == second

    play(exchange, story)
