"""Who is given away and taken by nobody, with a gateway and without one; telephones that say no."""

import asyncio

import pytest

from models.calls.call import CallState
from models.calls.events import Answered, CallEnd, Ended, Joined, Left, Offered, PartyRang, Released
from server.gateway.exchange import asterisk_moves
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.settings import Telephone
from tests.exchange.asterisk_stage import AsteriskStage
from tests.exchange.evening import connected, play, talking
from tests.exchange.test_telephones import SEAT, desk
from tests.support.exchange import Exchange
from tests.support.parties import party, police_line
from tests.support.tones import OPERATOR, POLICE, RINGING

pytestmark = pytest.mark.exchange


async def given_away(stage: AsteriskStage) -> str:
    """A caller who hears it ring at the police; their call."""
    call = await talking(stage)
    await stage.exchange.handing.transfer(call, "110", "", "110")
    await stage.ears.until(PartyRang)
    await stage.hears(stage.caller, RINGING)
    return call


def test_whom_nobody_takes_is_in_the_queue_again(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asterisk_moves, "_THIRD_PARTY_RINGS_MS", "12000")

    async def story(stage: AsteriskStage) -> None:
        call = await given_away(stage)
        left = await stage.ears.until(Left)
        assert left.cause == "no_answer"
        ended = await stage.ears.until(Ended)
        assert (ended.call, ended.end) == (call, CallEnd.TRANSFERRED)
        again = await stage.ears.until(Offered, lambda one: one.call != call)
        await stage.exchange.answer(again.call, stage.seat)
        await stage.hears(stage.caller, OPERATOR)

    play(exchange, story)


@pytest.fixture
def impatient(exchange: Exchange) -> Exchange:
    """An exchange that takes back after three seconds who was given away and taken by nobody."""
    exchange.ask("dialplan set global XINQIAO_GIVEN_SECONDS 3")
    return exchange


def test_a_gateway_that_dies_meanwhile_leaves_it_to_the_exchange(impatient: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await given_away(stage)
        # Without a word: the connection is gone, as with a killed gateway.
        await stage.line_breaks()
        while "1. PJSIP/" not in await asyncio.to_thread(stage.real.ask, "queue show hotline"):
            pass
        stage.ears.news.clear()
        await stage.line_returns()
        await connected(stage)
        picture = await stage.picture_shows(lambda one: not one.problem and bool(one.calls))
        (again,) = [one for one in picture.calls if one.state is not CallState.ENDED]
        assert again.id != call
        assert again.state in (CallState.WAITING, CallState.RINGING, CallState.TALKING)

    try:
        play(impatient, story)
    finally:
        impatient.ask("dialplan set global XINQIAO_GIVEN_SECONDS 75")


def test_a_gateway_that_dies_meanwhile_keeps_nobody_from_answering(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        call = await given_away(stage)
        await stage.line_breaks()
        await stage.party_answers()
        await stage.hears(stage.caller, POLICE)
        stage.ears.news.clear()
        await stage.line_returns()
        await connected(stage)
        shown = await stage.call(call)
        assert shown
        assert (shown.state, shown.holder) == (CallState.RELEASED, stage.seat)
        await stage.exchange.handing.come_back(call, stage.seat)
        await stage.hears(stage.caller, OPERATOR, POLICE)

    play(exchange, story)


def test_a_telephone_that_cannot_be_fetched_is_no_coming_back(exchange: Exchange) -> None:
    async def story() -> None:
        async with desk(exchange, Telephone.RING) as there:
            police = await asyncio.to_thread(
                there.people.enter_context, party(exchange, police_line(exchange))
            )
            call = await there.rings()
            await there.phone.until(lambda said: said.method == "INVITE")
            there.phone.lift()
            await there.ears.until(Answered)
            await there.exchange.invite(call, "p1", "110", "110")
            await there.ears.until(PartyRang)
            await asyncio.to_thread(police.answer)
            await there.ears.until(Joined)
            await there.exchange.handing.leave(call)
            await there.ears.until(Released, lambda one: one.on)
            there.phone.busy = True
            with pytest.raises(ExchangeRefused) as no:
                await there.exchange.handing.come_back(call, SEAT)
            assert no.value.why == "phone_unreachable"
            shown = next(one for one in (await there.exchange.picture()).calls if one.id == call)
            assert shown.state is CallState.RELEASED
            there.phone.busy = False
            there.phone.heard.clear()
            coming = asyncio.create_task(there.exchange.handing.come_back(call, SEAT))
            await there.phone.until(lambda said: said.method == "INVITE")
            there.phone.lift()
            await coming
            await there.ears.until(Released, lambda one: not one.on)
            await there.exchange.hang_up(call)
            await asyncio.to_thread(police.wait_for, "closed")

    asyncio.run(story())
