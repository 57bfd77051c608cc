"""Alerts outlive a gateway with a disk of its own: at the next one leads hear of them, and who saw them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.alerts.alert import Alert, Cause, Sight
from models.clock import ManualClock
from models.ids import new_id
from models.people.operator import Role
from models.wire.alerts import Alerted, AlertSeen, RaiseAlert, SeeAlert
from server.gateway.app import running
from server.gateway.exchange.simulated import Simulated
from server.gateway.settings import AccountSettings
from server.gateway.storage.outbox import Outbox
from tests.server.gateway.consoles import GIVE_UP, PRIVATE, Site, settings_of

LEAD = (Role.LEAD,)
KEY = bytes(range(32))
Life = Callable[[], AbstractAsyncContextManager[Site]]


@dataclass
class Machine:
    """Where one gateway after the other runs; its server is never there."""

    folder: Path
    clock: ManualClock

    @asynccontextmanager
    async def life(self) -> AsyncIterator[Site]:
        account = AccountSettings(PRIVATE, self.folder / "outbox.db", KEY)
        settings = settings_of(account=account, server="http://127.0.0.1:9")
        exchange = Simulated(self.clock)
        async with running(settings, self.clock, exchange) as gateway:
            yield Site(gateway.url, self.clock, exchange)


def play(folder: Path, story: Callable[[Life], Awaitable[None]]) -> None:
    async def evening() -> None:
        async with asyncio.timeout(GIVE_UP):
            await story(Machine(folder, ManualClock()).life)

    asyncio.run(evening())


def help_wanted(site: Site) -> RaiseAlert:
    return RaiseAlert(id=new_id(), alert="help-1", call="call-1", cause=Cause.HELP, at=site.clock.now())


@pytest.mark.expects_log("the server")
def test_a_lead_hears_at_the_next_gateway_what_was_raised_at_the_last(tmp_path: Path) -> None:
    async def story(life: Life) -> None:
        async with life() as site, site.at_work("1001") as operator:
            assert (await operator.do(help_wanted(site))).ok
        async with life() as site, site.console("1009", roles=LEAD) as lead:
            told = (await lead.until(Alerted)).alert
            assert (told.id, told.author, told.cause) == ("help-1", "op-1001", Cause.HELP)
            seen = SeeAlert(id=new_id(), alert=told.id, call=told.call, to=told.author, at=site.clock.now())
            assert (await lead.do(seen)).ok
        async with life() as site, site.console("1001") as operator:
            assert (await operator.until(AlertSeen)).sight.author == "op-1009"

    play(tmp_path, story)


def test_what_is_kept_twice_is_kept_once_and_old_things_are_dropped(tmp_path: Path) -> None:
    clock = ManualClock()
    outbox = Outbox(tmp_path / "outbox.db", KEY, "gateway")
    try:
        old = Alert("a", "c", "", Cause.HELP, None, clock.now(), "zhang", "张", "1001", "jinzhong")
        sight = Sight("s", "a", "c", "", "zhang", clock.now(), "li", "李", "jinzhong")
        for _ in range(2):
            assert outbox.write([old, sight]) == 0
        assert outbox.alerts() == (old, sight)
        clock.forward(3 * 24 * 3600)
        new = Alert("b", "c", "", Cause.HELP, None, clock.now(), "zhang")
        outbox.write([new])
        assert outbox.alerts() == (new,)
    finally:
        outbox.close()


@pytest.mark.expects_log("the server")
@pytest.mark.expects_log("cannot be written")
def test_a_disk_that_takes_nothing_keeps_no_alert_from_leads(tmp_path: Path) -> None:
    async def story(life: Life) -> None:
        (tmp_path / "outbox.db").mkdir()
        async with (
            life() as site,
            site.at_work("1001") as operator,
            site.console("1009", roles=LEAD) as lead,
        ):
            assert (await operator.do(help_wanted(site))).ok
            assert (await lead.until(Alerted)).alert.id == "help-1"

    play(tmp_path, story)
