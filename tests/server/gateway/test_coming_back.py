"""What a console finds when it comes back, and what becomes of its call meanwhile."""

import asyncio
import shutil
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from models.calls.call import CallState
from models.calls.events import CallEnd, Ended, Held
from models.ids import new_id
from models.people.operator import Role
from models.shifts.duty import BreakReason, Duty, DutyState
from models.wire.commands import AskPicture, HangUp, SetDuty
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


def first(console: Console) -> Duty:
    return next(news.duty for news in console.heard if isinstance(news, Picture))


def test_a_restarted_gateway_finds_the_shift_as_it_was(tmp_path: Path) -> None:
    kept = tmp_path / "shift.json"

    async def story() -> None:
        async with AsyncExitStack() as consoles:
            async with site(roster=kept) as before:
                at = [await consoles.enter_async_context(before.at_work(f"100{n}")) for n in range(1, 5)]
                before.scene.ring(CALLER, "12356")
                call = await at[0].answered()
                before.scene.ring(CALLER, "12356")
                await at[1].answered()
                assert (await at[1].do(HangUp(id=new_id(), call=at[1].calls[0].id))).ok
                assert (await at[1].do(AskPicture(id=new_id()))).ok
                wraps = next(news.duty for news in reversed(at[1].heard) if isinstance(news, Picture))
                rest = SetDuty(id=new_id(), state="break", reason=BreakReason.MEETING)
                assert (await at[2].do(rest)).ok
                # What is on the disk now is what a gateway leaves that is killed now.
                left = shutil.copy(kept, tmp_path / "left.json")
            before.clock.forward(60)
            async with site(before.exchange, clock=before.clock, roster=left) as second:
                async with second.console("1001") as back:
                    assert [(one.id, one.state) for one in back.calls] == [(call, CallState.TALKING)]
                async with second.console("1002") as back:
                    assert wraps.state is DutyState.WRAP_UP
                    assert (first(back).state, first(back).since, first(back).until) == (
                        DutyState.WRAP_UP,
                        wraps.since,
                        wraps.until,
                    )
                async with second.console("1003") as back:
                    assert (first(back).state, first(back).reason) == (DutyState.BREAK, BreakReason.MEETING)
                async with second.console("1004") as back:
                    assert first_duty(back) is DutyState.READY

    asyncio.run(asyncio.wait_for(story(), GIVE_UP))
    assert "练习员" not in kept.read_text("utf-8")


def test_another_operator_at_a_restarted_gateway_begins_with_a_break(tmp_path: Path) -> None:
    kept = tmp_path / "shift.json"

    async def story() -> None:
        async with AsyncExitStack() as consoles:
            async with site(roster=kept) as before:
                await consoles.enter_async_context(before.at_work("1001"))
            async with site(before.exchange, roster=kept) as second:
                # The exchange still rings the seat; nobody is there yet, so it must not.
                while (await second.exchange.picture()).seats["1001"].ready:
                    await asyncio.to_thread(int)
                async with second.console("1001", who={"id": "op-other"}) as other:
                    assert first_duty(other) is DutyState.BREAK

    asyncio.run(asyncio.wait_for(story(), GIVE_UP))


def test_a_first_sign_in_begins_with_a_break_though_the_exchange_rings_the_seat() -> None:
    async def story(site: Site) -> None:
        await site.exchange.set_ready("1001", True, "")
        async with site.console() as console:
            assert first_duty(console) is DutyState.BREAK
            while (await site.exchange.picture()).seats["1001"].ready:
                await asyncio.to_thread(int)

    play(story)


def test_a_conversation_that_ended_without_a_gateway_leads_to_wrap_up(tmp_path: Path) -> None:
    kept = tmp_path / "shift.json"

    async def story() -> None:
        async with AsyncExitStack() as consoles:
            async with site(roster=kept) as before:
                talking = await consoles.enter_async_context(before.at_work("1001"))
                before.scene.ring(CALLER, "12356")
                call = await talking.answered()
            before.scene.caller_hangs_up(call)
            async with site(before.exchange, roster=kept) as second, second.console("1001") as back:
                assert back.calls == []
                assert first_duty(back) is DutyState.WRAP_UP

    asyncio.run(asyncio.wait_for(story(), GIVE_UP))


@pytest.mark.expects_log("the kept shift cannot be read")
@pytest.mark.parametrize("damaged", ["", "{", '{"seats": 7}', '{"seats": {"1001": {"between": "?"}}}'])
def test_a_damaged_memory_is_none(tmp_path: Path, damaged: str) -> None:
    kept = tmp_path / "shift.json"
    kept.write_text(damaged)

    async def story(site: Site) -> None:
        async with site.console() as console:
            assert first_duty(console) is DutyState.BREAK

    play(story, roster=kept)


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
