"""What is wrong with the gateway itself, as consoles over real WebSockets hear of it."""

import asyncio
from pathlib import Path

import pytest

from models.clock import ManualClock
from models.people.operator import Role
from models.wire.line import Troubled
from server.gateway.app import running
from server.gateway.exchange.simulated import Simulated
from server.gateway.settings import AccountSettings
from tests.server.gateway.consoles import GIVE_UP, PRIVATE, Site, settings_of

KEY = bytes(range(32))


@pytest.mark.expects_log("cannot be written")
@pytest.mark.expects_log("the server")
def test_a_disk_that_takes_nothing_is_told_to_all_until_it_does(tmp_path: Path) -> None:
    async def evening() -> None:
        clock, folder = ManualClock(), tmp_path / "gone"
        account = AccountSettings(PRIVATE, folder / "outbox.db", KEY)
        settings = settings_of(account=account, server="http://127.0.0.1:9")
        async with running(settings, clock, Simulated(clock)) as gateway:
            site = Site(gateway.url, clock, Simulated(clock))
            async with site.console("1001") as operator, site.console("1009", roles=(Role.LEAD,)) as lead:
                for console in (operator, lead):
                    assert (await console.until(Troubled)).codes == ("gateway_disk",)
                folder.mkdir()
                for console in (operator, lead):
                    assert (await console.until(Troubled)).codes == ()
            async with site.console("1001") as again:
                assert not [news for news in again.heard if isinstance(news, Troubled)]

    async def limited() -> None:
        async with asyncio.timeout(GIVE_UP):
            await evening()

    asyncio.run(limited())
