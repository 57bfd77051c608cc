"""What is said to a colleague is said before the ring, and again to a gateway that forgot it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest

from console.calls.handing import HandingService, Known, Way, Wish
from console.line import port
from console.line.fake import Exchange, ScriptedLine
from models.calls.call import CallState
from models.clock import ManualClock
from models.ids import new_id
from models.shifts.colleague import Colleague

SEAT = "1001"


class Written:
    """The note on the desk."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def known_of(self, call: str) -> Known:
        return Known(f"note of {call}", "R3", True)

    def keep(self, call: str, lines: tuple[str, ...]) -> None:
        self.lines += [f"{call}: {line}" for line in lines]


class Played:
    """A service over the scripted line, with a call that is talked."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.exchange = Exchange(self.clock)
        self.line = ScriptedLine(self.exchange)
        self.written = Written()
        self.refused: list[str] = []
        self.tasks: list[asyncio.Task[object]] = []
        self.handing = HandingService(self.line, self.clock, self.command, self.written, self.spawn)
        self.connected = asyncio.Event()
        self.call = ""

    async def command(self, order: Coroutine[Any, Any, port.Done]) -> str:
        done = await order
        self.refused += [] if done.ok else [done.why]
        return "" if done.ok else done.why

    def spawn(self, work: Coroutine[Any, Any, object]) -> None:
        self.tasks.append(asyncio.get_running_loop().create_task(work))

    async def settled(self) -> None:
        await asyncio.gather(*self.tasks)

    def hear(self, news: port.News) -> None:
        match news:
            case port.Picture(calls, _, _, _, briefs):
                self.handing.see(frozenset(call.id for call in calls), briefs)
                self.connected.set()
            case port.Colleagues(there):
                self.handing.see_colleagues(there)
            case port.Lost():
                self.handing.line_lost()

    def wish(self, way: Way, seat: str = "1002", dial: str = "") -> Wish:
        return Wish(self.call, new_id(), way, seat, dial, "同事", ("  一\n二 ", "", "三"))

    def state(self) -> CallState:
        return self.exchange.calls[self.call].state

    def there(self) -> list[Colleague]:
        return list(self.handing.view.value.colleagues)

    @asynccontextmanager
    async def talking(self) -> Any:
        run = asyncio.create_task(self.line.run("op", SEAT, self.hear))
        await self.connected.wait()
        self.call = self.exchange.ring(SEAT, "13800000001")
        assert (await self.line.answer(self.call)).ok
        yield
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)


def play(story: Callable[[Played], Awaitable[None]]) -> None:
    async def whole() -> None:
        played = Played()
        async with asyncio.timeout(10), played.talking():
            await story(played)

    asyncio.run(whole())


def test_the_colleague_is_told_before_the_ring_and_the_words_stay_in_the_own_note() -> None:
    async def story(here: Played) -> None:
        heard: list[str] = []
        here.exchange.listeners.append(
            lambda news: heard.append(str(here.exchange.briefs)) if isinstance(news, port.Happened) else None
        )
        assert await here.handing.ask(here.wish(Way.TOGETHER)) == ""
        assert here.call in heard[0], "the ring came before the words"
        brief = here.exchange.briefs[here.call]
        assert brief.lines == ("一 二", "三")
        assert (brief.note, brief.level, brief.red) == (f"note of {here.call}", "R3", True)
        assert here.written.lines == [f"{here.call}: 一 二", f"{here.call}: 三"]
        assert here.state() is CallState.TALKING

    play(story)


def test_who_speaks_first_lets_the_caller_hear_music_but_never_for_nothing() -> None:
    async def story(here: Played) -> None:
        assert await here.handing.ask(here.wish(Way.SPEAK_FIRST, "", "bad")) == "bad_number"
        assert here.state() is CallState.TALKING, "nobody comes, and the caller still hears music"
        assert await here.handing.ask(here.wish(Way.SPEAK_FIRST, "", "12355")) == ""
        assert here.state() is CallState.HELD
        assert not here.exchange.briefs, "outside nobody reads what is said"

    play(story)


@pytest.mark.parametrize(("seat", "dial"), [("1002", ""), ("", "12355")])
def test_a_caller_is_given_away_at_once(seat: str, dial: str) -> None:
    async def story(here: Played) -> None:
        assert await here.handing.ask(here.wish(Way.AT_ONCE, seat, dial)) == ""
        assert here.state() is CallState.RELEASED
        (party,) = here.exchange.calls[here.call].parties.values()
        assert (party.seat, party.dial) == (seat, dial)

    play(story)


def test_a_gateway_that_began_anew_is_told_again() -> None:
    async def story(here: Played) -> None:
        assert await here.handing.ask(here.wish(Way.TOGETHER)) == ""
        told = here.exchange.briefs.pop(here.call)
        here.handing.see(frozenset({here.call}), ())
        await here.settled()
        assert here.exchange.briefs[here.call] == told
        # Of a call that is not here any more nothing is said.
        here.exchange.briefs.clear()
        here.handing.see(frozenset(), ())
        await here.settled()
        assert not here.exchange.briefs

    play(story)


def test_who_looks_around_hears_of_colleagues_also_after_the_link_was_lost() -> None:
    async def story(here: Played) -> None:
        there = (Colleague("1002", "同事", True),)
        here.line.handing.there = there
        here.handing.look_around(True)
        await here.settled()
        assert here.there() == list(there)
        here.handing.line_lost()
        assert here.there() == []
        here.handing.see(frozenset(), ())
        await here.settled()
        assert here.there() == list(there)
        here.handing.look_around(False)
        await here.settled()
        assert here.there() == []

    play(story)
