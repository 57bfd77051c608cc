"""Rights end while the server runs, whatever becomes of the database meanwhile."""

import asyncio
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from models.people.operator import Role
from server.central.access import keeping
from server.central.access.keeping import keep_expiring
from server.central.storage.engine import DatabaseTrouble
from tests.server.central.hotline import Case, Hotline


def test_a_running_server_takes_back_what_is_over(hotline: Hotline) -> None:
    desk, lead = hotline.seat(), hotline.seat(Role.LEAD)
    case = Case(desk)
    desk.push(case.open())
    lead.ask(case.note, hours=1)
    hotline.clock.forward(3600)
    stop = asyncio.Event()

    def step(now: datetime) -> int:
        stop.set()
        return hotline.desks.expiry.step(now)

    desks: Any = SimpleNamespace(expiry=SimpleNamespace(step=step), clock=hotline.clock)
    asyncio.run(keep_expiring(desks, stop))
    assert lead.pull_all().drawer[f"grant:{lead.who}"] == {}


@pytest.mark.expects_log("rights that are over wait for the database: DatabaseTrouble")
def test_a_database_that_is_away_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "EVERY_SECONDS", 0.01)
    stop, asked = asyncio.Event(), 0

    def step(_now: datetime) -> int:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise DatabaseTrouble("unreachable")
        stop.set()
        return 0

    clock: Any = SimpleNamespace(now=lambda: None)
    desks: Any = SimpleNamespace(expiry=SimpleNamespace(step=step), clock=clock)
    asyncio.run(keep_expiring(desks, stop))
    assert asked == 2
