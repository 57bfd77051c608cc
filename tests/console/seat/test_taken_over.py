"""A workstation hangs in mid-call: another takes its seat with a lead's word, and no note is lost."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.shifts.seating import ASKED
from console.workstation import Workstation
from models.calls.call import CallState
from models.people.operator import Role
from models.shifts.duty import DutyState
from tests.console.stand import Place, at_work, problem, until
from tests.support.gateway import GatewayInThread

Hire = Callable[..., str]
WORDS = "练习用的话"


async def talking(station: Workstation, line: GatewayInThread) -> str:
    """The operator talks to a caller; the call."""
    await station.set_duty(DutyState.READY, None)
    call = line.scene(lambda scene: scene.ring("13834400000", "12356"))
    await until(station.calls.view, lambda view: [one for one in view.calls if one.id == call])
    assert await station.command(station.line.answer(call)) == ""
    await until(station.notes.desk, lambda desk: desk.note is not None)
    return call


async def asks(station: Workstation) -> None:
    """The seat is another's; ask for it."""
    await until(station.seating.standing, lambda standing: standing == "seat_taken")
    station.seating.ask()
    await until(station.seating.standing, lambda standing: standing == ASKED)


@pytest.mark.expects_log("refused: seat_taken")
def test_the_seat_is_given_and_the_first_console_keeps_every_word(
    place: Place, hire: Hire, line: GatewayInThread, tmp_path: Path
) -> None:
    async def story() -> None:
        lead_place = replace(place, folder=tmp_path / "lead", number="1009")
        other = replace(place, folder=tmp_path / "other")
        operator, leader, colleague = hire(), hire(Role.LEAD), hire()
        async with (
            at_work(place, operator) as (seat, station),
            at_work(lead_place, leader) as (lead_seat, lead),
        ):
            await until(station.reach, lambda reach: reach.up)
            await until(lead.reach, lambda reach: reach.up)
            call = await talking(station, line)
            station.notes.edit("complaint", WORDS)
            async with at_work(other, colleague) as (_, second):
                await asks(second)
                (wish,) = await until(lead.seating.wishes, lambda wishes: wishes)
                assert (wish.operator, wish.holder) == (colleague, operator)
                await problem(lead_seat, "seat_wanted")
                assert (await lead.seating.give(wish.id, True)).ok
                await problem(seat, "taken_over")
                await until(
                    second.calls.view,
                    lambda view: [one for one in view.calls if one.state is CallState.TALKING],
                )
                desk = await until(station.notes.desk, lambda desk: desk.saved_at and not desk.saving)
                assert desk.note is not None
                assert desk.note.body.values["complaint"] == WORDS
                station.notes.edit("complaint", WORDS + WORDS)
                station.finish_note("")
                records = await until(
                    station.records.records, lambda known: [one for one in known if one.note.finished_at]
                )
                assert records
                line.scene(lambda scene: scene.caller_hangs_up(call))

    asyncio.run(story())
