"""The exchange is lost and comes back: what the consoles are told, and that nothing is shown that is gone."""

import asyncio

import pytest

from models.calls.call import CallState, PartyPhase
from models.calls.events import CallEnd, Ended
from models.clock import ManualClock
from models.ids import new_id
from models.shifts.duty import DutyState
from models.wire.commands import AskPicture, Hold, Invite, SetDuty
from models.wire.line import Done, DutyChanged, Happened, LineChanged, Picture
from server.gateway.app import running
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.exchange.simulated import Simulated
from tests.server.gateway.consoles import GIVE_UP, Console, Site, play, settings_of

CALLER = "13800000001"


async def lost(site: Site, console: Console) -> None:
    site.scene.line_breaks()
    await console.until(LineChanged, lambda news: news.line == "line_lost")


async def back(site: Site, console: Console) -> Picture:
    site.scene.line_returns()
    return await console.until(Picture, lambda news: not news.line)


def test_the_call_that_went_on_is_still_there() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            site.scene.ring(CALLER, "12356")
            call = await console.answered()
            await lost(site, console)
            done = await console.do(Hold(id=new_id(), call=call))
            assert (done.ok, done.why) == (False, "line_lost")
            await console.do(AskPicture(id=new_id()))
            assert [one.state for one in console.calls] == [CallState.TALKING]
            picture = await back(site, console)
            assert [one.state for one in picture.calls] == [CallState.TALKING]
            assert (await console.do(Hold(id=new_id(), call=call))).ok

    play(story)


def test_a_call_that_is_gone_ended_by_a_lost_line() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            site.scene.ring(CALLER, "12356")
            call = await console.answered()
            await lost(site, console)
            site.scene.caller_hangs_up(call)
            site.scene.line_returns()
            ended = await console.until(Happened)
            assert isinstance(ended.event, Ended)
            assert (ended.event.call, ended.event.end) == (call, CallEnd.LINE_LOST)
            await console.until(DutyChanged, lambda news: news.duty.state is DutyState.WRAP_UP)
            assert console.calls == []
            await console.ready()
            site.scene.ring(CALLER, "12356")
            await console.answered()

    play(story)


def test_what_happened_unheard_is_caught_up() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            site.scene.ring(CALLER, "12356")
            call = await console.answered()
            party = new_id()
            await console.do(Invite(id=new_id(), call=call, party=party, dial="110", label="110"))
            await lost(site, console)
            site.scene.party_answers(call, party)
            (known,) = (await back(site, console)).calls
            assert known.parties[party].phase is PartyPhase.JOINED
            assert known.parties[party].label == "110"

    play(story)


def test_a_caller_who_came_meanwhile_rings() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            await lost(site, console)
            site.scene.ring(CALLER, "12356")
            picture = await back(site, console)
            assert [(one.number, one.state) for one in picture.calls] == [(CALLER, CallState.RINGING)]
            assert picture.queue.waiting == 1
            await console.answered()

    play(story)


def test_a_duty_chosen_meanwhile_is_passed_on() -> None:
    async def story(site: Site) -> None:
        async with site.console() as console:
            await lost(site, console)
            await console.ready()
            site.scene.ring(CALLER, "12356")
            site.scene.line_returns()
            await console.answered()

    play(story)


def test_without_an_exchange_the_line_is_a_lasting_problem() -> None:
    async def story() -> None:
        now = ManualClock()
        async with running(settings_of(), now) as gateway:
            place = Site(gateway.url, now, Simulated(now))
            async with place.console() as console:
                picture = next(news for news in console.heard if isinstance(news, Picture))
                assert picture.line == "line_config"
                assert not gateway.exchange.practice
                await console.ready()
                done: Done = await console.do(Hold(id=new_id(), call=new_id()))
                assert not done.ok

    asyncio.run(asyncio.wait_for(story(), GIVE_UP))


@pytest.mark.expects_log("did not take command")
def test_an_exchange_that_does_not_answer_does_not_hold_the_console() -> None:
    class Deaf(Simulated):
        async def hold(self, call: str) -> None:
            await asyncio.Event().wait()

    async def story(site: Site) -> None:
        async with site.at_work() as console:
            site.scene.ring(CALLER, "12356")
            call = await console.answered()
            done = await console.do(Hold(id=new_id(), call=call))
            assert (done.ok, done.why) == (False, "line_lost")
            assert (await console.do(AskPicture(id=new_id()))).ok

    play(story, exchange=Deaf(ManualClock()), seconds=1)


def test_a_seat_that_the_exchange_does_not_know_is_not_ready() -> None:
    class Strict(Simulated):
        async def set_ready(self, seat: str, ready: bool, reason: str, /) -> None:
            if ready:
                raise ExchangeRefused("not_now")

    async def story(site: Site) -> None:
        async with site.console() as console:
            done = await console.do(SetDuty(id=new_id(), state="ready"))
            assert (done.ok, done.why) == (False, "not_now")
            await console.do(AskPicture(id=new_id()))
            latest = [news.duty.state for news in console.heard if isinstance(news, Picture)][-1]
            assert latest is DutyState.BREAK

    play(story, exchange=Strict(ManualClock()))
