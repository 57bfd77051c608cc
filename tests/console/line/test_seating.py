"""Seats between two consoles over a real gateway: taken, asked for, given, and more time for wrap-up."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from console.line import port
from console.line.fake import Exchange, ScriptedLine
from console.line.gateway import GatewayLine
from console.line.port import Done
from console.runtime.waiting import wait_for
from console.session.endpoint import endpoint
from models.clock import ManualClock
from models.people.operator import Role
from models.shifts.duty import Duty, DutyState
from server.gateway.app import running
from server.gateway.exchange.simulated import Simulated
from server.gateway.settings import Settings
from tests.console.line.stages import GIVE_UP, SEAT, Ears
from tests.server.gateway.consoles import PUBLIC, ticket_of


class Place:
    """A gateway on loopback and consoles with the real client."""

    def __init__(self, url: str, clock: ManualClock, exchange: Simulated) -> None:
        self._url = url
        self.clock = clock
        self.exchange = exchange

    @asynccontextmanager
    async def console(
        self, seat: str, who: str, role: Role = Role.OPERATOR
    ) -> AsyncIterator[tuple[GatewayLine, Ears]]:
        line, ears = GatewayLine(endpoint(self._url), self.clock, wait_for), Ears()
        ticket = ticket_of(self.clock, seat, who={"id": who}, roles=(role,))
        run = asyncio.create_task(line.run(ticket, seat, ears.hear))
        try:
            await ears.until(lambda: ears.news)
            yield line, ears
        finally:
            run.cancel()
            await asyncio.gather(run, return_exceptions=True)


def play(story: Callable[[Place], Awaitable[None]]) -> None:
    async def evening() -> None:
        clock = ManualClock()
        exchange = Simulated(clock)
        async with (
            asyncio.timeout(GIVE_UP),
            running(Settings("jinzhong", PUBLIC), clock, exchange) as gateway,
        ):
            await story(Place(gateway.url, clock, exchange))

    asyncio.run(evening())


async def refused(ears: Ears, why: str) -> None:
    await ears.until(lambda: port.Refused(why) in ears.news)


def wraps_up(ears: Ears) -> bool:
    """True once the gateway has told that this seat writes up its call."""
    told = [one.duty for one in ears.news if isinstance(one, port.DutyChanged) and one.duty.seat == SEAT]
    return bool(told) and told[-1].state is DutyState.WRAP_UP


@pytest.mark.expects_log("refused: seat_taken")
def test_the_seat_changes_hands_with_a_leads_word_and_back_again() -> None:
    async def story(place: Place) -> None:
        async with AsyncExitStack() as stack:
            lead, leads = await stack.enter_async_context(place.console("1009", "lead", Role.LEAD))
            first, firsts = await stack.enter_async_context(place.console(SEAT, "zhang"))
            await firsts.kind(port.Picture)
            second, seconds = await stack.enter_async_context(place.console(SEAT, "li"))
            await refused(seconds, "seat_taken")
            second.seating.ask()
            await seconds.kind(port.Asked)
            wish = (await leads.kind(port.SeatWanted)).wish
            assert (wish.operator, wish.holder) == ("li", "zhang")
            assert await lead.seating.give(wish.id, True) == Done(True)
            await refused(firsts, "taken_over")
            await seconds.kind(port.Picture)
            assert await first.set_duty(DutyState.READY) == port.GATEWAY_LOST
            # Who was put out does not come back by itself, but may ask.
            first.seating.ask()
            again = await leads.until(
                lambda: [
                    one.wish
                    for one in leads.news
                    if isinstance(one, port.SeatWanted) and one.wish.operator == "zhang"
                ]
            )
            told = len(firsts.news)
            assert await lead.seating.give(again[0].id, True) == Done(True)
            await refused(seconds, "taken_over")
            await firsts.kind(port.Picture, told)
            assert await first.set_duty(DutyState.READY) == Done(True)

    play(story)


@pytest.mark.expects_log("refused: (seat_taken|seat_denied)")
def test_a_lead_who_says_no_leaves_the_seat_where_it_is() -> None:
    async def story(place: Place) -> None:
        async with AsyncExitStack() as stack:
            lead, leads = await stack.enter_async_context(place.console("1009", "lead", Role.LEAD))
            first, firsts = await stack.enter_async_context(place.console(SEAT, "zhang"))
            await firsts.kind(port.Picture)
            second, seconds = await stack.enter_async_context(place.console(SEAT, "li"))
            await refused(seconds, "seat_taken")
            second.seating.ask()
            wish = (await leads.kind(port.SeatWanted)).wish
            assert await lead.seating.give(wish.id, False) == Done(True)
            await refused(seconds, "seat_denied")
            await leads.until(lambda: port.SeatSettled(wish.id) in leads.news)
            assert await lead.seating.give(wish.id, True) == Done(False, "not_now")
            assert await first.set_duty(DutyState.READY) == Done(True)

    play(story)


def test_a_lead_gives_more_time() -> None:
    async def story(place: Place) -> None:
        async with (
            place.console("1009", "lead", Role.LEAD) as (lead, leads),
            place.console(SEAT, "zhang") as (line, ears),
        ):
            assert (await line.set_duty(DutyState.READY)).ok
            call = place.exchange.scene.ring("13800000001", "12356")
            await ears.until(lambda: ears.calls.get(call))
            assert (await line.answer(call)).ok
            assert await line.seating.lengthen("1009", 5) == Done(False, "not_yours")
            assert (await line.hang_up(call)).ok
            await ears.until(lambda: wraps_up(ears))
            assert await lead.seating.lengthen(SEAT, 5) == Done(True)
            longer = await leads.until(
                lambda: [
                    one.duty
                    for one in leads.news
                    if isinstance(one, port.DutyChanged) and one.duty.lengthened
                ]
            )
            assert longer[0].lengthened == 5
            assert await lead.seating.lengthen(SEAT, 500) == Done(False, "malformed")

    play(story)


def test_the_scripted_line_lengthens_what_its_script_wraps_up() -> None:
    async def story() -> None:
        exchange, ears = Exchange(ManualClock()), Ears()
        line = ScriptedLine(exchange)
        assert await line.seating.lengthen("1002", 5) == port.GATEWAY_LOST
        run = asyncio.create_task(line.run("lead", "1009", ears.hear))
        await ears.kind(port.Picture)
        now = exchange.clock.now()
        wraps = Duty("li", "1002", DutyState.WRAP_UP, now, until=now + timedelta(minutes=5))
        exchange.duties["1002"] = wraps
        assert await line.seating.lengthen("1002", 5) == Done(True)
        told = (await ears.kind(port.DutyChanged)).duty
        assert told == replace(wraps, until=now + timedelta(minutes=10), lengthened=5)
        assert await line.seating.lengthen("1003", 5) == Done(False, "not_now")
        assert await line.seating.give("wish", True) == Done(False, "not_now")
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)

    asyncio.run(story())
