"""The central server is away for a day: tickets, alerts between consoles and calls go on; nothing is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.alerts.alert import Cause
from models.calls.call import Call, CallState
from models.clock import ManualClock, SystemClock
from models.ids import new_id
from models.people.operator import Role
from models.risk.level import Level
from models.wire.alerts import Alerted, AlertSeen, RaiseAlert, SeeAlert
from models.wire.commands import HangUp, Hold, Resume
from models.wire.line import Hello, Picture, Welcome
from server.gateway.app import running
from server.gateway.exchange.simulated import Simulated
from tests.server.gateway.consoles import Console, Site, ticket_of
from tests.support.callbook import Callbook, callbook
from tests.support.hotline import SITE

GIVE_UP = 90  # seconds; only a story that hangs needs them
HOURS = 23


@pytest.fixture
def book(tmp_path: Path) -> Callbook:
    return callbook(tmp_path / "hotline")


@asynccontextmanager
async def entered(site: Site, seat: str, ticket: str) -> AsyncIterator[Console]:
    """A console that was let in with a ticket, however old."""
    async with site.socket() as socket:
        console = Console(socket, seat)
        await console.say(Hello(token=ticket, seat=seat))
        assert isinstance(await console.hear(), Welcome)
        await console.until(Picture)
        yield console


async def whole_call(site: Site, console: Console, number: str) -> str:
    """A call from the ring to the end, with a hold."""
    await console.ready()
    site.scene.ring(number, "12356")
    call = await console.answered()
    assert (await console.do(Hold(id=new_id(), call=call))).ok
    assert (await console.do(Resume(id=new_id(), call=call))).ok
    await console.shows(CallState.TALKING)
    assert (await console.do(HangUp(id=new_id(), call=call))).ok
    await console.shows()
    return call


async def alert(site: Site, operator: Console, lead: Console, number: int) -> None:
    """The operator calls for help, the lead sees it, the operator is told."""
    facts: dict[str, Any] = {"alert": f"alert-{number}", "call": "call", "note": f"note-{number}"}
    wish = RaiseAlert(id=new_id(), at=site.clock.now(), cause=Cause.LEVEL, level=Level.R4, **facts)
    assert (await operator.do(wish)).ok
    told = (await lead.until(Alerted, lambda news: news.alert.id == f"alert-{number}")).alert
    seen = SeeAlert(id=new_id(), at=site.clock.now(), to=told.author, **facts)
    assert (await lead.do(seen)).ok
    await operator.until(AlertSeen)


async def day(book: Callbook, clock: ManualClock) -> list[str]:
    """One hour after another; the calls of the day."""
    exchange, answered = Simulated(clock), list[str]()
    async with asyncio.timeout(GIVE_UP), running(book.settings(), clock, exchange) as gateway:
        key = (book.folder / "tickets.key").read_bytes()
        site, here = Site(gateway.url, clock, exchange, key), {"site": SITE}
        # They signed in before the server went away; nobody can give them another ticket.
        own = ticket_of(clock, "1001", key=key, who=here)
        leads = ticket_of(clock, "1009", key=key, who=here, roles=(Role.LEAD,))
        for hour in range(HOURS):
            # Consoles are started anew each hour; after twelve the tickets have expired.
            async with entered(site, "1001", own) as operator, entered(site, "1009", leads) as lead:
                answered.append(await whole_call(site, operator, f"138000000{hour:02}"))
                await alert(site, operator, lead, hour)
            clock.forward(3600)
    return answered


@pytest.mark.expects_log("the server does not say|calls cannot be handed")
def test_a_day_passes_and_the_server_gets_everything_afterwards(book: Callbook) -> None:
    began = SystemClock().now() - timedelta(hours=HOURS, minutes=1)
    answered = asyncio.run(day(book, ManualClock(began)))
    assert len(set(answered)) == HOURS

    async def handed_in() -> dict[str, Call]:
        async with asyncio.timeout(GIVE_UP), running(book.settings(), SystemClock()):
            return await book.shows(lambda calls: len(calls) == HOURS and _all_over(calls))

    with book.running("server"):
        calls = asyncio.run(handed_in())
    assert calls.keys() == set(answered)
    assert {call.operator for call in calls.values()} == {"op-1001"}
    entered_at = sorted(call.entered_at for call in calls.values() if call.entered_at)
    assert entered_at[-1] - entered_at[0] >= timedelta(hours=HOURS - 2)


def _all_over(calls: dict[str, Call]) -> bool:
    return {call.state for call in calls.values()} == {CallState.ENDED}
