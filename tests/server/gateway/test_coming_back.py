"""What a console finds when it comes back, and what becomes of its call meanwhile."""

import asyncio
from contextlib import AsyncExitStack

from models.calls.call import CallState
from models.calls.events import CallEnd, Ended, Held
from models.ids import new_id
from models.people.operator import Role
from models.shifts.duty import BreakReason, DutyState
from models.wire.commands import AskPicture, SetDuty
from models.wire.line import DutyChanged, Happened, Picture
from tests.server.gateway.consoles import GIVE_UP, Console, Site, play, site

CALLER = "13800000001"


async def cut(console: Console) -> None:
    """The network cable is pulled."""
    console.socket.transport.abort()
    await console.socket.wait_closed()


def first_duty(console: Console) -> DutyState:
    return next(news.duty.state for news in console.heard if isinstance(news, Picture))


def happened(console: Console) -> list[object]:
    return [news.event for news in console.heard if isinstance(news, Happened)]


def test_the_picture_shows_the_call_that_went_on() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            site.scene.ring(CALLER, "035412356")
            call = await console.answered()
            await cut(console)
        async with site.console() as back:
            (known,) = back.calls
            assert (known.id, known.state, known.number) == (call, CallState.TALKING, CALLER)
            assert first_duty(back) is DutyState.TALKING
            assert await back.do(AskPicture(id=new_id()))

    play(story)


def test_what_happened_to_the_own_call_meanwhile_is_told() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            site.scene.ring(CALLER, "12356")
            call = await console.answered()
            await cut(console)
        await site.exchange.hold(call)
        site.scene.caller_hangs_up(call)
        async with site.console() as back:
            assert [type(event) for event in happened(back)] == [Held, Ended]
            assert back.calls == []
            assert first_duty(back) is DutyState.WRAP_UP
            await cut(back)
        async with site.console() as again:
            assert happened(again) == []

    play(story)


def test_another_operator_is_not_told_of_it() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            call = site.scene.ring(CALLER, "12356")
            await console.answered()
            await cut(console)
        site.scene.caller_hangs_up(call)
        async with site.console(who={"id": "op-other"}) as other:
            assert happened(other) == []
            assert first_duty(other) is DutyState.BREAK

    play(story)


def test_who_was_ready_is_ready_again_after_a_broken_connection() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            await cut(console)
        async with site.console() as back:
            assert first_duty(back) is DutyState.READY
            site.scene.ring(CALLER, "12356")
            await back.shows(CallState.RINGING)

    play(story)


def test_who_signed_off_begins_with_a_break() -> None:
    async def story(site: Site) -> None:
        async with site.at_work():
            pass
        async with site.console() as back:
            assert first_duty(back) is DutyState.BREAK

    play(story)


def test_a_seat_without_its_console_does_not_ring() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1002", roles=(Role.LEAD,)) as there, site.at_work("1001") as gone:
            await cut(gone)
            await there.until(DutyChanged, lambda news: news.duty.state is DutyState.OFF)
            for _ in range(2):
                site.scene.ring(CALLER, "12356")
            await there.answered()
            picture = await site.exchange.picture()
            assert [call.state for call in picture.calls] == [CallState.TALKING, CallState.WAITING]

    play(story)


def test_a_break_is_kept_with_its_reason() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            await console.do(SetDuty(id=new_id(), state="break", reason=BreakReason.TRAINING))
            await cut(console)
        async with site.console() as back:
            duty = next(news.duty for news in back.heard if isinstance(news, Picture))
            assert (duty.state, duty.reason) == (DutyState.BREAK, BreakReason.TRAINING)

    play(story)


def test_a_restarted_gateway_finds_the_shift_as_it_was() -> None:
    async def story() -> None:
        async with AsyncExitStack() as consoles:
            async with site() as first:
                talking = await consoles.enter_async_context(first.at_work("1001"))
                await consoles.enter_async_context(first.at_work("1002"))
                first.scene.ring(CALLER, "12356")
                call = await talking.answered()
            async with site(first.exchange) as second:
                async with second.console("1001") as back:
                    assert [(one.id, one.state) for one in back.calls] == [(call, CallState.TALKING)]
                async with second.console("1002") as back:
                    assert first_duty(back) is DutyState.READY

    asyncio.run(asyncio.wait_for(story(), GIVE_UP))


def test_the_end_tells_how_it_ended() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            call = site.scene.ring(CALLER, "12356")
            await console.answered()
            site.scene.caller_is_cut_off(call)
            ended = await console.until(Happened, lambda news: isinstance(news.event, Ended))
            assert isinstance(ended.event, Ended)
            assert ended.event.end is CallEnd.LINE_LOST

    play(story)
