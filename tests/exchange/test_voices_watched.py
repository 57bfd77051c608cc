"""Who hears whom on a real exchange when a lead listens, whispers, joins and takes over."""

import asyncio

import pytest

from models.calls.call import CallState
from models.calls.events import Ended, HandedOver, Watched, Watching
from models.calls.place import watches
from server.gateway.exchange.port import ExchangeRefused
from tests.exchange.asterisk_stage import AsteriskStage
from tests.exchange.evening import comes_back, play, talking
from tests.support.exchange import Exchange
from tests.support.parties import Party
from tests.support.tones import CALLER, HOLD, LEAD, NOTICE, OPERATOR, POLICE

pytestmark = pytest.mark.exchange


async def lead_of(stage: AsteriskStage) -> Party:
    await stage.staffed(stage.lead)
    return stage.phones[stage.lead]


async def watched(stage: AsteriskStage, call: str, how: Watching) -> None:
    await stage.exchange.supervision.watch(call, stage.lead, how)
    await stage.ears.until(Watched, lambda one: one.how is how)


def test_nobody_hears_who_listens(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        lead = await lead_of(stage)
        call = await talking(stage)
        await watched(stage, call, Watching.LISTEN)
        await stage.hears(lead, CALLER, OPERATOR)
        await stage.joined(call)
        await stage.hears(lead, CALLER, OPERATOR, POLICE)
        await stage.hears(stage.caller, OPERATOR, POLICE)
        await stage.hears(stage.phone, CALLER, POLICE)
        await stage.hears(stage.police, CALLER, OPERATOR)
        await stage.exchange.hold(call)
        await stage.hears(lead, OPERATOR, POLICE)
        await stage.hears(stage.caller, HOLD)
        await stage.exchange.resume(call)
        await stage.hears(lead, CALLER, OPERATOR, POLICE)
        await stage.exchange.hang_up(call)
        await asyncio.to_thread(lead.wait_for, "closed")

    play(exchange, story)


def test_a_whisper_is_heard_by_the_operator_only(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        lead = await lead_of(stage)
        call = await talking(stage)
        await watched(stage, call, Watching.WHISPER)
        await stage.hears(stage.phone, CALLER, LEAD)
        await stage.hears(lead, CALLER, OPERATOR)
        await stage.hears(stage.caller, OPERATOR)
        await stage.joined(call)
        await stage.hears(stage.phone, CALLER, LEAD, POLICE)
        await stage.hears(stage.caller, OPERATOR, POLICE)
        await stage.hears(stage.police, CALLER, OPERATOR)
        await watched(stage, call, Watching.LISTEN)
        await stage.hears(stage.phone, CALLER, POLICE)
        await stage.caller_hangs_up()
        await stage.ears.until(Ended)
        await asyncio.to_thread(lead.wait_for, "closed")

    play(exchange, story)


def test_who_joins_is_heard_by_all_and_goes_unheard_again(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        lead = await lead_of(stage)
        call = await talking(stage)
        await watched(stage, call, Watching.JOIN)
        await stage.hears(stage.caller, LEAD, OPERATOR)
        await stage.hears(stage.phone, CALLER, LEAD)
        await stage.hears(lead, CALLER, OPERATOR)
        await watched(stage, call, Watching.GONE)
        await asyncio.to_thread(lead.wait_for, "closed")
        await stage.hears(stage.caller, OPERATOR)
        await stage.hears(stage.phone, CALLER)

    play(exchange, story)


def test_a_lead_takes_over_and_a_new_gateway_knows_it(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        lead = await lead_of(stage)
        call = await talking(stage)
        await watched(stage, call, Watching.WHISPER)
        await stage.hears(stage.phone, CALLER, LEAD)
        await stage.exchange.supervision.take_over(call, stage.lead)
        assert (await stage.ears.until(HandedOver)).seat == stage.lead
        await asyncio.to_thread(stage.phone.wait_for, "closed")
        await stage.hears(stage.caller, LEAD)
        await stage.hears(lead, CALLER)
        await comes_back(stage)
        shown = await stage.call(call)
        assert shown
        assert (shown.state, shown.holder) == (CallState.TALKING, stage.lead)
        await stage.joined(call)
        await stage.hears(stage.caller, LEAD, POLICE)
        lead.hang_up()
        await stage.hears(stage.caller, POLICE)

    play(exchange, story)


def test_a_lead_who_joined_has_the_caller_when_the_receiver_is_put_down(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await lead_of(stage)
        call = await talking(stage)
        await watched(stage, call, Watching.JOIN)
        await stage.hears(stage.caller, LEAD, OPERATOR)
        stage.phone.hang_up()
        assert (await stage.ears.until(HandedOver)).seat == stage.lead
        await stage.hears(stage.caller, LEAD)
        await stage.exchange.hang_up(call)
        await stage.ears.until(Ended)

    play(exchange, story)


@pytest.mark.parametrize("how", [Watching.LISTEN, Watching.WHISPER, Watching.JOIN])
def test_a_telephone_that_cannot_be_called_is_no_watch(exchange: Exchange, how: Watching) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await talking(stage)
        # Nobody is registered at the lead's seat.
        with pytest.raises(ExchangeRefused) as no:
            await stage.exchange.supervision.watch(call, stage.lead, how)
        assert no.value.why == "phone_unreachable"
        await stage.hears(stage.caller, OPERATOR)
        await stage.hears(stage.phone, CALLER)
        with pytest.raises(ExchangeRefused) as no:
            await stage.exchange.supervision.take_over(call, stage.lead)
        assert no.value.why == "phone_unreachable"
        shown = await stage.call(call)
        assert shown
        assert (shown.state, shown.holder, watches(shown, stage.lead)) == (
            CallState.TALKING,
            stage.seat,
            False,
        )

    play(exchange, story)


def test_the_telephone_of_the_supervisor_rings_for_help_and_stops(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        lead = await lead_of(stage)
        over = stage.exchange.supervision
        await over.ring(stage.lead, "alert-1")
        await asyncio.to_thread(lead.wait_for, "incoming")
        await over.stop_ringing("alert-1")
        await asyncio.to_thread(lead.wait_for, "closed")
        await over.stop_ringing("alert-1")
        await over.ring(stage.lead, "alert-2")
        await asyncio.to_thread(lead.answer)
        await stage.hears(lead, NOTICE)
        await asyncio.to_thread(lead.wait_for, "closed", 2)
        # A telephone that is not there keeps nobody from anything.
        await over.ring("1003", "alert-3")
        assert (await stage.exchange.picture()).calls == ()

    play(exchange, story)
