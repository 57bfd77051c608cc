"""What operators told their colleagues of calls; it lasts as long as the call, in memory only."""

from collections.abc import Mapping

from models.calls.brief import Brief, as_lines
from models.calls.call import Call
from models.calls.place import is_at
from models.wire.handover import TellColleague
from server.gateway.rights import Badge


class Briefs:
    """By call and seat: who handed a call on last is heard last."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, str], Brief] = {}

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
        self._told.pop((told.call, badge.seat), None)
        self._told[told.call, badge.seat] = brief

    def at(self, seat: str, calls: Mapping[str, Call]) -> tuple[Brief, ...]:
        """What concerns the calls of a seat, oldest first; with a call ends what was told of it."""
        for key in [key for key in self._told if key[0] not in calls]:
            del self._told[key]
        return tuple(brief for brief in self._told.values() if is_at(calls[brief.call], seat))
