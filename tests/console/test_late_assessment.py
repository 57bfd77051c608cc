"""What was assessed off line and arrives late hides nothing that is higher: two consoles, one server."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from console.workstation import Workstation
from models.ids import new_id
from models.operation import Operation
from models.people.operator import Role
from models.risk.level import Level
from models.risk.quick_screen import LEVEL_ITEMS, AskState, Item
from tests.console.stand import NOWHERE, Place, all_sent, at_work, until


async def call_from(station: Workstation, number: str, **answers: AskState) -> str:
    """A call of a number whose note lies on the desk, with these answers; gives the note."""
    call, now = new_id(), station.calls._clock.now()
    body = {"site": "beijing", "number": number, "entered_at": now.isoformat()}
    station.journal.write(Operation(call, "call.add", call, station.identity.operator.id, now, body))
    await station.journal.flush()
    station.notes.open_for(call)
    desk = await until(station.notes.desk, lambda desk: desk.note is not None and desk.note.call == call)
    await station.earlier.refresh()
    for item, state in answers.items():
        station.risk.answer(Item(item), state)
    await station.journal.flush()
    assert desk.note
    return desk.note.id


NONE = dict.fromkeys(LEVEL_ITEMS, AskState.NO)


def test_it_arrives_late_and_the_higher_one_stands(
    server: str, hire: Callable[..., str], tmp_path: Path
) -> None:
    me = hire(Role.OPERATOR)
    one, other = Place(tmp_path / "one", server), Place(tmp_path / "other", server, number="1002")
    number = f"138{int(new_id()[:12], 16) % 10**8:08}"

    async def story() -> None:
        async with at_work(other, me):
            pass
        other.server = NOWHERE
        async with at_work(other, me) as (_, station):
            # Off line: nothing is known of the other call, and every answer is no.
            await call_from(station, number, **NONE)
            assert station.risk.assessment.value
            assert station.risk.assessment.value.level is Level.R0
        async with at_work(one, me) as (seat, station):
            dangerous = await call_from(station, number, plan=AskState.YES)
            await all_sent(seat)
        other.server = server
        async with at_work(other, me) as (seat, station):
            await all_sent(seat)
        async with at_work(one, me) as (seat, station):
            await all_sent(seat)
            await call_from(station, number)
            case = await until(station.earlier.case, lambda case: len(case.calls) == 2)
            assert case.level is Level.R3, "the late one knew nothing of it"
            # Who has seen both may judge anew.
            for item in LEVEL_ITEMS:
                station.risk.answer(item, AskState.NO)
            assert station.earlier.case.value.level is Level.R0
            assert station.risk.assessment.value
            assert dangerous in station.risk.assessment.value.seen

    asyncio.run(story())
