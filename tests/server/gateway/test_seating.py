"""A seat that another console holds: the second is refused, unless a lead gives it to them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from models.calls.call import CallState
from models.ids import new_id
from models.people.operator import Role
from models.shifts.duty import DutyState
from models.wire.commands import AskPicture, HangUp
from models.wire.line import NEWS, Hello, Picture, Refused, Welcome
from models.wire.seats import Asked, GiveSeat, SeatSettled, SeatWanted
from tests.server.gateway.consoles import Console, Site, play, ticket_of

LEAD: dict[str, Any] = {"roles": (Role.LEAD,)}
OTHER: dict[str, Any] = {"who": {"id": "op-other", "name": "另一位"}}


@asynccontextmanager
async def asking(site: Site, seat: str = "1001", **ticket: Any) -> AsyncIterator[Console]:
    """A second console that wants the seat, before any answer."""
    async with site.socket() as socket:
        console = Console(socket, seat)
        await console.say(Hello(token=ticket_of(site.clock, seat, **ticket), seat=seat, take_over=True))
        yield console


async def gives(lead: Console, on: bool = True) -> SeatWanted:
    """A lead answers the wish that is told; the wish."""
    wanted = await lead.until(SeatWanted)
    assert (await lead.do(GiveSeat(id=new_id(), wish=wanted.wish.id, on=on))).ok
    return wanted


async def put_out(console: Console) -> str:
    """Why the console was put out of its seat; its connection has ended then."""
    why = (await console.until(Refused)).why
    with pytest.raises(ConnectionClosed):
        await console.hear()
    return why


def test_a_lead_gives_the_seat_and_the_call_goes_on_there() -> None:
    async def story(site: Site) -> None:
        async with site.console("1009", **LEAD) as lead, site.at_work() as first:
            site.scene.ring("13800000001", "12356")
            call = await first.answered()
            async with asking(site, **OTHER) as second:
                assert (await second.until(Asked)).seat == "1001"
                wish = (await gives(lead)).wish
                assert (wish.seat, wish.operator, wish.holder) == ("1001", "op-other", "op-1001")
                assert await put_out(first) == "taken_over"
                await second.until(Welcome)
                picture = await second.until(Picture)
                assert [(one.id, one.state) for one in picture.calls] == [(call, CallState.TALKING)]
                await lead.until(SeatSettled, lambda news: news.id == wish.id)

    play(story)


def test_the_same_operator_goes_on_at_another_workstation_as_before() -> None:
    async def story(site: Site) -> None:
        async with site.console("1009", **LEAD) as lead, site.at_work() as first, asking(site) as second:
            await gives(lead)
            assert await put_out(first) == "taken_over"
            assert (await second.until(Picture)).duty.state is DutyState.READY

    play(story)


@pytest.mark.expects_log("refused: seat_denied")
def test_a_lead_says_no_and_nothing_changes() -> None:
    async def story(site: Site) -> None:
        async with site.console("1009", **LEAD) as lead, site.at_work() as first:
            async with asking(site, **OTHER) as second:
                await gives(lead, on=False)
                assert await put_out(second) == "seat_denied"
            site.scene.ring("13800000001", "12356")
            await first.answered()

    play(story)


def test_the_ticket_of_a_lead_is_a_leads_word() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as first, asking(site, who={"id": "op-lead"}, **LEAD) as second:
            assert (await second.until(Welcome)).operator == "op-lead"
            assert await put_out(first) == "taken_over"

    play(story)


@pytest.mark.expects_log("refused: no_lead")
def test_without_a_lead_there_is_nobody_to_ask() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as first:
            async with asking(site, **OTHER) as second:
                assert await put_out(second) == "no_lead"
            assert (await first.do(GiveSeat(id=new_id(), wish="x", on=True))).why == "not_yours"

    play(story)


@pytest.mark.expects_log("refused: no_lead")
def test_a_lead_does_not_answer_for_their_own_seat() -> None:
    async def story(site: Site) -> None:
        async with site.console("1001", **LEAD), asking(site, **OTHER) as second:
            assert await put_out(second) == "no_lead"

    play(story)


@pytest.mark.expects_log("refused: seat_denied")
def test_who_asks_no_more_is_asked_about_no_more() -> None:
    async def story(site: Site) -> None:
        async with site.console("1009", **LEAD) as lead, site.at_work() as first:
            async with asking(site, **OTHER):
                wish = (await lead.until(SeatWanted)).wish
            await lead.until(SeatSettled, lambda news: news.id == wish.id)
            assert (await lead.do(GiveSeat(id=new_id(), wish=wish.id, on=True))).why == "not_now"
            await first.ready()

    play(story)


def test_a_lead_who_comes_later_is_told_and_a_seat_that_is_left_needs_no_word() -> None:
    async def story(site: Site) -> None:
        lead, taken = site.console("1009", **LEAD), site.at_work()
        async with lead, taken as first, asking(site, **OTHER) as second:
            await second.until(Asked)
            async with site.console("1010", **LEAD) as later:
                assert (await later.until(SeatWanted)).wish.seat == "1001"
            await first.socket.close()
            assert (await second.until(Welcome)).operator == "op-other"

    play(story)


def test_of_two_who_ask_the_one_has_it_and_the_other_goes_on_waiting() -> None:
    async def story(site: Site) -> None:
        async with (
            site.console("1009", **LEAD) as lead,
            site.at_work() as first,
            asking(site, **OTHER) as second,
            asking(site, who={"id": "op-third"}) as third,
        ):
            wishes = {wish.operator: wish for wish in [(await lead.until(SeatWanted)).wish for _ in range(2)]}
            assert (await lead.do(GiveSeat(id=new_id(), wish=wishes["op-third"].id, on=True))).ok
            assert await put_out(first) == "taken_over"
            await third.until(Welcome)
            assert isinstance(NEWS.validate_json(await second.socket.recv()), Asked)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(second.socket.recv(), 0.3)
            assert (await lead.do(GiveSeat(id=new_id(), wish=wishes["op-other"].id, on=True))).ok
            assert await put_out(third) == "taken_over"
            await second.until(Welcome)

    play(story)


def test_who_was_put_out_and_does_not_listen_is_not_obeyed() -> None:
    async def story(site: Site) -> None:
        async with site.console("1009", **LEAD) as lead, site.at_work() as first:
            site.scene.ring("13800000001", "12356")
            call = await first.answered()
            async with asking(site, **OTHER) as second:
                wanted = await lead.until(SeatWanted)
                first.socket.transport.pause_reading()
                assert (await lead.do(GiveSeat(id=new_id(), wish=wanted.wish.id, on=True))).ok
                await second.until(Welcome)
                await first.say(HangUp(id=new_id(), call=call))
                first.socket.transport.resume_reading()
                assert await put_out(first) == "taken_over"
                assert (await second.do(AskPicture(id=new_id()))).ok
                assert [one.state for one in second.calls] == [CallState.TALKING]

    play(story)
