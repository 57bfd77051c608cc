"""The supervisor's telephone rings for help alone, until somebody has seen the alert on a console."""

import asyncio
from datetime import timedelta

from models.alerts.alert import Alert, Cause
from models.alerts.known import KEPT
from models.clock import ManualClock
from models.ids import new_id
from models.people.operator import Role
from models.risk.level import Level
from models.wire.alerts import Alerted, AlertSeen, RaiseAlert, SeeAlert
from server.gateway.exchange.unconfigured import Unconfigured
from server.gateway.summoning import Summoning
from tests.server.gateway.consoles import Console, Site, play
from tests.support.moments import until

LEAD = (Role.LEAD,)


async def asks(console: Console, site: Site, alert: str, cause: Cause = Cause.HELP) -> None:
    told = RaiseAlert(
        id=new_id(), alert=alert, call="call-1", cause=cause, level=Level.R3, at=site.clock.now()
    )
    assert (await console.do(told)).ok


def test_it_rings_for_help_until_somebody_has_seen_it() -> None:
    async def story(site: Site) -> None:
        ringing = site.exchange.supervision.ringing
        async with site.console("1001") as operator, site.console("1009", roles=LEAD) as lead:
            await asks(operator, site, "level-1", Cause.LEVEL)
            await asks(operator, site, "help-1")
            await asks(operator, site, "help-1")
            alert = (await lead.until(Alerted, lambda news: news.alert.id == "help-1")).alert
            await until(lambda: ringing == {"help-1": "1009"})
            seen = SeeAlert(
                id=new_id(), alert=alert.id, call=alert.call, to=alert.author, at=site.clock.now()
            )
            assert (await lead.do(seen)).ok
            await operator.until(AlertSeen)
            await until(lambda: not ringing)

    play(story, rings="1009")


def test_what_nobody_has_seen_is_forgotten_after_a_day() -> None:
    async def story() -> None:
        summoner, clock = Summoning(Unconfigured().supervision, "1009"), ManualClock()
        for n in range(100):
            summoner.hear(Alert(f"a{n}", "c", "n", Cause.HELP, None, clock.now(), "li", "李", "1001", "x"))
            clock.forward(3600)
        assert summoner.unseen == KEPT // timedelta(hours=1)
        await summoner.close()

    asyncio.run(story())


def test_without_a_seat_in_the_settings_consoles_alone_are_told() -> None:
    async def story(site: Site) -> None:
        async with site.console("1001") as operator, site.console("1009", roles=LEAD) as lead:
            await asks(operator, site, "help-1")
            await lead.until(Alerted)
            assert site.exchange.supervision.ringing == {}

    play(story)
