"""The caller's side of a practice call: what happened so far, and what the caller does next; pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from models.practice.facts import Fact, Kind, first
from models.practice.script import Does, Line, Need, Scene, Script, When

LONGEST_WRITING = 600.0
"""Seconds after a call in which who calls again waits for the note; then it rings all the same."""
MOST_RINGS = 2
"""How often a call that nobody answers is tried."""
_SYLLABLE = 0.2
_SHORTEST, _LONGEST = 1.5, 12.0


class Phase(StrEnum):
    """Where the practice is."""

    WAITS = "waits"
    RINGS = "rings"
    TALKS = "talks"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Said:
    """A line that was said or done, seconds after the practice began."""

    line: Line
    at: float
    call: int


@dataclass(frozen=True, slots=True)
class Ring:
    """The caller dials."""

    scene: Scene


@dataclass(frozen=True, slots=True)
class HangUp:
    """The caller puts the telephone down."""


Deed = Ring | Said | HangUp


@dataclass(frozen=True, slots=True)
class Play:
    """A practice as far as it has come; times are seconds after its beginning."""

    script: Script
    trust: int
    distress: int
    phase: Phase = Phase.WAITS
    since: float = 0.0
    """When the phase began."""
    call: int = 0
    missed: int = 0
    leaving: bool = False
    """The caller has hung up, the exchange has not said so yet."""
    moved_at: float = 0.0
    facts: tuple[Fact, ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def scene(self) -> Scene:
        """The call that it is about now."""
        return self.script.scenes[self.call]


def begin(script: Script) -> Play:
    """A practice at its beginning."""
    return Play(script, script.trust, script.distress)


def hear(play: Play, fact: Fact) -> Play:
    """Take note of what happened; of the present call it may change the phase."""
    play = replace(play, facts=(*play.facts, fact))
    if fact.call != play.call or play.phase is Phase.OVER:
        return play
    if fact.kind is Kind.ANSWERED and play.phase is Phase.RINGS:
        return replace(play, phase=Phase.TALKS, since=fact.at, moved_at=fact.at)
    if fact.kind is Kind.ENDED and play.phase in (Phase.RINGS, Phase.TALKS):
        return _ended(play, fact.at)
    return play


def due(play: Play) -> float | None:
    """When the caller does something next if nothing else happens; None: never."""
    if play.leaving:
        return None
    match play.phase:
        case Phase.WAITS:
            return _rings_at(play)
        case Phase.RINGS:
            return play.since + play.scene.patience
        case Phase.TALKS:
            ready = _next_line(play)
            lasts = play.since + play.scene.lasts
            return lasts if ready is None else min(lasts, ready[0])
        case Phase.OVER:
            return None


def advance(play: Play, now: float) -> tuple[Play, tuple[Deed, ...]]:
    """Let the caller do all that is due by now, in order, each thing at its own moment."""
    done: list[Deed] = []
    at = due(play)
    while at is not None and at <= now:
        play, deeds = _act(play, at)
        done.extend(deeds)
        at = due(play)
    return play, tuple(done)


def speaking(line: Line) -> float:
    """Seconds that a line takes, the same in every language."""
    return min(_LONGEST, max(_SHORTEST, len(line.words.zh) * _SYLLABLE))


def _act(play: Play, at: float) -> tuple[Play, tuple[Deed, ...]]:
    if play.phase is Phase.WAITS:
        return replace(play, phase=Phase.RINGS, since=at), (Ring(play.scene),)
    ready = _next_line(play) if play.phase is Phase.TALKS else None
    if ready is None or ready[0] > at:
        return replace(play, leaving=True), (HangUp(),)
    line = ready[1]
    said = Said(line, at, play.call)
    moved = line.trust or line.distress
    after = replace(
        play,
        said=(*play.said, said),
        trust=_bounded(play.trust + line.trust),
        distress=_bounded(play.distress + line.distress),
        moved_at=at if moved else play.moved_at,
        leaving=line.does is Does.HANGS_UP,
    )
    return after, (said, HangUp()) if after.leaving else (said,)


def _ended(play: Play, at: float) -> Play:
    here = replace(play, since=at, leaving=False)
    if play.phase is Phase.RINGS:
        missed = play.missed + 1
        return replace(here, missed=missed, phase=Phase.OVER if missed >= MOST_RINGS else Phase.WAITS)
    if play.call + 1 == len(play.script.scenes):
        return replace(here, phase=Phase.OVER)
    return replace(here, call=play.call + 1, missed=0, phase=Phase.WAITS)


def _rings_at(play: Play) -> float:
    begins = play.since
    if play.call and not play.missed:
        handed_in = (fact.at for fact in play.facts if _finishes(fact, play.call - 1))
        begins = max(play.since, next(handed_in, play.since + LONGEST_WRITING))
    return begins + play.scene.rings_after


def _finishes(fact: Fact, call: int) -> bool:
    return fact.kind is Kind.FINISHED and fact.call == call


def _next_line(play: Play) -> tuple[float, Line] | None:
    """The line that comes next of those whose conditions hold, the earlier in the script first."""
    spoken = {one.line.id for one in play.said if one.call == play.call}
    ready = [
        (at, place, line)
        for place, line in enumerate(play.scene.lines)
        if line.id not in spoken and (at := _ready(play, line)) is not None
    ]
    if not ready:
        return None
    at, _, line = min(ready, key=lambda one: one[:2])
    return at, line


def _ready(play: Play, line: Line) -> float | None:
    if any(_moment(play, when) is not None for when in line.unless):
        return None
    moments = [play.since]
    for when in line.when:
        moment = _moment(play, when)
        if moment is None:
            return None
        moments.append(moment)
    held, changed_at = _hold(play)
    if held and line.does is not Does.HANGS_UP:
        return None
    # Whoever has just spoken, or was on hold, does not speak in the same breath.
    return max(max(moments) + line.after, changed_at, _free_at(play))


def _moment(play: Play, when: When) -> float | None:
    """When a condition began to hold; None while it does not."""
    match when.need:
        case None if when.sign and when.sign.kind is Kind.HELD:
            held, since = _hold(play)
            return since if held else None
        case None:
            fact = first((when.sign,), tuple(_here(play))) if when.sign else None
            return fact.at if fact else None
        case Need.TIME:
            return play.since + when.number
        case Need.QUIET:
            stirred = [_free_at(play), *(fact.at for fact in _here(play))]
            return max(stirred) + when.number
        case Need.SAID:
            return next((one.at for one in _said_here(play) if one.line.id == when.line), None)
        case Need.TRUST:
            return play.moved_at if play.trust >= when.number else None
        case Need.DISTRESS:
            return play.moved_at if play.distress <= when.number else None
        case Need.EARLIER:
            before = tuple(fact for fact in play.facts if fact.call < play.call)
            return play.since if when.sign and first((when.sign,), before) else None


def _here(play: Play) -> Iterator[Fact]:
    return (fact for fact in play.facts if fact.call == play.call)


def _said_here(play: Play) -> Iterator[Said]:
    return (one for one in play.said if one.call == play.call)


def _free_at(play: Play) -> float:
    """When the caller has finished speaking."""
    return max((one.at + speaking(one.line) for one in _said_here(play)), default=play.since)


def _hold(play: Play) -> tuple[bool, float]:
    """Whether the caller hears music, and when that last changed."""
    changes = [fact for fact in _here(play) if fact.kind in (Kind.HELD, Kind.RESUMED)]
    return (changes[-1].kind is Kind.HELD, changes[-1].at) if changes else (False, play.since)


def _bounded(mood: int) -> int:
    return max(0, min(100, mood))
