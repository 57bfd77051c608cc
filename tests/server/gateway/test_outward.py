"""Calls from here and the numbers that are open to nobody, over real WebSockets."""

import logging

import pytest

from models.calls.call import CallState
from models.calls.events import CallEnd, Direction
from models.calls.outgoing import Placed
from models.ids import new_id
from models.shifts.duty import DutyState
from models.wire.commands import DialOut, HangUp, Hold, Invite, SetDuty, Transfer
from models.wire.line import Done, Happened
from tests.server.gateway.consoles import Console, Site, play
from tests.server.gateway.test_handing import on_duty

NUMBER = "13800000009"


def dialling(call: str, dial: str = NUMBER, about: str = "") -> DialOut:
    return DialOut(id=new_id(), call=call, dial=dial, label="回电", about=about)


async def calls_out(console: Console, about: str = "") -> str:
    """A call that is being placed; its id."""
    call = new_id()
    assert (await console.do(dialling(call, about=about))).ok
    return call


def state_of(console: Console, call: str) -> CallState:
    return console.board[call].state


def test_a_call_from_here_is_on_the_board_with_what_its_console_said() -> None:
    async def story(site: Site) -> None:
        async with site.console() as console:
            call = await calls_out(console, about="b" * 32)
            while not any(
                isinstance(one, Happened) and isinstance(one.event, Placed) for one in console.heard
            ):
                await console.hear()
            shown = console.board[call]
            assert (shown.direction, shown.seat, shown.number) == (Direction.OUT, "1001", NUMBER)
            assert (shown.operator, shown.label, shown.about) == ("op-1001", "回电", "b" * 32)
            assert shown.dialled == "12356"
            await on_duty(console, DutyState.TALKING)
            assert (await console.do(Hold(id=new_id(), call=call))).why == "not_now"
            site.scene.callee_answers(call)
            while state_of(console, call) is not CallState.TALKING:
                await console.hear()
            assert (await console.do(HangUp(id=new_id(), call=call))).ok
            await on_duty(console, DutyState.WRAP_UP)

    play(story)


def test_the_same_call_twice_is_one_call_and_once_over_is_over() -> None:
    async def story(site: Site) -> None:
        async with site.console() as console, site.console("1002") as other:
            call = await calls_out(console)
            assert (await console.do(dialling(call))).ok
            assert (await console.do(dialling(new_id()))).why == "not_now"
            assert (await other.do(dialling(call))).why == "not_yours"
            site.scene.callee_misses(call, "no_answer")
            while state_of(console, call) is not CallState.ENDED:
                await console.hear()
            ended = console.board[call]
            assert (ended.end, ended.cause) == (CallEnd.NORMAL, "no_answer")
            assert (await console.do(dialling(call))).why == "no_such_call"
            await on_duty(console, DutyState.WRAP_UP)

    play(story)


def test_who_calls_out_is_rung_by_nobody_and_answers_nobody() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            call = await calls_out(console)
            await on_duty(console, DutyState.TALKING)
            assert (await console.do(SetDuty(id=new_id(), state="ready"))).why == "not_now"
            site.scene.ring("13800000001", "12356")
            assert (await console.do(HangUp(id=new_id(), call=call))).ok
            await console.shows()
            await console.ready()
            await console.shows(CallState.RINGING)

    play(story)


@pytest.mark.expects_log("may not dial a number of the kind")
@pytest.mark.parametrize("dial", ["0012125551234", "16812345", "17909001212555", "10086", "9110"])
def test_what_is_open_to_nobody_is_refused_and_traced_without_the_number(
    dial: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="server.gateway.outward")

    async def story(site: Site) -> None:
        async with site.at_work() as console:
            assert (await console.do(dialling(new_id(), dial))).why == "number_barred"
            site.scene.ring("13800000001", "12356")
            call = await console.answered()
            invite = Invite(id=new_id(), call=call, party=new_id(), dial=dial, label="x")
            transfer = Transfer(id=new_id(), call=call, dial=dial, label="x")
            for command in (invite, transfer):
                done: Done = await console.do(command)
                assert done.why == "number_barred"
            assert not console.board[call].parties

    play(story)
    said = [record.getMessage() for record in caplog.records if "may not dial" in record.getMessage()]
    assert len(said) == 3
    assert all("op-1001" in one and dial not in one for one in said)


def test_the_directory_and_emergency_numbers_are_dialled() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            site.scene.ring("13800000001", "12356")
            call = await console.answered()
            for dial in ("110", "0351120", "12355", "035112345", "13800000002", "03542021234"):
                party = new_id()
                assert (
                    await console.do(Invite(id=new_id(), call=call, party=party, dial=dial, label="x"))
                ).ok

    play(story)
