"""A conversation is handed from one console to another: what the second knows, and when."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

from console.calls.handing import HandingView, Way, Wish
from console.runtime.waiting import wait_for
from console.storage.values import Record
from console.workstation import Workstation
from models.calls.brief import Brief
from models.calls.call import CallState
from models.calls.events import CallEnd
from models.ids import new_id
from models.risk.quick_screen import AskState, Item
from models.shifts.colleague import Colleague
from tests.console.seat.test_workstation import answered, on_desk, on_duty, state
from tests.console.stand import PATIENCE, Place, at_work, until
from tests.support.gateway import GatewayInThread
from tests.support.hotline import Hotline

Hire = Callable[..., str]
WORDS = ("计划今晚，身边有药", "母亲在路上", "答应等我们")


def to_colleague(call: str, way: Way, lines: tuple[str, ...] = WORDS) -> Wish:
    return Wish(call, new_id(), way, "1002", "", "同事", lines)


async def told(station: Workstation, call: str) -> Brief:
    """What somebody else told this seat of a call."""

    def heard(view: HandingView) -> Brief | None:
        return view.told(call, station.identity.seat)

    view = await until(station.handing.view, heard)
    brief = heard(view)
    assert brief
    return brief


@asynccontextmanager
async def two(
    folder: Path, line: GatewayInThread, hotline: Hotline, names: tuple[str, str]
) -> AsyncIterator[tuple[Workstation, Workstation]]:
    """Two consoles that signed in before the server went away."""
    with ExitStack() as running:
        server = running.enter_context(hotline.running("server"))
        places = (
            Place(folder / "first", server, line.url),
            Place(folder / "second", server, line.url, number="1002"),
        )
        async with on_duty(places[0], names[0]) as (_, first), at_work(places[1], names[1]) as (_, second):
            await until(second.reach, lambda reach: reach.up)
            running.close()
            yield first, second


def test_a_colleague_knows_all_that_counts_at_once_while_the_server_is_away(
    tmp_path: Path, hire: Hire, line: GatewayInThread, hotline: Hotline
) -> None:
    async def story() -> None:
        names = (hire(), hire())
        async with two(tmp_path, line, hotline, names) as (first, second):
            call = await answered(first, line)
            first.risk.answer(Item.ACTING, AskState.YES)
            first.handing.look_around(True)
            there = (Colleague("1002", names[1], True),)
            await until(first.handing.view, lambda view: view.colleagues == there)

            assert await first.handing.ask(to_colleague(call, Way.SPEAK_FIRST)) == ""
            await state(second, call, CallState.RINGING)
            brief = await told(second, call)
            note = first.notes.desk.value.note
            assert note
            assert (brief.note, brief.level, brief.red, brief.lines) == (note.id, "R4", True, WORDS)
            assert (brief.seat, brief.operator) == ("1001", names[0])
            assert [one.text for one in note.body.log] == list(WORDS)
            await state(first, call, CallState.HELD)

            await _handed(first, second, call)
            own = second.notes.desk.value.note
            assert own
            assert (own.id != note.id, own.call, own.author) == (True, call, names[1])
            await _forgotten(second, line)
            assert await told(second, call) == brief

    asyncio.run(story())


def test_with_the_server_the_colleague_reads_the_first_note_too(
    tmp_path: Path, hire: Hire, line: GatewayInThread, server: str
) -> None:
    async def story() -> None:
        one = Place(tmp_path / "first", server, line.url)
        other = Place(tmp_path / "second", server, line.url, number="1002")
        async with on_duty(one, hire()) as (_, first), at_work(other, hire()) as (_, second):
            await until(second.reach, lambda reach: reach.up)
            call = await answered(first, line)
            first.notes.edit("complaint", WORDS[0])
            assert await first.handing.ask(to_colleague(call, Way.SPEAK_FIRST)) == ""
            await state(second, call, CallState.RINGING)
            await _handed(first, second, call)
            name = (await told(second, call)).note
            async with asyncio.timeout(PATIENCE):
                # The permission may come a page after the note.
                while (kept := await _readable(second, name, call)) is None:
                    await wait_for(asyncio.Event(), 0.05)
            assert kept.entity.body.values["complaint"] == WORDS[0]

    asyncio.run(story())


async def _readable(second: Workstation, name: str, call: str) -> Record | None:
    kept = await second.shelf.record("note", name)
    beside = await second.shelf.of_call(call)
    return kept if kept and second.access.readable(kept.entity, beside).allowed else None


async def _handed(first: Workstation, second: Workstation, call: str) -> None:
    assert await second.command(second.line.answer(call)) == ""
    await on_desk(second, call)
    assert await first.command(first.line.resume(call)) == ""
    assert await first.command(first.line.handing.leave(call)) == ""
    await state(first, call, CallState.ENDED)
    assert first.calls.view.value.calls[0].end is CallEnd.TRANSFERRED
    await until(
        second.calls.view,
        lambda view: [one.holder for one in view.calls if one.state is CallState.TALKING] == ["1002"],
    )


async def _forgotten(second: Workstation, line: GatewayInThread) -> None:
    """The gateway began anew and knows nothing of what was told."""
    line.stop()
    await until(second.reach, lambda reach: reach.up is False)
    line.start()
    await until(second.reach, lambda reach: reach.up)
