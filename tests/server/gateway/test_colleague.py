"""A colleague in the conversation and a caller who is given away, over real WebSockets."""

from typing import Any

from models.calls.call import CallState
from models.calls.events import CallEnd
from models.calls.place import state_at
from models.ids import new_id
from models.shifts.duty import DutyState
from models.wire.commands import Answer, Drop, HangUp, Hold, Invite, Leave, Resume, Transfer
from models.wire.line import Done, DutyChanged
from tests.server.gateway.consoles import Console, Site, play

CALLER = "13800000001"


async def do(console: Console, command: type[Any], call: str, **more: Any) -> Done:
    return await console.do(command(id=new_id(), call=call, **more))


async def here(console: Console, call: str, state: CallState | None) -> None:
    """Wait until the call does this at the console's seat."""
    while call not in console.board or state_at(console.board[call], console.seat) is not state:
        await console.hear()


async def on_duty(console: Console, state: DutyState) -> None:
    """Wait until this is the latest that was told."""

    def latest() -> DutyState:
        return [news.duty.state for news in console.heard if isinstance(news, DutyChanged)][-1]

    while latest() is not state:
        await console.hear()


async def asked(site: Site, first: Console) -> tuple[str, str]:
    """A call of the first console that rings at seat 1002 too; its id and the invitation's."""
    site.scene.ring(CALLER, "12356")
    call, party = await first.answered(), new_id()
    assert (await do(first, Invite, call, party=party, seat="1002", label="练习员")).ok
    return call, party


def test_a_colleague_sees_the_call_that_rings_takes_part_and_has_it_in_the_end() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as first, site.console("1002") as second:
            call, party = await asked(site, first)
            await here(second, call, CallState.RINGING)
            await on_duty(second, DutyState.RINGING)
            assert second.board[call].number == CALLER
            assert second.board[call].parties[party].seat == "1002"
            assert (await do(first, Hold, call)).ok
            assert (await do(second, Answer, call)).ok
            await here(second, call, CallState.HELD)
            await on_duty(second, DutyState.HELD)
            for command in (Hold, Resume, HangUp):
                assert (await do(second, command, call)).why == "not_yours"
            assert (await do(first, Resume, call)).ok
            assert (await do(first, Leave, call)).ok
            await here(first, call, None)
            await on_duty(first, DutyState.WRAP_UP)
            while second.board[call].holder != "1002":
                await second.hear()
            known = second.board[call]
            assert known.state is CallState.TALKING
            assert (known.holder, known.handed and known.handed.operator) == ("1002", "op-1002")
            assert (await do(first, HangUp, call)).why == "not_yours"
            assert (await do(second, HangUp, call)).ok
            await on_duty(second, DutyState.WRAP_UP)

    play(story)


def test_a_colleague_declines_or_leaves_and_the_call_stays_where_it_is() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as first, site.console("1002") as second:
            call, _ = await asked(site, first)
            await here(second, call, CallState.RINGING)
            assert (await do(second, Leave, call)).ok
            await here(second, call, None)
            await on_duty(second, DutyState.BREAK)
            assert (await do(first, Invite, call, party=new_id(), seat="1002", label="练习员")).ok
            await here(second, call, CallState.RINGING)
            assert (await do(second, Answer, call)).ok
            await here(second, call, CallState.TALKING)
            assert (await do(second, Leave, call)).ok
            await here(second, call, None)
            await on_duty(second, DutyState.WRAP_UP)
            assert (await do(first, Hold, call)).ok
            await here(first, call, CallState.HELD)

    play(story)


def test_only_somebody_who_is_there_and_free_is_asked() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as first:
            site.scene.ring(CALLER, "12356")
            call = await first.answered()
            absent: dict[str, Any] = {"seat": "1002", "label": "练习员"}
            assert (await do(first, Invite, call, party=new_id(), **absent)).why == "not_now"
            assert (await do(first, Transfer, call, **absent)).why == "not_now"
            async with site.at_work("1002") as second:
                site.scene.ring("13800000002", "12356")
                await second.answered()
                assert (await do(first, Invite, call, party=new_id(), **absent)).why == "not_now"
                assert (await do(first, Transfer, call, **absent)).why == "not_now"
            assert not first.board[call].parties

    play(story)


def test_a_colleague_who_is_asked_in_may_be_let_go() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as first, site.console("1002") as second:
            call, party = await asked(site, first)
            await here(second, call, CallState.RINGING)
            assert (await do(first, Drop, call, party=party)).ok
            await here(second, call, None)
            assert (await do(second, Answer, call)).why == "not_yours"

    play(story)


def test_a_caller_given_to_a_colleague_is_theirs() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as first, site.console("1002") as second:
            site.scene.ring(CALLER, "12356")
            call = await first.answered()
            assert (await do(first, Transfer, call, seat="1002", label="练习员")).ok
            await here(first, call, CallState.RELEASED)
            await on_duty(first, DutyState.WRAP_UP)
            await here(second, call, CallState.RINGING)
            assert (await do(second, Answer, call)).ok
            await here(second, call, CallState.TALKING)
            await here(first, call, None)

    play(story)


def test_a_caller_whom_a_colleague_declines_is_offered_anew() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as first, site.console("1002") as second:
            site.scene.ring(CALLER, "12356")
            call = await first.answered()
            assert (await do(first, Transfer, call, seat="1002", label="练习员")).ok
            await here(second, call, CallState.RINGING)
            assert (await do(second, Leave, call)).ok
            await here(first, call, CallState.ENDED)
            assert first.board[call].end is CallEnd.TRANSFERRED
            await second.ready()
            (again,) = await second.shows(CallState.RINGING)
            assert again.id != call
            assert again.number == CALLER

    play(story)
