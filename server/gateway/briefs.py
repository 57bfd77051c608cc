"""What operators told their colleagues of calls; it lasts as long as the call, over restarts too."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from models.calls.brief import Brief, as_lines
from models.calls.call import Call
from models.calls.events import CallEnd, CallEvent, Offered
from models.calls.place import is_at
from models.wire.handover import TellColleague
from server.gateway.rights import Badge

_COMES_BACK = timedelta(seconds=5)
"""A caller whom nobody took is in the queue again in the same moment."""


class Briefs:
    """By call and seat: who handed a call on last is heard last.

    Where nobody took a caller who was given away, what was told goes on with the call in which they wait
    again; a withheld number is known again by nobody. `keep` puts each on the disk, without waiting.
    """

    def __init__(self) -> None:
        self._told: dict[tuple[str, str], Brief] = {}
        self._left: dict[str, tuple[datetime, tuple[Brief, ...]]] = {}
        self.keep: Callable[[Brief], None] = _unkept

    def remember(self, briefs: Iterable[Brief]) -> None:
        """Take up what a gateway before this one kept; what was told since is newer."""
        for brief in briefs:
            self._told.setdefault((brief.call, brief.seat), brief)

    def hear(self, call: Call) -> None:
        """A call moved on: one that was given away and is over may be taken up again."""
        if call.end is not CallEnd.TRANSFERRED or call.ended_at is None or not call.number:
            return
        briefs = tuple(brief for key, brief in self._told.items() if key[0] == call.id)
        if briefs:
            self._left[call.number] = call.ended_at, briefs

    def follow(self, call: Call, now: datetime) -> None:
        """A caller came: perhaps the one who was given away a moment ago."""
        for number in [one for one, (at, _) in self._left.items() if now - at > _COMES_BACK]:
            del self._left[number]
        _, briefs = self._left.pop(call.number, (now, ()))
        for brief in briefs:
            self._take(replace(brief, call=call.id))

    def come_with(self, event: CallEvent, seat: str) -> bool:
        """Whether a ring at a seat is one of which something was told."""
        mine = isinstance(event, Offered) and event.seat == seat
        return mine and any(call == event.call for call, _ in self._told)

    def take(self, told: TellColleague, badge: Badge) -> None:
        """Keep what was told; whose words they are is said by the ticket alone."""
        who = badge.operator
        brief = Brief(
            told.call,
            told.note,
            told.level,
            told.red,
            as_lines(told.lines),
            told.at,
            badge.seat,
            who.id,
            who.name,
        )
        self._take(brief)

    def at(self, seat: str, calls: Mapping[str, Call]) -> tuple[Brief, ...]:
        """What concerns the calls of a seat, oldest first; with a call ends what was told of it."""
        for key in [key for key in self._told if key[0] not in calls]:
            del self._told[key]
        return tuple(brief for brief in self._told.values() if is_at(calls[brief.call], seat))

    def _take(self, brief: Brief) -> None:
        # Who spoke last is heard last.
        self._told.pop((brief.call, brief.seat), None)
        self._told[brief.call, brief.seat] = brief
        self.keep(brief)


def _unkept(_brief: Brief) -> None:
    """A gateway without a disk of its own."""
