"""A gateway is killed in mid-call: voices go on, and the next one shows every call as it is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.calls.call import Call, CallState, PartyPhase
from models.clock import ManualClock, SystemClock
from models.ids import new_id
from models.wire.commands import Hold, Invite, Mute, Resume
from server.gateway.exchange.simulated import Simulated
from tests.server.gateway.consoles import Console, Site
from tests.support.callbook import Callbook, Gateway, callbook
from tests.support.exchange import Exchange
from tests.support.parties import CALLER_NUMBER, Party, caller_line, party, seat_line
from tests.support.tones import CALLER, COLLEAGUE, HOLD, OPERATOR, POLICE

# No server runs here; a gateway needs none for any of this.
pytestmark = [
    pytest.mark.exchange,
    pytest.mark.expects_log("the server does not say|calls cannot be handed"),
]

GIVE_UP = 90  # seconds; only a story that hangs needs them
LINE = "12356"
OTHER_CALLER = 1550
OTHER_NUMBER = "13800000002"


@pytest.fixture
def book(tmp_path: Path, exchange: Exchange) -> Callbook:
    book = callbook(tmp_path / "hotline")
    book.join(exchange)
    return book


@asynccontextmanager
async def at(book: Callbook, gateway: Gateway) -> AsyncIterator[Site]:
    """The seats of the hotline at this gateway."""
    clock = ManualClock(SystemClock().now())
    async with asyncio.timeout(GIVE_UP):
        yield Site(gateway.url, clock, Simulated(clock), (book.folder / "tickets.key").read_bytes())


async def hear(who: Party, *tones: int) -> None:
    await asyncio.to_thread(who.wait_hears, *tones)


async def invited(console: Console, call: str, police: Party) -> None:
    """The police talk with them."""
    wish = Invite(id=new_id(), call=call, party=new_id(), dial="110", label="110")
    assert (await console.do(wish)).ok
    await asyncio.to_thread(police.answer)


def shown(console: Console) -> Call:
    (call,) = console.calls
    return call


@dataclass
class Evening:
    """Two conversations: caller, operator and police talk; another caller is held by a colleague."""

    caller: Party
    operator: Party
    police: Party
    other: Party
    colleague: Party

    async def voices(self) -> None:
        """Who hears whom, with a gateway and without."""
        await hear(self.caller, OPERATOR, POLICE)
        await hear(self.operator, CALLER, POLICE)
        await hear(self.police, CALLER, OPERATOR)
        await hear(self.other, HOLD)
        await hear(self.colleague)

    async def until_it_is_killed(self, site: Site, gateway: Gateway) -> list[str]:
        """The ids of the two calls."""
        # The colleague is on a break at first: a registered telephone without a console is rung by the queue.
        async with site.console("1002") as second, site.at_work("1001") as first:
            self.caller.dial(LINE)
            talked = await first.answered()
            await second.ready()
            self.other.dial(LINE)
            held = await second.answered()
            assert (await second.do(Hold(id=new_id(), call=held))).ok
            await invited(first, talked, self.police)
            await self.voices()
            gateway.kill()
            await self.voices()
        return [talked, held]

    async def at_the_next(self, site: Site, calls: list[str]) -> None:
        """Both are shown as they are, and do what they are told."""
        async with site.console("1001") as first, site.console("1002") as second:
            known = [shown(first), shown(second)]
            assert [one.id for one in known] == calls
            assert [one.state for one in known] == [CallState.TALKING, CallState.HELD]
            assert [one.number for one in known] == [CALLER_NUMBER, OTHER_NUMBER]
            (third,) = known[0].parties.values()
            assert (third.phase, third.dial) == (PartyPhase.JOINED, "110")
            await self.voices()
            assert (await second.do(Resume(id=new_id(), call=calls[1]))).ok
            await hear(self.other, COLLEAGUE)
            await second.shows(CallState.TALKING)


def test_three_talk_and_one_is_held_through_it_all(
    book: Callbook, exchange: Exchange, caller: Party, operator_phone: Party, police: Party
) -> None:
    other_line = caller_line(exchange, OTHER_NUMBER, OTHER_CALLER)
    seat_2 = seat_line(exchange, "1002", COLLEAGUE)

    async def before(evening: Evening, gateway: Gateway) -> list[str]:
        async with at(book, gateway) as site:
            return await evening.until_it_is_killed(site, gateway)

    async def after(evening: Evening, gateway: Gateway, calls: list[str]) -> None:
        async with at(book, gateway) as site:
            await evening.at_the_next(site, calls)

    with party(exchange, other_line) as other, party(exchange, seat_2) as colleague:
        evening = Evening(caller, operator_phone, police, other, colleague)
        with book.gateway() as gateway:
            calls = asyncio.run(before(evening, gateway))
        asyncio.run(evening.voices())
        with book.gateway() as gateway:
            asyncio.run(after(evening, gateway, calls))


def test_an_operator_who_is_muted_stays_so(book: Callbook, caller: Party, operator_phone: Party) -> None:
    async def before(gateway: Gateway) -> str:
        async with at(book, gateway) as site, site.at_work() as console:
            caller.dial(LINE)
            call = await console.answered()
            await hear(caller, OPERATOR)
            assert (await console.do(Mute(id=new_id(), call=call, on=True))).ok
            await hear(caller)
            gateway.kill()
            return call

    async def after(gateway: Gateway, call: str) -> None:
        async with at(book, gateway) as site, site.console() as console:
            assert (shown(console).id, shown(console).is_muted) == (call, True)
            await hear(caller)
            await hear(operator_phone, CALLER)
            assert (await console.do(Mute(id=new_id(), call=call, on=False))).ok
            await hear(caller, OPERATOR)

    with book.gateway() as gateway:
        call = asyncio.run(before(gateway))
    with book.gateway() as gateway:
        asyncio.run(after(gateway, call))


def test_a_call_that_ended_while_no_gateway_was_there_is_not_shown(
    book: Callbook, caller: Party, operator_phone: Party
) -> None:
    async def before(gateway: Gateway) -> None:
        async with at(book, gateway) as site, site.at_work() as console:
            caller.dial(LINE)
            await console.answered()
            await hear(operator_phone, CALLER)
            gateway.kill()

    async def after(gateway: Gateway) -> None:
        async with at(book, gateway) as site, site.console() as console:
            assert console.calls == []

    with book.gateway() as gateway:
        asyncio.run(before(gateway))
    caller.hang_up()
    operator_phone.wait_for("closed")
    with book.gateway() as gateway:
        asyncio.run(after(gateway))
