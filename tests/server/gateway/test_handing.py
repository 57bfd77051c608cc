"""A conversation that is left, come back to and given away, over real WebSockets."""

from typing import Any

from models.calls.call import CallState
from models.calls.events import CallEnd, Taping
from models.ids import new_id
from models.people.operator import Role
from models.shifts.duty import DutyState
from models.wire.commands import ComeBack, Drop, HangUp, Hold, Invite, Leave, Mute, Press, Tape
from models.wire.line import Done, DutyChanged
from tests.server.gateway.consoles import Console, Site, play

CALLER = "13800000001"


async def three_talk(site: Site, console: Console) -> tuple[str, str]:
    """A call with the police in it; its id and the party's."""
    site.scene.ring(CALLER, "12356")
    call, party = await console.answered(), new_id()
    assert (await console.do(Invite(id=new_id(), call=call, party=party, dial="110", label="110"))).ok
    site.scene.party_answers(call, party)
    return call, party


def duties(console: Console) -> list[DutyState]:
    return [news.duty.state for news in console.heard if isinstance(news, DutyChanged)]


async def on_duty(console: Console, state: DutyState) -> None:
    """Wait until this is the latest that was told."""
    while duties(console)[-1] is not state:
        await console.hear()


async def do(console: Console, command: type[Any], call: str, **more: Any) -> Done:
    return await console.do(command(id=new_id(), call=call, **more))


def test_who_left_writes_and_the_call_stays_on_the_board() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            call, party = await three_talk(site, console)
            assert (await do(console, Leave, call)).ok
            await console.shows(CallState.RELEASED)
            await on_duty(console, DutyState.WRAP_UP)
            for command, more in ((Hold, {}), (Mute, {"on": True}), (Press, {"keys": "1"}), (Leave, {})):
                assert (await do(console, command, call, **more)).why == "not_now"
            await console.ready()
            site.scene.party_leaves(call, party)
            await console.shows()
            assert console.board[call].end is CallEnd.TRANSFERRED
            await console.ready()
            assert duties(console).count(DutyState.WRAP_UP) == 1

    play(story)


def test_coming_back_is_a_conversation_again() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            call, party = await three_talk(site, console)
            assert (await do(console, Leave, call)).ok
            await console.shows(CallState.RELEASED)
            assert (await do(console, ComeBack, call)).ok
            await console.shows(CallState.TALKING)
            await on_duty(console, DutyState.TALKING)
            assert (await do(console, Drop, call, party=party)).ok
            assert (await do(console, HangUp, call)).ok
            await on_duty(console, DutyState.WRAP_UP)

    play(story)


def test_nobody_comes_back_in_the_middle_of_another_conversation() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            call, _ = await three_talk(site, console)
            assert (await do(console, Leave, call)).ok
            await console.ready()
            site.scene.ring("13800000002", "12356")
            await console.shows(CallState.RELEASED, CallState.RINGING)
            other = next(one for one in console.calls if one.id != call)
            await site.exchange.answer(other.id, "1001")
            await console.shows(CallState.RELEASED, CallState.TALKING)
            assert (await do(console, ComeBack, call)).why == "not_now"
            assert (await do(console, HangUp, call)).ok
            await console.shows(CallState.TALKING)

    play(story)


def test_another_seat_neither_leaves_nor_comes_back() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console, site.console("1002") as other:
            call, _ = await three_talk(site, console)
            assert (await do(other, Leave, call)).why == "not_yours"
            assert (await do(console, Leave, call)).ok
            for command, more in ((ComeBack, {}), (HangUp, {}), (Press, {"keys": "1"})):
                assert (await do(other, command, call, **more)).why == "not_yours"

    play(story)


def test_keys_go_into_the_conversation() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            call, _ = await three_talk(site, console)
            assert (await do(console, Press, call, keys="12#")).ok
            assert site.scene.pressed[call] == "12#"

    play(story)


def test_a_recording_is_paused_from_the_console_and_goes_on() -> None:
    async def story(site: Site) -> None:
        site.scene.records()
        async with site.at_work() as console:
            site.scene.ring(CALLER, "12356")
            call = await console.answered()
            for on, state in ((False, Taping.PAUSED), (True, Taping.ON)):
                assert (await do(console, Tape, call, on=on)).ok
                while not (tape := console.board[call].tape) or tape.state is not state:
                    await console.hear()

    play(story)


def test_a_lead_pauses_nothing_and_what_is_not_recorded_is_not_paused() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console, site.console("1009", roles=(Role.LEAD,)) as lead:
            site.scene.ring(CALLER, "12356")
            call = await console.answered()
            assert (await do(console, Tape, call, on=False)).why == "not_now"
            assert (await do(lead, Tape, call, on=False)).why == "not_yours"

    play(story)
