"""The telephone inside the console under a gateway: it picks up by itself, and its faults end no call."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from models.calls.events import Answered, CallEnd, Ended, Joined, Offered, Released, Resumed
from models.clock import SystemClock
from models.softphone.news import Conversation, Trouble
from server.gateway.exchange.asterisk import Asterisk
from server.gateway.exchange.port import LineChanged
from tests.exchange.asterisk_stage import settings
from tests.server.gateway.stage import Ears
from tests.support.exchange import Exchange
from tests.support.parties import Party
from tests.support.softphone import SEAT, Softphone
from tests.support.sound import HEADSET, SoundSystem
from tests.support.tones import CALLER, HOLD, OPERATOR, POLICE
from tests.support.window import until

pytestmark = [pytest.mark.exchange]
GIVE_UP = 90  # seconds; only a story that hangs needs them


class Line:
    """A gateway's adapter at work, and what it told."""

    def __init__(self, real: Exchange) -> None:
        self.exchange = Asterisk(settings(real), SystemClock())
        self.ears = Ears()

    async def answered(self, caller: Party) -> str:
        """The operator is ready, the caller rings, the console's click answers."""
        await self.ears.until(LineChanged, lambda one: one.problem == "")
        await self.exchange.set_ready(SEAT, True, "")
        caller.dial("12356")
        call = (await self.ears.until(Offered, lambda one: one.seat == SEAT)).call
        await self.exchange.answer(call, SEAT)
        return call


def play(real: Exchange, story: Callable[[Line], Awaitable[None]]) -> None:
    @asynccontextmanager
    async def running() -> AsyncIterator[Line]:
        line = Line(real)
        task = asyncio.create_task(line.exchange.run(line.ears.hear))
        try:
            yield line
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def evening() -> None:
        async with asyncio.timeout(GIVE_UP), running() as line:
            await story(line)

    asyncio.run(evening())


def hears_operator(caller: Party) -> None:
    caller.wait_hears_on(OPERATOR)


async def both_hear(caller: Party, police: Party) -> None:
    """The two outside hear each other; a microphone of a page comes and goes with its own noise gate."""
    await asyncio.to_thread(until, lambda: POLICE in caller.hears())
    await asyncio.to_thread(until, lambda: CALLER in police.hears())


def test_a_click_is_enough_and_a_page_that_crashes_ends_no_call(
    exchange: Exchange, softphone: Softphone, sound_system: SoundSystem, caller: Party
) -> None:
    async def story(line: Line) -> None:
        call = await line.answered(caller)
        await asyncio.to_thread(softphone.wait_talks)
        rung = [news for news in softphone.news if getattr(news, "state", None) is Conversation.RINGING]
        assert rung == [], "it picks up by itself"
        await asyncio.to_thread(sound_system.wait_hears, HEADSET, CALLER)
        await asyncio.to_thread(hears_operator, caller)
        talked = softphone.phone.call.dialog
        softphone.crash_page()
        await asyncio.to_thread(softphone.wait, lambda phone: Trouble.CRASHED in phone.troubles)
        await asyncio.to_thread(softphone.wait, lambda phone: phone.call.dialog not in ((), talked))
        await asyncio.to_thread(sound_system.wait_hears, HEADSET, CALLER)
        assert line.ears.all(Ended) == []
        # The gateway knows the new channel: it can be moved, and the end is the operator's.
        await line.exchange.hold(call)
        await asyncio.to_thread(until, lambda: HOLD in caller.hears())
        await line.exchange.resume(call)
        await line.ears.until(Resumed)
        await asyncio.to_thread(hears_operator, caller)
        await line.exchange.hang_up(call)
        assert (await line.ears.until(Ended)).call == call
        await asyncio.to_thread(softphone.wait, lambda phone: phone.call.state is Conversation.NONE)

    play(exchange, story)


def test_a_page_that_crashes_in_a_three_way_leaves_the_others_to_talk_and_comes_back(
    exchange: Exchange, softphone: Softphone, sound_system: SoundSystem, caller: Party, police: Party
) -> None:
    async def story(line: Line) -> None:
        call = await line.answered(caller)
        await asyncio.to_thread(softphone.wait_talks)
        await line.ears.until(Answered)
        await line.exchange.invite(call, "p1", "110", "110")
        await asyncio.to_thread(police.answer)
        await line.ears.until(Joined)
        await both_hear(caller, police)
        await asyncio.to_thread(hears_operator, caller)
        talked = softphone.phone.call.dialog
        softphone.crash_page()
        # The two outside do not lose each other, with the seat and without.
        await both_hear(caller, police)
        await asyncio.to_thread(softphone.wait, lambda phone: phone.call.dialog not in ((), talked))
        await both_hear(caller, police)
        await asyncio.to_thread(hears_operator, caller)
        await asyncio.to_thread(sound_system.wait_hears, HEADSET, CALLER, POLICE)
        assert not line.ears.all(Ended)
        assert not line.ears.all(Released)
        await line.exchange.hang_up(call)
        assert (await line.ears.until(Ended)).call == call

    play(exchange, story)


def test_a_page_that_crashes_in_the_room_comes_back_as_the_operators(
    exchange: Exchange, softphone: Softphone, caller: Party
) -> None:
    """On hold, and in the room after it: the call neither ends nor is left, and the gateway can move it."""

    async def story(line: Line) -> None:
        call = await line.answered(caller)
        await asyncio.to_thread(softphone.wait_talks)
        await line.ears.until(Answered)
        await line.exchange.hold(call)
        await asyncio.to_thread(until, lambda: HOLD in caller.hears())
        await asyncio.to_thread(softphone.fall_and_return)
        await asyncio.to_thread(until, lambda: HOLD in caller.hears())
        await line.exchange.resume(call)
        await line.ears.until(Resumed)
        await asyncio.to_thread(hears_operator, caller)
        await asyncio.to_thread(softphone.fall_and_return)
        await asyncio.to_thread(hears_operator, caller)
        await line.exchange.hold(call)
        await asyncio.to_thread(until, lambda: HOLD in caller.hears())
        assert not line.ears.all(Ended)
        assert not line.ears.all(Released)
        await line.exchange.hang_up(call)
        assert (await line.ears.until(Ended)).end is CallEnd.OPERATOR_ENDED

    play(exchange, story)
