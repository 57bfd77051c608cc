"""Leads in the conversations of others: who may, what the operator is told of it, and the trace it leaves."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace

from models.calls.call import Call
from models.calls.events import CallEvent, Watched, Watching
from models.calls.witnessing import Seen
from models.clock import Clock
from models.trace.entry import Act, Happening, as_code
from models.trace.tracing import Traced, untraced
from models.wire.commands import TakeOver, Watch
from server.gateway import orders
from server.gateway.calls import LiveCalls
from server.gateway.exchange.port import Exchange, ExchangeRefused
from server.gateway.rights import Badge
from server.gateway.seat import Seat

_HEARD = (Watching.WHISPER, Watching.JOIN)
_log = logging.getLogger(__name__)


class Supervising:
    """`discreet`: the site's rule is that operators are not told who only listens; whom they hear, they are.

    `trace` takes what was done and what was refused, without waiting.
    """

    def __init__(self, exchange: Exchange, calls: LiveCalls, clock: Clock, discreet: bool) -> None:
        self._exchange = exchange
        self._calls = calls
        self._clock = clock
        self._discreet = discreet
        self.heard: frozenset[tuple[str, str]] = frozenset()
        """Whom operators hear or heard in the calls that go on: call and seat."""
        self.trace: Callable[[Traced], None] = untraced

    async def obey(self, command: Watch | TakeOver, badge: Badge) -> None:
        """Do it for who may; a refusal is traced too. Raises ExchangeRefused."""
        try:
            orders.allow_lead(command, badge.seat, badge.operator.leads, self._calls)
            await orders.give(command, badge.seat, self._exchange, self._calls.all[command.call])
        except ExchangeRefused as refused:
            self._trace(command, badge, refused.why)
            raise
        self._trace(command, badge, "")

    def tell(self, seat: Seat, event: CallEvent, before: Call, after: Call) -> bool:
        """Let a seat hear what it may; True as for `Seat.hear`."""
        told = self._as_told(seat, event)
        return told is not None and seat.hear(told, before, after)

    def shown(self, seat: Seat, calls: Iterable[Call]) -> tuple[Call, ...]:
        """The calls of a picture as this seat may see them."""
        return tuple(call if self._knows(seat, call) else self._without(call) for call in calls)

    def written(self, seen: Seen) -> Seen:
        """A call as it goes into its record, which its operator reads; the trace has the rest."""
        if not self._discreet:
            return seen
        hidden = isinstance(seen.event, Watched) and self._hides(seen.event)
        return replace(seen, call=self._without(seen.call), event=None if hidden else seen.event)

    def _as_told(self, seat: Seat, event: CallEvent) -> CallEvent | None:
        if not isinstance(event, Watched):
            return event
        watch = (event.call, event.seat)
        if event.how in _HEARD:
            going_on = {one for one in self.heard if one[0] in self._calls.all}
            self.heard = frozenset({*going_on, watch})
        if not self._discreet or seat.number == event.seat or _leads(seat):
            return event
        if not self._hides(event):
            return event
        # Whom they heard is gone for them, whether the telephone is still there or not.
        return replace(event, how=Watching.GONE) if watch in self.heard else None

    def _hides(self, event: Watched) -> bool:
        return event.how is Watching.LISTEN or (
            event.how is Watching.GONE and (event.call, event.seat) not in self.heard
        )

    def _knows(self, seat: Seat, call: Call) -> bool:
        return not self._discreet or _leads(seat) or seat.number in call.watchers

    def _without(self, call: Call) -> Call:
        told = {
            seat: watch if watch.how in _HEARD else replace(watch, how=Watching.GONE)
            for seat, watch in call.watchers.items()
            if watch.how in _HEARD or (call.id, seat) in self.heard
        }
        return replace(call, watchers=told)

    def _trace(self, command: Watch | TakeOver, badge: Badge, why: str) -> None:
        act = Act.WATCHED if isinstance(command, Watch) else Act.TOOK_OVER
        how = command.how.value if isinstance(command, Watch) else ""
        what = Happening(act, "call", as_code(command.call), where=how, reason=as_code(why))
        self.trace(Traced(self._clock.now(), badge.operator.id, what))
        if why == "not_yours":
            _log.warning("operator %s takes no part in calls of others: %s", badge.operator.id, act.value)


def _leads(seat: Seat) -> bool:
    return seat.console is not None and seat.console.badge.operator.leads
