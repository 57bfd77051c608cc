"""Calls from here: who may call whom, and what the exchange does not know of such a call."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from models.calls.outgoing import Placed
from models.calls.place import ENGAGED, state_at
from models.calls.reach import Reach
from models.clock import Clock
from models.trace.entry import Act, Happening, as_code
from models.trace.tracing import Traced, untraced
from models.wire.commands import DialOut, Invite, Transfer
from server.gateway.calls import LiveCalls
from server.gateway.exchange.port import Exchange, ExchangeRefused
from server.gateway.rights import Badge

_log = logging.getLogger(__name__)
_REMEMBERED = 200
"""Calls that are asked for and not yet told of; an exchange tells within a second."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What this site dials, and the number that those who are called see."""

    reach: Reach = field(default_factory=Reach)
    shown: str = ""


class Outward:
    """Lets consoles call, and writes on a call what only they know: who called, whom, about what.

    `trace` takes what was refused, without waiting.
    """

    def __init__(self, exchange: Exchange, calls: LiveCalls, clock: Clock) -> None:
        self._exchange = exchange
        self._calls = calls
        self._clock = clock
        self.trace: Callable[[Traced], None] = untraced
        self.outlook = Outlook()
        """Emergency and ordinary numbers, until the site's own are known."""
        self._asked: OrderedDict[str, tuple[DialOut, str]] = OrderedDict()

    def permit(self, command: DialOut | Invite | Transfer, badge: Badge) -> None:
        """Raise ExchangeRefused where a number is open to nobody here; who tried what kind is traced."""
        why = self.outlook.reach.bars(command.dial) if command.dial else None
        if why is not None:
            _log.warning(
                "operator %s at seat %s may not dial a number of the kind %s (%s)",
                *(badge.operator.id, badge.seat, why, command.kind),
            )
            call, kind = as_code(command.call), as_code(why)
            what = Happening(Act.DIALLED, "call", call, where=command.kind, reason=kind)
            self.trace(Traced(self._clock.now(), badge.operator.id, what))
            raise ExchangeRefused("number_barred")

    async def dial(self, command: DialOut, badge: Badge) -> None:
        """Call somebody for the console of a seat; the same call is called once. Raises ExchangeRefused."""
        self.permit(command, badge)
        known = self._calls.all.get(command.call)
        if known is not None:
            if known.seat != badge.seat:
                raise ExchangeRefused("not_yours")
            return
        if self._calls.is_over(command.call):
            raise ExchangeRefused("no_such_call")
        if any(state_at(one, badge.seat) in ENGAGED for one in self._calls.all.values()):
            raise ExchangeRefused("not_now")
        self._asked[command.call] = command, badge.operator.id
        while len(self._asked) > _REMEMBERED:
            self._asked.popitem(last=False)
        await self._exchange.outgoing.place(command.call, badge.seat, command.dial, self.outlook.shown)

    def named(self, placed: Placed) -> Placed:
        """The event with what its console said of it."""
        command, operator = self._asked.pop(placed.call, (None, ""))
        if command is None:
            return placed
        return replace(placed, operator=operator, label=command.label, about=command.about)
