"""Who is let in, at which seat, and what happens to everybody else."""

import json
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, ConnectionClosedOK, InvalidStatus
from websockets.typing import Origin

from models.ids import new_id
from models.people.operator import Role
from models.shifts.duty import DutyState
from models.wire.commands import Hold
from models.wire.line import NEWS, DutyChanged, Refused, Welcome
from tests.server.gateway.consoles import Site, new_key, play, ticket_of


async def said(site: Site, frame: str | bytes) -> Any:
    """The answer to a first frame; the connection ends after a refusal."""
    async with site.socket() as socket:
        await socket.send(frame)
        news = NEWS.validate_json(await socket.recv())
        if isinstance(news, Refused):
            with pytest.raises(ConnectionClosed):
                await socket.recv()
        return news


def hello(token: str, seat: str = "1001", **more: Any) -> str:
    return json.dumps({"kind": "hello", "protocol": 1, "token": token, "seat": seat, **more})


def test_a_duty_ticket_opens_the_seat() -> None:
    async def story(site: Site) -> None:
        welcome = await said(site, hello(ticket_of(site.clock)))
        assert isinstance(welcome, Welcome)
        assert (welcome.operator, welcome.seat, welcome.line) == ("op-1001", "1001", "")
        assert welcome.now == site.clock.now()
        assert not welcome.practice

    play(story)


@pytest.mark.expects_log("refused: ticket")
@pytest.mark.parametrize(
    "changes",
    [
        {"key": new_key()[0]},
        {"seat": "1002"},
        {"seat": ""},
        {"practice": True},
        {"who": {"site": "beijing"}},
    ],
    ids=["forged", "another seat", "no seat", "practice", "another site"],
)
def test_a_ticket_for_something_else_is_refused(changes: dict[str, Any]) -> None:
    async def story(site: Site) -> None:
        seat = changes.pop("seat", "1001")
        assert await said(site, hello(ticket_of(site.clock, seat, **changes))) == Refused(why="ticket")

    play(story)


@pytest.mark.expects_log("refused: ticket")
def test_a_token_that_is_none_is_refused() -> None:
    async def story(site: Site) -> None:
        unsigned = "eyJhbGciOiJub25lIn0.e30."
        for token in ("", "x", unsigned, ticket_of(site.clock)[:-3]):
            assert await said(site, hello(token)) == Refused(why="ticket")

    play(story)


@pytest.mark.expects_log("refused: ticket")
def test_an_expired_ticket_opens_nothing_and_ends_nothing() -> None:
    async def story(site: Site) -> None:
        token = ticket_of(site.clock)
        async with site.at_work() as console:
            site.clock.forward(13 * 3600)
            site.scene.ring("13800000001", "12356")
            call = await console.answered()
            assert (await console.do(Hold(id=new_id(), call=call))).ok
            site.scene.caller_hangs_up(call)
            await console.shows()
        assert await said(site, hello(token)) == Refused(why="ticket")

    play(story)


def test_an_expired_ticket_finds_back_to_its_own_conversation() -> None:
    async def story(site: Site) -> None:
        token = ticket_of(site.clock)
        async with site.at_work() as console:
            site.scene.ring("13800000001", "12356")
            await console.answered()
        site.clock.forward(13 * 3600)
        assert isinstance(await said(site, hello(token)), Welcome)

    play(story)


@pytest.mark.expects_log("refused: ticket")
def test_an_expired_ticket_does_not_find_into_the_conversation_of_another() -> None:
    async def story(site: Site) -> None:
        token = ticket_of(site.clock, who={"id": "op-other"})
        async with site.at_work() as console:
            site.scene.ring("13800000001", "12356")
            await console.answered()
        site.clock.forward(13 * 3600)
        assert await said(site, hello(token)) == Refused(why="ticket")

    play(story)


@pytest.mark.expects_log("refused: protocol")
def test_another_protocol_is_refused() -> None:
    async def story(site: Site) -> None:
        assert await said(site, hello(ticket_of(site.clock), protocol=2)) == Refused(why="protocol")

    play(story)


@pytest.mark.expects_log("refused: malformed")
@pytest.mark.parametrize("frame", ["", "hello", "[]", "{}", '{"kind": "hello"}', b"\x00", "[" * 20000])
def test_a_first_frame_that_is_no_hello_is_refused(frame: str | bytes) -> None:
    async def story(site: Site) -> None:
        assert await said(site, frame) == Refused(why="malformed")

    play(story)


def test_who_says_nothing_is_sent_away_without_a_word_that_would_keep_it_away() -> None:
    async def story(site: Site) -> None:
        async with site.socket() as silent:
            # A console of a busy machine is only late: refused, it would not come again.
            with pytest.raises(ConnectionClosedOK):
                await silent.recv()

    play(story, seconds=0.2)


@pytest.mark.expects_log("refused: seat_taken")
def test_a_seat_is_taken_once() -> None:
    async def story(site: Site) -> None:
        async with site.console() as first:
            for who in ({}, {"id": "op-other"}):
                token = ticket_of(site.clock, who=who)
                assert await said(site, hello(token)) == Refused(why="seat_taken")
            await first.ready()

    play(story)


def test_a_console_that_answers_no_more_makes_room() -> None:
    async def story(site: Site) -> None:
        async with site.console() as first:
            first.socket.transport.pause_reading()
            async with site.console() as second:
                await second.ready()
                first.socket.transport.abort()

    play(story, seconds=1)


def test_a_lead_is_told_who_else_is_there() -> None:
    async def story(site: Site) -> None:
        async with site.console("1001"), site.console("1002", roles=(Role.LEAD,)) as lead:
            told = await lead.until(DutyChanged, lambda news: news.duty.seat == "1001")
            assert (told.duty.operator, told.duty.state) == ("op-1001", DutyState.BREAK)

    play(story)


def test_only_the_path_of_the_protocol_is_served() -> None:
    async def story(site: Site) -> None:
        with pytest.raises(InvalidStatus) as refused:
            async with connect(site.url.replace("/line/v1", "/"), proxy=None):
                pass
        assert refused.value.response.status_code == 404

    play(story)


def test_a_web_page_is_not_let_in() -> None:
    async def story(site: Site) -> None:
        with pytest.raises(InvalidStatus) as refused:
            async with connect(site.url, proxy=None, origin=Origin("http://localhost")):
                pass
        assert refused.value.response.status_code == 403

    play(story)


def test_an_oversized_frame_ends_the_connection() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            await console.socket.send("x" * 70_000)
            await console.socket.wait_closed()
            assert console.socket.close_code == 1009
        async with site.console() as again:
            await again.ready()

    play(story)
