"""The queue of an Asterisk: ranks, and what its dial plan keeps of the site's rules."""

from models.calls.call import CallState
from models.calls.priority import weight_of
from models.calls.queueing import Rank
from server.gateway.exchange.asterisk_floor import Part
from server.gateway.exchange.asterisk_moves import Moves
from server.gateway.exchange.queueing import QueueRules

_DAY = 24 * 60


class AsteriskQueueing:
    """See `queueing.Queueing`."""

    def __init__(self, moves: Moves, queue: str) -> None:
        self._moves = moves
        self._queue = queue

    async def rank(self, call: str, rank: Rank, seat: str, /) -> None:
        """Tell the dial plan, which waits for it, or move who is in the queue already."""
        moves, floor = self._moves, self._moves.link.floor
        moves.call(call, CallState.WAITING, CallState.RINGING)
        leg, weight = moves.leg(call, Part.CALLER), str(weight_of(rank))
        if floor.linked[call] in floor.rounds.values():
            return
        if seat:
            await moves.link.ask("Setvar", Channel=leg.channel, Variable="XINQIAO_OWN", Value=seat)
        await moves.link.ask("Setvar", Channel=leg.channel, Variable="XINQIAO_PLACE", Value=weight)
        if call in floor.waiting:
            about = {"Queue": self._queue, "Caller": leg.channel, "Priority": weight, "Immediate": "yes"}
            await moves.link.ask("QueueChangePriorityCaller", **about)

    async def keep(self, rules: QueueRules, /) -> None:
        """In global variables of the dial plan."""
        opens = closes = ""
        if rules.hours and not rules.hours.whole_day:
            start, end = ((at.hour * 60 + at.minute) for at in (rules.hours.start, rules.hours.end))
            opens, closes = str(start), str(end if start < end else end + _DAY)
        kept = {
            "OPENS": opens,
            "CLOSES": closes,
            "OVERFLOW_AFTER": str(rules.overflow_after),
            "OVERFLOW": rules.overflow,
            "STAFFED": "1" if rules.staffed else "0",
        }
        for name, value in kept.items():
            await self._moves.link.ask("Setvar", Variable=f"XINQIAO_{name}", Value=value)
