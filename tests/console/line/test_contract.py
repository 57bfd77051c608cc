"""What the console relies on holds for the real line and for the scripted one alike."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from console.line import port
from console.line.port import Done
from models.calls.brief import Brief
from models.calls.call import CallState, PartyPhase
from models.calls.events import CallEnd, Watching
from models.shifts.duty import BreakReason, DutyState
from tests.console.line.stages import SEAT, GatewayStage, Stage, stage

Play = Callable[[Callable[[Stage], Awaitable[None]]], None]


@pytest.fixture(params=["scripted", "gateway"])
def play(request: pytest.FixtureRequest) -> Play:
    """Play a story on one of the stages."""

    def played(story: Callable[[Stage], Awaitable[None]]) -> None:
        async def whole() -> None:
            async with stage(request.param) as here:
                await story(here)

        asyncio.run(whole())

    return played


async def ringing(here: Stage) -> str:
    assert await here.line.set_duty(DutyState.READY) == Done(True)
    call = here.ring("13800008000")
    await here.ears.until(lambda: state(here, call) is CallState.RINGING)
    return call


async def talking(here: Stage) -> str:
    call = await ringing(here)
    assert await here.line.answer(call) == Done(True)
    await here.ears.until(lambda: state(here, call) is CallState.TALKING)
    return call


def state(here: Stage, call: str) -> CallState | None:
    known = here.ears.calls.get(call)
    return known.state if known else None


def test_a_seat_is_told_who_it_is_and_sees_the_whole_picture(play: Play) -> None:
    async def story(here: Stage) -> None:
        async with here.working():
            connected = await here.ears.kind(port.Connected)
            assert (connected.operator, connected.seat) == ("op-1001", SEAT)
            picture = await here.ears.kind(port.Picture)
            assert picture.calls == ()
            assert picture.duty.state is DutyState.BREAK
            assert here.ears.news.index(connected) < here.ears.news.index(picture)

    play(story)


def test_a_call_from_the_ring_to_the_end(play: Play) -> None:
    async def story(here: Stage) -> None:
        async with here.working():
            call = await talking(here)
            known = here.ears.calls[call]
            assert (known.number, known.dialled, known.seat) == ("13800008000", "12356", SEAT)
            assert await here.line.hold(call) == Done(True)
            await here.ears.until(lambda: state(here, call) is CallState.HELD)
            assert await here.line.resume(call) == Done(True)
            await here.ears.until(lambda: state(here, call) is CallState.TALKING)
            assert await here.line.mute(call, True) == Done(True)
            await here.ears.until(lambda: here.ears.calls[call].is_muted)
            assert await here.line.hang_up(call) == Done(True)
            await here.ears.until(lambda: state(here, call) is CallState.ENDED)
            assert here.ears.calls[call].end is CallEnd.OPERATOR_ENDED

    play(story)


def test_a_caller_hangs_up(play: Play) -> None:
    async def story(here: Stage) -> None:
        async with here.working():
            call = await talking(here)
            here.caller_hangs_up(call)
            await here.ears.until(lambda: state(here, call) is CallState.ENDED)
            assert here.ears.calls[call].end is CallEnd.CALLER_HUNG_UP

    play(story)


def test_a_third_party_comes_and_is_let_go(play: Play) -> None:
    async def story(here: Stage) -> None:
        async with here.working():
            call = await talking(here)
            assert await here.line.invite(call, "p1", "110", "报警服务台") == Done(True)
            await here.ears.until(lambda: "p1" in here.ears.calls[call].parties)
            here.party_answers(call, "p1")
            await here.ears.until(lambda: here.ears.calls[call].parties["p1"].phase is PartyPhase.JOINED)
            assert here.ears.calls[call].parties["p1"].dial == "110"
            assert await here.line.drop(call, "p1") == Done(True)
            await here.ears.until(lambda: here.ears.calls[call].parties["p1"].phase is PartyPhase.LEFT)
            assert state(here, call) is CallState.TALKING

    play(story)


def test_the_same_party_twice_is_one_invitation(play: Play) -> None:
    async def story(here: Stage) -> None:
        async with here.working():
            call = await talking(here)
            assert await here.line.invite(call, "p1", "110", "报警服务台") == Done(True)
            assert await here.line.invite(call, "p1", "110", "报警服务台") == Done(True)
            await here.ears.until(lambda: "p1" in here.ears.calls[call].parties)
            invited = [
                one
                for one in here.ears.news
                if isinstance(one, port.Happened) and one.event.kind == "invited"
            ]
            assert len(invited) == 1

    play(story)


def test_what_does_not_fit_is_refused_with_its_reason(play: Play) -> None:
    async def story(here: Stage) -> None:
        async with here.working():
            assert await here.line.answer("nothing") == Done(False, "not_yours")
            call = await ringing(here)
            assert await here.line.hold(call) == Done(False, "not_now")
            await here.line.answer(call)
            await here.ears.until(lambda: state(here, call) is CallState.TALKING)
            assert await here.line.answer(call) == Done(False, "not_now")
            assert not (await here.line.invite(call, "p1", "11; rm", "x")).ok
            await here.line.hang_up(call)
            await here.ears.until(lambda: state(here, call) is CallState.ENDED)
            assert await here.line.hold(call) == Done(False, "no_such_call")

    play(story)


def test_duty_changes_are_told(play: Play) -> None:
    async def story(here: Stage) -> None:
        async with here.working():
            assert await here.line.set_duty(DutyState.READY) == Done(True)
            await here.ears.until(lambda: duty(here) is DutyState.READY)
            assert await here.line.set_duty(DutyState.BREAK, BreakReason.REST) == Done(True)
            await here.ears.until(lambda: duty(here) is DutyState.BREAK)

    play(story)


def duty(here: Stage) -> DutyState | None:
    told = [one.duty for one in here.ears.news if isinstance(one, port.DutyChanged)]
    return told[-1].state if told else None


def test_a_lost_gateway_is_told_once_and_its_return_brings_the_whole_picture(play: Play) -> None:
    async def story(here: Stage) -> None:
        async with here.working():
            call = await talking(here)
            heard = len(here.ears.news)
            await here.cut()
            await here.ears.kind(port.Lost, after=heard)
            assert await here.line.hang_up(call) == port.GATEWAY_LOST
            await here.mend()
            await here.ears.kind(port.Connected, after=heard)
            # A gateway that was ended has to see its exchange first.
            await here.ears.until(
                lambda: [one for one in here.ears.news[heard:] if isinstance(one, port.Picture) and one.calls]
            )
            assert state(here, call) is CallState.TALKING
            assert len([one for one in here.ears.news if isinstance(one, port.Lost)]) == 1
            assert await here.line.hang_up(call) == Done(True)

    play(story)


def test_a_call_that_ended_meanwhile_is_not_in_the_picture(play: Play) -> None:
    async def story(here: Stage) -> None:
        async with here.working():
            call = await talking(here)
            heard = len(here.ears.news)
            await here.cut()
            await here.ears.kind(port.Lost, after=heard)
            here.caller_hangs_up(call)
            await here.mend()
            await here.ears.kind(port.Picture, after=heard)
            assert call not in here.ears.calls

    play(story)


REFUSED = pytest.mark.expects_log("a console was refused: ticket")


@pytest.mark.parametrize("kind", ["scripted", pytest.param("gateway", marks=REFUSED)])
def test_a_bad_ticket_is_refused_and_not_tried_again(kind: str) -> None:
    async def story() -> None:
        async with stage(kind) as here:
            await here.line.run(here.bad_ticket, SEAT, here.ears.hear)
            assert here.ears.news == [port.Refused("ticket")]
            assert await here.line.answer("x") == port.GATEWAY_LOST

    asyncio.run(story())


@pytest.mark.expects_log("a console was refused: seat_taken")
def test_a_taken_seat_is_tried_until_it_is_free() -> None:
    async def story() -> None:
        async with stage("gateway") as here, stage("scripted") as spare:
            assert isinstance(here, GatewayStage)
            first = asyncio.create_task(here.line.run(here.ticket, SEAT, spare.ears.hear))
            await spare.ears.kind(port.Connected)
            second = asyncio.create_task(here.another_line().run(here.ticket, SEAT, here.ears.hear))
            assert await here.ears.kind(port.Refused) == port.Refused("seat_taken")
            first.cancel()
            await asyncio.gather(first, return_exceptions=True)
            await here.ears.kind(port.Connected)
            assert len([one for one in here.ears.news if isinstance(one, port.Refused)]) == 1
            second.cancel()
            await asyncio.gather(second, return_exceptions=True)

    asyncio.run(story())


def test_nothing_heavy_is_loaded_before_the_first_connection() -> None:
    code = (
        "import sys, console.line.gateway, console.sync.api, console.sync.pump, console.session.keys,"
        " console.storage.opening;"
        "print([m for m in ('pydantic', 'websockets', 'httpx2', 'sqlalchemy', 'sqlcipher3', 'keyring',"
        " 'cryptography', 'argon2') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_who_signs_off_comes_back_to_a_break(play: Play) -> None:
    async def story(here: Stage) -> None:
        async with here.working():
            assert await here.line.set_duty(DutyState.READY) == Done(True)
        heard = len(here.ears.news)
        run = asyncio.create_task(here.line.run(here.ticket, SEAT, here.ears.hear))
        picture = await here.ears.kind(port.Picture, after=heard)
        assert picture.duty.state is DutyState.BREAK
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)

    play(story)


def test_a_conversation_is_left_and_come_back_to(play: Play) -> None:
    async def story(here: Stage) -> None:
        async with here.working():
            call, handing = await talking(here), here.line.handing
            assert await handing.leave(call) == Done(False, "not_now")
            assert await here.line.invite(call, "p", "110", "110") == Done(True)
            here.party_answers(call, "p")
            await here.ears.until(lambda: here.ears.calls[call].parties["p"].phase is PartyPhase.JOINED)
            assert await here.line.press(call, "1#") == Done(True)
            assert await handing.leave(call) == Done(True)
            await here.ears.until(lambda: state(here, call) is CallState.RELEASED)
            assert await here.line.press(call, "1") == Done(False, "not_now")
            assert await handing.come_back(call) == Done(True)
            await here.ears.until(lambda: state(here, call) is CallState.TALKING)

    play(story)


def test_a_caller_is_given_away(play: Play) -> None:
    async def story(here: Stage) -> None:
        async with here.working():
            call = await talking(here)
            assert (await here.line.handing.transfer(call, "110", "", "110")).ok
            await here.ears.until(lambda: state(here, call) is CallState.RELEASED and _asked(here, call))
            assert [party.dial for party in here.ears.calls[call].parties.values()] == ["110"]

    play(story)


def test_what_is_not_recorded_and_what_is_not_anothers(play: Play, request: pytest.FixtureRequest) -> None:
    if "gateway" in request.node.name:
        # Who tries to listen without leading is noted there.
        request.node.add_marker(pytest.mark.expects_log("takes no part in calls of others"))

    async def story(here: Stage) -> None:
        async with here.working():
            call = await talking(here)
            assert await here.line.tape(call, False) == Done(False, "not_now")
            assert not (await here.line.supervision.watch(call, Watching.LISTEN)).ok
            assert not (await here.line.supervision.take_over(call)).ok

    play(story)


def _asked(here: Stage, call: str) -> bool:
    return bool(here.ears.calls[call].parties)


def test_what_a_colleague_is_told_stands_in_the_picture_and_who_is_there_is_told(play: Play) -> None:
    async def story(here: Stage) -> None:
        async with here.working():
            call = await talking(here)
            brief = Brief(call, "note-1", "R3", True, ("一", "二"), datetime(2026, 3, 4, tzinfo=UTC))
            assert await here.line.handing.tell_colleague(brief) == Done(True)
            told = await here.ears.until(
                lambda: [one for one in here.ears.news if isinstance(one, port.Picture) and one.briefs]
            )
            (heard,) = told[-1].briefs
            assert (heard.call, heard.level, heard.red, heard.lines) == (call, "R3", True, ("一", "二"))
            assert (heard.seat, heard.operator) == (SEAT, "op-1001")
            assert not (await here.line.handing.tell_colleague(replace(brief, call="nothing"))).ok
            assert await here.line.handing.ask_colleagues(True) == Done(True)
            assert (await here.ears.kind(port.Colleagues)).there == ()
            await here.cut()
            await here.ears.kind(port.Lost)
            assert await here.line.handing.tell_colleague(brief) == port.GATEWAY_LOST
            assert await here.line.handing.ask_colleagues(False) == port.GATEWAY_LOST
            await here.mend()

    play(story)
