"""Asking somebody into the conversation, giving it away, and what a colleague is told with it."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol

from console.line import port
from console.runtime.store import Store
from models.calls.brief import Brief, as_lines
from models.calls.events import CallEvent, HandedOver
from models.clock import Clock
from models.shifts.colleague import Colleague


class Way(StrEnum):
    """What becomes of the conversation once the other answers."""

    TOGETHER = "together"
    """All three talk."""
    SPEAK_FIRST = "speak_first"
    """The caller hears music meanwhile; whoever leaves hands over."""
    AT_ONCE = "at_once"
    """The operator is out of it before anybody answers."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Who shall be asked: a colleague's `seat`, or the digits to `dial`.

    `party` is a fresh id: the same wish twice is one. `lines` is what a colleague is told, `held` whether the
    caller hears music already.
    """

    call: str
    party: str
    way: Way
    seat: str
    dial: str
    label: str
    lines: tuple[str, ...] = ()
    held: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the own note says of a call: the note's id, the highest level ("" for none), and the red mark."""

    note: str = ""
    level: str = ""
    red: bool = False


class About(Protocol):
    """What is written of a call here."""

    def known_of(self, call: str) -> Known:
        """Note, level and red mark of a call."""
        ...

    def keep(self, call: str, lines: tuple[str, ...]) -> None:
        """Put lines into the own note of the call for good."""
        ...


@dataclass(frozen=True, slots=True)
class HandingView:
    """Who is there; what was told of the calls here, by all who had them, oldest first."""

    colleagues: tuple[Colleague, ...] = ()
    briefs: tuple[Brief, ...] = ()

    def told(self, call: str, seat: str) -> Brief | None:
        """What somebody else than this seat told last of a call."""
        heard = [one for one in self.briefs if one.call == call and one.seat != seat]
        return heard[-1] if heard else None


_MOST_BRIEFS = 50
Command = Callable[[Coroutine[Any, Any, port.Done]], Coroutine[Any, Any, str]]


class HandingService:
    """Lives on the io thread; `about` is the note that lies on the desk."""

    def __init__(
        self,
        line: port.Line,
        clock: Clock,
        command: Command,
        about: About,
        spawn: Callable[[Coroutine[Any, Any, object]], None],
    ) -> None:
        self._line = line
        self._clock = clock
        self._command = command
        self._about = about
        self._spawn = spawn
        self._looks = False
        self._asked = False
        self._mine: dict[str, Brief] = {}
        self.handed: list[Callable[[str, str], None]] = []
        """Told of a note of this operator and the colleague who has its call from now on."""
        self.view: Store[HandingView] = Store(HandingView())

    def look_around(self, on: bool) -> None:
        """Hear of the colleagues from now on, also after the link was lost, or no more."""
        self._looks = self._asked = on
        self._spawn(self._line.handing.ask_colleagues(on))
        if not on:
            self.view.publish(replace(self.view.value, colleagues=()))

    def see_colleagues(self, there: tuple[Colleague, ...]) -> None:
        """Who is there now."""
        if self._looks:
            self.view.publish(replace(self.view.value, colleagues=there))

    def see(self, calls: frozenset[str], briefs: tuple[Brief, ...]) -> None:
        """What the gateway keeps for the calls of this seat.

        A gateway that began anew keeps nothing: what was heard here stays, what was said here is said again.
        """
        heard = {(one.call, one.seat): one for one in (*self.view.value.briefs, *briefs)}
        self.view.publish(replace(self.view.value, briefs=tuple(heard.values())[-_MOST_BRIEFS:]))
        kept = {(one.call, one.at) for one in briefs}
        self._mine = {call: brief for call, brief in self._mine.items() if call in calls}
        for brief in self._mine.values():
            if (brief.call, brief.at) not in kept:
                self._spawn(self._line.handing.tell_colleague(brief))
        if self._looks and not self._asked:
            self.look_around(True)

    def hear(self, event: CallEvent) -> None:
        """What happens to a call: who has it from now on is to read what was written of it."""
        brief = self._mine.get(event.call)
        if isinstance(event, HandedOver) and brief and brief.note and event.operator:
            for listener in self.handed:
                listener(brief.note, event.operator)

    def line_lost(self) -> None:
        """Nobody is known to be there; with the next picture it is asked again."""
        self._asked = False
        self.view.publish(replace(self.view.value, colleagues=()))

    async def ask(self, wish: Wish) -> str:
        """Do what is wished; a refusal is shown, and said here too ("" where it was done).

        What a colleague is told goes ahead of the ring, and stands in the own note for good.
        """
        lines = as_lines(wish.lines)
        if lines:
            self._about.keep(wish.call, lines)
        if wish.seat:
            await self._tell(wish.call, lines)
        handing = self._line.handing
        if wish.way is Way.AT_ONCE:
            return await self._command(handing.transfer(wish.call, wish.dial, wish.seat, wish.label))
        holds = wish.way is Way.SPEAK_FIRST and not wish.held
        if holds and (why := await self._command(self._line.hold(wish.call))):
            return why
        why = await self._command(self._invitation(wish))
        if why and holds:
            # Nobody comes: the caller shall not wait for them.
            await self._line.resume(wish.call)
        return why

    def _invitation(self, wish: Wish) -> Coroutine[Any, Any, port.Done]:
        if wish.seat:
            return self._line.handing.ask_colleague(wish.call, wish.party, wish.seat, wish.label)
        return self._line.invite(wish.call, wish.party, wish.dial, wish.label)

    async def _tell(self, call: str, lines: tuple[str, ...]) -> None:
        known = self._about.known_of(call)
        brief = Brief(call, known.note, known.level, known.red, lines, self._clock.now())
        self._mine[call] = brief
        # A gateway that does not take it rings the colleague all the same: help does not wait for words.
        await self._line.handing.tell_colleague(brief)
