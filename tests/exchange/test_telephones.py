"""A click of the console or the receiver in the hand: telephones of every kind at the real exchange."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from models.calls.events import Answered, Offered, Withdrawn
from models.clock import SystemClock
from server.gateway.exchange.asterisk import Asterisk
from server.gateway.exchange.port import LineChanged
from server.gateway.settings import Telephone
from tests.exchange.asterisk_stage import settings
from tests.server.gateway.stage import Ears
from tests.support.desk_telephone import DeskTelephone, desk_telephone
from tests.support.exchange import Exchange
from tests.support.parties import Party, caller_line, party

pytestmark = pytest.mark.exchange

GIVE_UP = 90  # seconds; only a story that hangs needs them
SEAT = "1001"


@dataclass
class Desk:
    """A seat with a telephone of its kind, and somebody who calls the hotline."""

    exchange: Asterisk
    ears: Ears
    phone: DeskTelephone
    caller: Party
    people: ExitStack

    async def rings(self) -> str:
        """A caller rings at the seat; the call."""
        await self.exchange.set_ready(SEAT, True, "")
        self.caller.dial("12356")
        return (await self.ears.until(Offered)).call

    def was_told(self, method: str) -> bool:
        return any(said.method == method for said in self.phone.heard)


@asynccontextmanager
async def desk(real: Exchange, kind: Telephone, talks: bool = True) -> AsyncIterator[Desk]:
    ears = Ears()
    asterisk = Asterisk(replace(settings(real), telephones={SEAT: kind}), SystemClock())
    running = asyncio.create_task(asterisk.run(ears.hear))
    async with asyncio.timeout(GIVE_UP), desk_telephone(real, SEAT, talks) as phone:
        with ExitStack() as people:
            caller = await asyncio.to_thread(people.enter_context, party(real, caller_line(real)))
            await ears.until(LineChanged, lambda one: one.problem == "")
            yield Desk(asterisk, ears, phone, caller, people)
            await asyncio.to_thread(people.close)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    while "0 active channels" not in await asyncio.to_thread(real.ask, "core show channels count"):
        pass


def test_a_click_lets_a_telephone_that_knows_it_pick_up(exchange: Exchange) -> None:
    async def story() -> None:
        async with desk(exchange, Telephone.TALK) as there:
            call = await there.rings()
            invite = await there.phone.until(lambda said: said.method == "INVITE")
            await there.exchange.answer(call, SEAT)
            notify = await there.phone.until(lambda said: said.method == "NOTIFY")
            # In the dialogue of this very call: a telephone that rings twice knows which is meant.
            assert (notify["event"], notify["call-id"]) == ("talk", invite["call-id"])
            assert ";tag=" in notify["to"]
            assert "terminated" in notify["subscription-state"]
            assert (await there.ears.until(Answered)).seat == SEAT
            assert len([said for said in there.phone.heard if said.method == "INVITE"]) == 1
            await there.exchange.hang_up(call)

    asyncio.run(story())


@pytest.mark.parametrize("kind", [Telephone.TALK, Telephone.RING])
def test_the_receiver_in_the_hand_answers(exchange: Exchange, kind: Telephone) -> None:
    async def story() -> None:
        async with desk(exchange, kind) as there:
            call = await there.rings()
            await there.phone.until(lambda said: said.method == "INVITE")
            there.phone.lift()
            answered = await there.ears.until(Answered)
            assert (answered.call, answered.seat) == (call, SEAT)
            assert not there.was_told("NOTIFY")
            await there.exchange.hang_up(call)

    asyncio.run(story())


def test_a_telephone_that_only_rings_is_called_anew_by_the_click(exchange: Exchange) -> None:
    async def story() -> None:
        async with desk(exchange, Telephone.RING, talks=False) as there:
            call = await there.rings()
            first = await there.phone.until(lambda said: said.method == "INVITE")
            assert "answer-after" not in first["call-info"]
            await there.exchange.answer(call, SEAT)
            await there.phone.until(lambda said: said.method == "CANCEL")
            again = await there.phone.until(
                lambda said: said.method == "INVITE" and "answer-after=0" in said["call-info"]
            )
            assert "alert-autoanswer" in again["alert-info"]
            there.phone.lift()
            assert (await there.ears.until(Answered)).call == call
            await there.exchange.hang_up(call)

    asyncio.run(story())


def test_a_silent_telephone_is_called_by_the_click_alone(exchange: Exchange) -> None:
    async def story() -> None:
        async with desk(exchange, Telephone.SCREEN) as there:
            call = await there.rings()
            assert not there.was_told("INVITE")
            await there.exchange.answer(call, SEAT)
            invite = await there.phone.until(lambda said: said.method == "INVITE")
            assert "answer-after=0" in invite["call-info"]
            there.phone.lift()
            assert (await there.ears.until(Answered)).call == call
            await there.exchange.hang_up(call)

    asyncio.run(story())


def test_a_telephone_that_does_not_know_the_click_rings_on(exchange: Exchange) -> None:
    async def story() -> None:
        async with desk(exchange, Telephone.TALK, talks=False) as there:
            call = await there.rings()
            await there.phone.until(lambda said: said.method == "INVITE")
            await there.exchange.answer(call, SEAT)
            await there.phone.until(lambda said: said.method == "NOTIFY")
            assert not there.ears.all(Withdrawn)
            there.phone.lift()
            assert (await there.ears.until(Answered)).call == call
            await there.exchange.hang_up(call)

    asyncio.run(story())
