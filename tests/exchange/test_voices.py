"""Who hears whom on a real exchange, told by tones."""

import asyncio

import pytest

from models.calls.call import CallState, PartyPhase
from models.calls.events import Answered, CallEnd, Ended, Held, Left, Muted, Offered, PartyRang, Resumed
from models.ids import new_id
from server.gateway.exchange.port import QueueMoved, SeatChanged
from tests.exchange.asterisk_stage import AsteriskStage
from tests.exchange.evening import comes_back, connected, play, talking, three_talk
from tests.support.exchange import Exchange
from tests.support.parties import CALLER_NUMBER, caller_line, party
from tests.support.tones import CALLER, HOLD, OPERATOR, POLICE

pytestmark = pytest.mark.exchange


def test_a_whole_call_with_hold_and_the_police(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await talking(stage)
        await stage.exchange.hold(call)
        await stage.hears(stage.caller, HOLD)
        await stage.hears(stage.phone)
        await stage.exchange.resume(call)
        await stage.ears.until(Resumed)
        await stage.hears(stage.caller, OPERATOR)
        await stage.joined(call)
        await stage.hears(stage.caller, OPERATOR, POLICE)
        await stage.hears(stage.phone, CALLER, POLICE)
        await stage.hears(stage.police, CALLER, OPERATOR)
        await stage.party_leaves()
        await stage.hears(stage.caller, OPERATOR)
        await stage.hears(stage.phone, CALLER)
        await stage.exchange.hang_up(call)
        assert (await stage.ears.until(Ended)).end is CallEnd.OPERATOR_ENDED
        assert stage.caller
        await asyncio.to_thread(stage.caller.wait_for, "closed")
        await asyncio.to_thread(stage.phone.wait_for, "closed")

    play(exchange, story)


def test_a_muted_operator_hears_and_is_not_heard_through_hold_and_police(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await talking(stage)
        await stage.exchange.mute(call, True)
        await stage.hears(stage.caller)
        await stage.hears(stage.phone, CALLER)
        await stage.joined(call)
        await stage.hears(stage.police, CALLER)
        await stage.hears(stage.phone, CALLER, POLICE)
        await stage.exchange.mute(call, False)
        await stage.hears(stage.police, CALLER, OPERATOR)

    play(exchange, story)


def test_the_police_are_asked_while_the_caller_is_held(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await talking(stage)
        await stage.exchange.hold(call)
        await stage.ears.until(Held)
        await stage.joined(call)
        await stage.hears(stage.caller, HOLD)
        await stage.hears(stage.phone, POLICE)
        await stage.exchange.resume(call)
        await stage.hears(stage.caller, OPERATOR, POLICE)

    play(exchange, story)


def test_a_second_caller_waits_for_the_first(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await talking(stage)
        with party(stage.real, caller_line(stage.real, "13800000002")) as second:
            second.dial("12356")
            moved = await stage.ears.until(QueueMoved, lambda one: one.queue.waiting == 1)
            assert moved.queue.oldest_at
            await stage.caller_hangs_up()
            offered = await stage.ears.until(Offered, lambda one: one.number == "13800000002")
            assert offered.call != call
            await stage.exchange.answer(offered.call, stage.seat)
            await stage.ears.until(Answered, lambda one: one.call == offered.call)
            await asyncio.to_thread(second.wait_hears, OPERATOR)

    play(exchange, story)


def test_without_a_gateway_the_telephone_rings_at_once(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.exchange.set_ready(stage.seat, True, "")
        await stage.disconnect()
        await stage.ring(CALLER_NUMBER)
        await asyncio.to_thread(stage.phone.answer)
        await stage.hears(stage.caller, OPERATOR)
        stage.connect()
        await connected(stage)
        calls = (await stage.exchange.picture()).calls
        assert [(one.state, one.seat, one.number) for one in calls] == [
            (CallState.TALKING, stage.seat, CALLER_NUMBER)
        ]

    play(exchange, story)


def test_a_gateway_that_dies_during_a_ring_leaves_it_to_the_telephone(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.offered(CALLER_NUMBER)
        await stage.line_breaks()
        await asyncio.to_thread(stage.phone.answer)
        await stage.hears(stage.caller, OPERATOR)

    play(exchange, story)


def test_with_a_gateway_the_telephone_is_silent_until_the_click(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await stage.offered(CALLER_NUMBER)
        assert stage.phone.told("incoming") == 0
        await stage.exchange.answer(call, stage.seat)
        await stage.hears(stage.caller, OPERATOR)

    play(exchange, story)


def test_a_new_gateway_finds_a_ring(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await stage.offered(CALLER_NUMBER)
        await comes_back(stage)
        shown = await stage.call(call)
        assert shown
        assert (shown.state, shown.number, shown.dialled) == (CallState.RINGING, CALLER_NUMBER, "12356")
        assert (await stage.exchange.picture()).queue.waiting == 1
        await stage.exchange.answer(call, stage.seat)
        await stage.hears(stage.caller, OPERATOR)

    play(exchange, story)


def test_a_new_gateway_finds_a_held_and_muted_call(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await talking(stage)
        await stage.exchange.mute(call, True)
        await stage.ears.until(Muted)
        await stage.exchange.hold(call)
        await stage.ears.until(Held)
        await comes_back(stage)
        shown = await stage.call(call)
        assert shown
        assert (shown.state, shown.is_muted, shown.seat) == (CallState.HELD, True, stage.seat)
        await stage.exchange.mute(call, False)
        await stage.exchange.resume(call)
        await stage.hears(stage.caller, OPERATOR)

    play(exchange, story)


def test_a_new_gateway_finds_three_who_talk(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await three_talk(stage)
        found = stage.ears.parties()
        await comes_back(stage)
        shown = await stage.call(call)
        assert shown
        assert [(one.id, one.phase, one.dial) for one in shown.parties.values()] == [
            (found[0], PartyPhase.JOINED, "110")
        ]
        await stage.exchange.drop(call, found[0])
        await stage.ears.until(Left)
        await stage.hears(stage.caller, OPERATOR)

    play(exchange, story)


def test_a_receiver_put_down_ends_the_call(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await talking(stage)
        stage.phone.hang_up()
        assert (await stage.ears.until(Ended)).end is CallEnd.OPERATOR_ENDED

    play(exchange, story)


def test_no_caller_is_forgotten_on_hold(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await talking(stage)
        await stage.exchange.hold(call)
        await stage.hears(stage.caller, HOLD)
        stage.phone.hang_up()
        assert (await stage.ears.until(Ended)).end is CallEnd.OPERATOR_ENDED

    play(exchange, story)


def test_caller_and_police_go_on_without_the_operator(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await three_talk(stage)
        stage.phone.hang_up()
        await stage.hears(stage.caller, POLICE)
        await stage.hears(stage.police, CALLER)
        await stage.exchange.hang_up(call)
        await stage.ears.until(Ended)
        await stage.ears.until(Left)

    play(exchange, story)


def test_a_held_caller_comes_back_to_the_police_when_the_operator_is_gone(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await three_talk(stage)
        await stage.exchange.hold(call)
        await stage.hears(stage.caller, HOLD)
        stage.phone.hang_up()
        await stage.hears(stage.caller, POLICE)

    play(exchange, story)


def test_an_invitation_does_not_outlive_the_call(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await talking(stage)
        await asyncio.gather(
            stage.exchange.invite(call, new_id(), "110", "110"), stage.exchange.hang_up(call)
        )
        await stage.ears.until(Ended)
        await stage.ears.until(Left)

    play(exchange, story)


def test_many_clicks_at_once_are_one_after_another(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call, line = await talking(stage), stage.exchange
        await asyncio.gather(line.hold(call), line.mute(call, True), line.invite(call, new_id(), "110", "x"))
        await stage.ears.until(PartyRang)
        await line.resume(call)
        await line.mute(call, False)
        await stage.party_answers()
        await stage.hears(stage.caller, OPERATOR, POLICE)

    play(exchange, story)


def test_a_third_party_that_cannot_be_reached_is_told(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await talking(stage)
        await asyncio.to_thread(stage.police.leave)
        await stage.exchange.invite(call, new_id(), "110", "110")
        assert (await stage.ears.until(Left)).cause == "unreachable"
        assert not stage.ears.all(PartyRang)
        await stage.hears(stage.caller, OPERATOR)

    play(exchange, story)


def test_a_seat_without_its_telephone_is_told(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.picture_shows(lambda one: one.seats[stage.seat].reachable)
        await asyncio.to_thread(stage.phone.leave)
        await stage.ears.until(SeatChanged, lambda one: one.seat == stage.seat and not one.reachable)

    play(exchange, story)
