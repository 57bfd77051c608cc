"""Alerts on the line: the scripted and the real one alike."""

import asyncio
from datetime import UTC, datetime

import pytest

from console.line import port
from console.line.port import Done
from models.alerts.alert import Alert, Cause
from models.risk.level import Level
from tests.console.line.stages import SEAT, stage

ALERT = Alert(
    "a" * 32, "c" * 32, "n" * 32, Cause.LEVEL, Level.R4, datetime(2026, 1, 1, tzinfo=UTC), "op-1001", "", SEAT
)


@pytest.mark.parametrize("kind", ["scripted", "gateway"])
def test_an_alert_comes_back_to_who_raised_it(kind: str) -> None:
    async def story() -> None:
        async with stage(kind) as here:
            assert await here.line.alerting.alert(ALERT) == port.GATEWAY_LOST
            async with here.working():
                assert await here.line.alerting.alert(ALERT) == Done(True)
                told = (await here.ears.kind(port.AlertTold)).told
                assert isinstance(told, Alert)
                assert (told.id, told.call, told.note) == (ALERT.id, ALERT.call, ALERT.note)
                assert (told.cause, told.level, told.at) == (ALERT.cause, ALERT.level, ALERT.at)
                assert (told.author, told.seat) == ("op-1001", SEAT)

    asyncio.run(story())
