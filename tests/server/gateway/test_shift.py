"""The operator's state at the gateway: wrap-up that ends in time or later, and rings that nobody answers."""

from typing import Any

import pytest

from models.calls.call import CallState
from models.ids import new_id
from models.people.operator import Role
from models.shifts.duty import BreakReason, Duty, DutyState
from models.wire.commands import AskPicture, HangUp, SetDuty
from models.wire.duty import Lengthen
from models.wire.line import DutyChanged, Picture
from server.gateway.duty import Terms
from tests.server.gateway.consoles import Console, Site, play

CALLER = "13800000001"
LEAD: dict[str, Any] = {"roles": (Role.LEAD,)}


async def rings_in_vain(site: Site, console: Console) -> None:
    """The call rings at the console's seat for as long as a seat rings, then is taken back.

    It rings again once the exchange looks who is free.
    """
    (call,) = await console.shows(CallState.RINGING)
    site.exchange._board._withdraw(call.id, console.seat)


def rings_again(site: Site) -> None:
    """The exchange looks who is free."""
    site.exchange._board._settle()


async def two_in_vain(site: Site, console: Console) -> None:
    """A caller rings twice at the only seat, and nobody answers."""
    site.scene.ring(CALLER, "12356")
    await rings_in_vain(site, console)
    await becomes(console, console.seat, DutyState.READY, unanswered=1)
    rings_again(site)
    await rings_in_vain(site, console)
    await becomes(console, console.seat, DutyState.BREAK, unanswered=2)


async def wrapping_up(site: Site, console: Console) -> Duty:
    """The console's operator has ended a conversation; their duty."""
    site.scene.ring(CALLER, "12356")
    call = await console.answered()
    assert (await console.do(HangUp(id=new_id(), call=call))).ok
    return await duty(console)


async def duty(console: Console) -> Duty:
    """The duty of the console's seat now."""
    assert (await console.do(AskPicture(id=new_id()))).ok
    return next(news.duty for news in reversed(console.heard) if isinstance(news, Picture))


async def becomes(console: Console, seat: str, state: DutyState, **also: Any) -> Duty:
    """The next news of a seat's duty that says so."""

    def fits(news: DutyChanged) -> bool:
        told = news.duty
        return (told.seat, told.state) == (seat, state) and all(
            getattr(told, name) == value for name, value in also.items()
        )

    return (await console.until(DutyChanged, fits)).duty


def test_wrap_up_ends_by_itself_and_the_next_caller_rings() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            wraps = await wrapping_up(site, console)
            assert wraps.state is DutyState.WRAP_UP
            assert wraps.until is not None
            assert (wraps.until - wraps.since).total_seconds() == 120
            site.scene.ring(CALLER, "12356")
            site.clock.forward(119)
            assert (await duty(console)).state is DutyState.WRAP_UP
            site.clock.forward(2)
            await becomes(console, "1001", DutyState.READY)
            await console.shows(CallState.RINGING)

    play(story, terms=Terms(wrap_up_seconds=120))


def test_a_lead_lengthens_it_and_both_see_by_how_much() -> None:
    async def story(site: Site) -> None:
        async with site.console("1009", **LEAD) as lead, site.at_work() as console:
            wraps = await wrapping_up(site, console)
            assert wraps.until is not None
            assert (await lead.do(Lengthen(id=new_id(), seat="1001", minutes=5))).ok
            longer = await becomes(console, "1001", DutyState.WRAP_UP, lengthened=5)
            assert longer.until is not None
            assert (longer.until - wraps.until).total_seconds() == 300
            assert longer.since == wraps.since
            assert [one.duty for one in lead.heard if isinstance(one, DutyChanged)][-1] == longer
            site.clock.forward(200)
            assert (await duty(console)).state is DutyState.WRAP_UP
            site.clock.forward(230)
            await becomes(lead, "1001", DutyState.READY)

    play(story, terms=Terms(wrap_up_seconds=120))


def test_nobody_else_lengthens_and_nothing_else_is_lengthened() -> None:
    async def story(site: Site) -> None:
        async with site.console("1009", **LEAD) as lead, site.at_work() as console:
            assert (await lead.do(Lengthen(id=new_id(), seat="1001", minutes=5))).why == "not_now"
            assert (await lead.do(Lengthen(id=new_id(), seat="4711", minutes=5))).why == "not_now"
            await wrapping_up(site, console)
            assert (await console.do(Lengthen(id=new_id(), seat="1001", minutes=5))).why == "not_yours"

    play(story)


def test_without_a_limit_it_lasts_until_the_operator_says() -> None:
    async def story(site: Site) -> None:
        async with site.console("1009", **LEAD) as lead, site.at_work() as console:
            assert (await wrapping_up(site, console)).until is None
            site.clock.forward(36000)
            assert (await duty(console)).state is DutyState.WRAP_UP
            assert (await lead.do(Lengthen(id=new_id(), seat="1001", minutes=5))).why == "not_now"
            await console.ready()
            assert (await duty(console)).state is DutyState.READY

    play(story, terms=Terms(wrap_up_seconds=0))


def test_two_rings_in_a_row_without_an_answer_end_being_ready() -> None:
    async def story(site: Site) -> None:
        async with site.console("1009", **LEAD) as lead, site.at_work() as console:
            await two_in_vain(site, console)
            told = await becomes(lead, "1001", DutyState.BREAK, unanswered=2)
            assert told.reason is None
            async with site.at_work("1002") as colleague:
                # The caller was not lost over it: who is ready gets the ring.
                await colleague.shows(CallState.RINGING)
            await console.ready()
            assert (await duty(console)).unanswered == 0

    play(story)


def test_each_unanswered_ring_goes_to_the_next_seat() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as first, site.at_work("1002") as second:
            site.scene.ring(CALLER, "12356")
            await rings_in_vain(site, first)
            await becomes(first, "1001", DutyState.READY, unanswered=1)
            rings_again(site)
            await second.answered()
            assert (await duty(second)).unanswered == 0

    play(story)


def test_an_answer_begins_the_count_anew() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            site.scene.ring(CALLER, "12356")
            await rings_in_vain(site, console)
            await becomes(console, "1001", DutyState.READY, unanswered=1)
            rings_again(site)
            await console.answered()
            assert (await duty(console)).unanswered == 0

    play(story)


def test_a_caller_who_gives_up_is_counted_against_nobody() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            for _ in range(3):
                call = site.scene.ring(CALLER, "12356")
                await console.shows(CallState.RINGING)
                site.scene.caller_hangs_up(call)
                await console.shows()
            # The others would be counted before the one that rings in vain after them: it is the first.
            site.scene.ring(CALLER, "12356")
            await rings_in_vain(site, console)
            await becomes(console, "1001", DutyState.READY, unanswered=1)
            told = [news.duty.unanswered for news in console.heard if isinstance(news, DutyChanged)]
            assert sum(told) == 1

    play(story)


@pytest.mark.parametrize("reason", [None, BreakReason.REST])
def test_who_takes_a_break_anew_is_not_told_of_old_rings(reason: BreakReason | None) -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            await two_in_vain(site, console)
            assert (await console.do(SetDuty(id=new_id(), state="break", reason=reason))).ok
            now = await duty(console)
            assert (now.state, now.reason, now.unanswered) == (DutyState.BREAK, reason, 0)

    play(story)
