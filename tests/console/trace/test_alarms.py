"""A lead's window says that the trace is broken; a console that differs from the server says so itself."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from console.runtime.problems import Problems
from console.sync.state import SyncState
from console.trace.alarms import Alarms, Told
from models.clock import SystemClock
from models.people.operator import Operator, Role
from models.trace.chain import Broken, Fault
from models.trace.entry import Act, Happening
from server.central.config import read_config
from server.central.storage.engine import open_engine, writing
from server.central.storage.trace import Alarm, add_alarm
from tests.console.stand import Place, all_sent, at_work, problem
from tests.support.hotline import SITE, Hotline

Hire = Callable[..., str]
LEAD = Operator("chen", "陈练习", "", SITE, (Role.LEAD,))


def broken(hotline: Hotline, who: str) -> None:
    engine = open_engine(read_config(hotline.folder).database, hotline.folder)
    at = SystemClock().now().isoformat()
    with writing(engine) as transaction:
        add_alarm(transaction, Alarm("e" * 32, Broken(2, Fault.FORKED), who, "desk-7", at))
    engine.dispose()


def test_a_broken_trace_stands_in_the_windows_of_leads_and_administrators_alone(
    place: Place, hire: Hire, hotline: Hotline, tmp_path: Path
) -> None:
    async def story() -> None:
        operator = hire()
        broken(hotline, operator)
        async with at_work(place, operator) as (seat, _):
            await all_sent(seat)
            assert "trace_alarm" not in {one.code for one in seat.problems.store.value}
        for role in (Role.LEAD, Role.ADMINISTRATOR):
            async with at_work(replace(place, folder=tmp_path / role), hire(role)) as (seat, _):
                await problem(seat, "trace_alarm")
                (told,) = [one for one in seat.problems.store.value if one.code == "trace_alarm"]
                assert told.params["workstation"] == "desk-7"

    asyncio.run(story())


def test_it_goes_when_it_is_settled_and_stays_while_the_server_is_away() -> None:
    problems, answers = Problems(SystemClock()), [Told(2, "zhang", "desk-7"), None, Told(0)]
    stood = []

    async def ask() -> Told | None:
        return answers.pop(0)

    async def wait(_event: asyncio.Event, _seconds: float) -> bool:
        stood.append(bool(problems.store.value))
        if not answers:
            raise asyncio.CancelledError
        return False

    async def story() -> None:
        await asyncio.gather(Alarms(LEAD, ask, print, problems).run(wait), return_exceptions=True)

    asyncio.run(story())
    assert stood == [True, True, False]


def test_feeds_that_stay_unlike_are_entered_once() -> None:
    saw: list[Happening] = []

    async def ask() -> Told | None:
        return None

    alarms = Alarms(LEAD, ask, saw.append, Problems(SystemClock()))
    for unlike in (("op:zhang",), ("op:zhang",), (), ("op:zhang",)):
        alarms.hear(replace(SyncState(), unlike=unlike))
    assert saw == [Happening(Act.UNLIKE, "feed", "op:zhang")] * 2
