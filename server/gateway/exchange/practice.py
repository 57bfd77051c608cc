"""Practice: the simulated exchange with invented callers who ring by themselves."""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import resources
from models.calls.call import CallState
from models.calls.events import Answered, Ended
from models.clock import Clock
from server.gateway.exchange.port import LineChanged, News
from server.gateway.exchange.simulated import Pace, Simulated

CALLERS = Path(resources.__path__[0]) / "practice" / "callers.toml"
PACE = Pace(ring_for=25, party_rings=1, party_answers=4)


class CallersError(Exception):
    """The table of practice callers cannot be used; names the file, the entry and what is wrong."""


@dataclass(frozen=True, slots=True)
class PracticeCaller:
    """Seconds until the ring once a seat is free, until giving up unanswered, until hanging up."""

    number: str
    dialled: str
    rings_after: float
    patience: float
    talks: float | None = None


def read_callers(path: Path = CALLERS) -> tuple[PracticeCaller, ...]:
    """The table in its order. Raises CallersError."""
    try:
        with path.open("rb") as file:
            entries = tomllib.load(file).get("caller", [])
    except (OSError, ValueError) as cause:
        raise CallersError(f"{path}: {cause}") from cause
    callers = tuple(_read(entry, f"{path}: caller {place}") for place, entry in enumerate(entries, start=1))
    if not callers:
        raise CallersError(f"{path}: no caller")
    return callers


def _read(entry: dict[str, Any], where: str) -> PracticeCaller:
    try:
        caller = PracticeCaller(**entry)
    except TypeError as cause:
        raise CallersError(f"{where}: {cause}") from cause
    for digits in (caller.number, caller.dialled):
        if not isinstance(digits, str) or not (digits.isdecimal() or digits == ""):
            raise CallersError(f"{where}: {digits!r} is not a number")
    for seconds in (caller.rings_after, caller.patience, caller.talks or 0):
        if not isinstance(seconds, int | float) or seconds < 0:
            raise CallersError(f"{where}: {seconds!r} is not a number of seconds")
    return caller


class PracticeExchange(Simulated):
    """Whenever a seat is ready and free and nobody waits, the next caller of the table rings."""

    def __init__(self, clock: Clock, callers: Sequence[PracticeCaller], pace: Pace = PACE) -> None:
        super().__init__(clock, pace, practice=True)
        self._callers: Iterator[PracticeCaller] = cycle(callers)
        self._planned = False
        self._own = True
        self._talks: dict[str, float | None] = {}

    async def run(self, hear: Callable[[News], None]) -> None:
        """Tell news until cancelled, and let callers ring."""

        def watch(news: News) -> None:
            hear(news)
            self._notice(news)

        self._planned = False
        await super().run(watch)

    def own_callers(self, ring: bool) -> None:
        """Let the callers of the table ring by themselves, or not: then a script says who does."""
        self._own = ring

    def _notice(self, news: News) -> None:
        match news:
            case Answered():
                self._board.later(self._talks.get(news.call), lambda: self.scene.caller_hangs_up(news.call))
            case Ended():
                self._talks.pop(news.call, None)
            case LineChanged():
                return
        if self._own and not self._planned and self._somebody_is_free():
            self._planned = True
            caller = next(self._callers)
            self._board.later(caller.rings_after, lambda: self._ring(caller))

    def _somebody_is_free(self) -> bool:
        waiting = any(call.state is CallState.WAITING for call in self._board.picture().calls)
        return bool(self._board.free_seats()) and not waiting

    def _ring(self, caller: PracticeCaller) -> None:
        self._planned = False
        if not self._own:
            return
        call = self.scene.ring(caller.number, caller.dialled)
        self._talks[call] = caller.talks
        self._board.later(caller.patience, lambda: self._give_up(call))

    def _give_up(self, call: str) -> None:
        if self._board.calls[call].answered_at is None:
            self.scene.caller_hangs_up(call)
