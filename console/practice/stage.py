"""The stage of practice: script, clock, simulated exchange and what the operator does, brought together."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from console.practice.watching import Watching
from console.runtime.store import Store
from console.workstation import Workstation
from models.calls.events import CallEnd
from models.clock import Clock
from models.ids import new_id
from models.notes.ladder import Ladder
from models.practice import play as plays
from models.practice.facts import Fact, Kind
from models.practice.play import HangUp, Phase, Play, Ring
from models.practice.script import Script
from models.practice.sheet import Sheet, compare


class Callers(Protocol):
    """Who lets callers of the simulated exchange come and go."""

    @property
    def directs(self) -> bool:
        """Whether this window says who rings."""
        ...

    def quiet(self) -> None:
        """Let nobody ring by himself any more."""
        ...

    def ring(self, name: str, number: str, dialled: str) -> None:
        """Let a caller dial, by a name that is used once."""
        ...

    def hang_up(self, name: str) -> None:
        """Let that caller put the telephone down."""
        ...


@dataclass(frozen=True, slots=True)
class OnStage:
    """What there is to see; `done` once every call is over and every note of them handed in."""

    play: Play | None = None
    done: bool = False


class Stage:
    """Plays one script at a time, on the io thread; `pace`: how long a second of the script really lasts."""

    def __init__(self, callers: Callers, clock: Clock, ladder: Ladder, pace: float = 1.0) -> None:
        self._callers = callers
        self._clock = clock
        self._ladder = ladder
        self._pace = pace
        self._station: Workstation | None = None
        self._watching: Watching | None = None
        self._began = 0.0
        self._names: dict[str, int] = {}
        self._ringing = ""
        self._timer: asyncio.TimerHandle | None = None
        self.view: Store[OnStage] = Store(OnStage())
        self.ended: list[Callable[[Sheet], None]] = []

    @property
    def can_play(self) -> bool:
        """Whether scripts can be played in this window."""
        return self._callers.directs

    def attend(self, station: Workstation) -> None:
        """Somebody has signed in: play with them."""
        self._station = station
        self._callers.quiet()

    def leave(self) -> None:
        """Nobody is there any more."""
        self.stop()
        self._station = None

    def begin(self, script: Script) -> None:
        """Play a script from its beginning; another one that is being played ends."""
        if self._station is None:
            return
        self.stop()
        self._names.clear()
        self._watching = Watching(self._station, self._ladder, self._happened)
        self._watching.follow()
        self._began = self._clock.monotonic()
        self._show(plays.begin(script))

    def stop(self) -> None:
        """End it; a caller who is there hangs up."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._ringing:
            self._callers.hang_up(self._ringing)
        if self._watching is not None:
            self._watching.leave()
        self._watching, self._ringing = None, ""
        self.view.publish(OnStage())

    def rang(self, name: str, call: str) -> None:
        """The exchange said which call a caller's is."""
        if self._watching is not None and name in self._names:
            self._watching.belongs(call, self._names[name])

    def asked(self, question: str) -> None:
        """The operator says to have asked this."""
        play = self.view.value.play
        if play is not None and play.phase is Phase.TALKS:
            self._happened(play.call, Kind.QUESTION, question, "")

    def sheet(self) -> Sheet | None:
        """The sheet as far as it has come."""
        play = self.view.value.play
        return compare(play) if play is not None else None

    def _happened(self, call: int, kind: Kind, value: str, state: str) -> None:
        play = self.view.value.play
        if play is None:
            return
        now = self._now()
        # What was due before this happened comes first, whatever the timers of this machine did.
        play = self._due(play, now)
        self._show(plays.hear(play, Fact(kind, value, now, call, state)))

    def _due(self, play: Play, now: float) -> Play:
        after, deeds = plays.advance(play, now)
        for deed in deeds:
            match deed:
                case Ring():
                    self._ringing = f"{play.script.id}-{new_id()}"
                    self._names[self._ringing] = after.call
                    self._callers.ring(self._ringing, deed.scene.number, deed.scene.dialled)
                case HangUp():
                    self._callers.hang_up(self._ringing)
                    if after.phase is Phase.RINGS:
                        # Of a call that nobody answered this seat may hear nothing more.
                        after = plays.hear(after, Fact(Kind.ENDED, CallEnd.CALLER_HUNG_UP, now, after.call))
                        self._forget(play.call)
        return after

    def _forget(self, place: int) -> None:
        if self._watching is not None:
            self._watching.forget(place)

    def _show(self, play: Play) -> None:
        before = self.view.value
        done = play.phase is Phase.OVER and _handed_in(play)
        self.view.publish(OnStage(play, done))
        if done and not before.done:
            for hear in self.ended:
                hear(compare(play))
        self._plan(play)

    def _plan(self, play: Play) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        at = plays.due(play)
        if at is not None:
            seconds = max(0.0, at - self._now()) * self._pace
            self._timer = asyncio.get_running_loop().call_later(seconds, self._tick)

    def _tick(self) -> None:
        play = self.view.value.play
        if play is not None:
            self._show(self._due(play, self._now()))

    def _now(self) -> float:
        return (self._clock.monotonic() - self._began) / self._pace


def _handed_in(play: Play) -> bool:
    answered = {fact.call for fact in play.facts if fact.kind is Kind.ANSWERED}
    return answered <= {fact.call for fact in play.facts if fact.kind is Kind.FINISHED}
