"""Alerts on their way to leads and supervisors, and who has seen them on its way back.

Who is not connected at that moment hears all of it on coming back.
"""

import logging
from collections.abc import Callable, Iterable

from models.alerts.alert import Alert, Sight, sight_id
from models.alerts.known import KEPT, Known, is_over
from models.clock import Clock
from models.wire.alerts import Alerted, AlertSeen, RaiseAlert, SeeAlert
from models.wire.base import Message
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.rights import Badge
from server.gateway.seat import Console, Seat

Told = Alert | Sight
_log = logging.getLogger(__name__)


class Alerts:
    """What the consoles of a site told; `keep` puts each alert and sight on the disk, without waiting."""

    def __init__(self, site: str, clock: Clock, seats: Callable[[], Iterable[Seat]]) -> None:
        self._site = site
        self._clock = clock
        self._seats = seats
        self._known = Known()
        self.keep: Callable[[Told], None] = _unkept
        self.summon: Callable[[Told], None] = _unkept
        """Hears what is new; what a gateway before this one kept has rung already."""

    def obey(self, console: Console, command: RaiseAlert | SeeAlert) -> None:
        """Pass on what a console tells. Raises ExchangeRefused where it may not say that."""
        badge = console.badge
        if isinstance(command, RaiseAlert):
            self._hear(self._raised(command, badge))
        elif badge.operator.leads:
            self._hear(self._seen(command, badge))
        else:
            _log.warning("operator %s may not acknowledge alert %s", badge.operator.id, command.alert)
            raise ExchangeRefused("not_yours")

    def greet(self, console: Console) -> None:
        """Tell a console that was let in what concerns it of the last day."""
        self._known = self._known.since(self._clock.now() - KEPT)
        told: list[Told] = [*self._known.alerts.values(), *self._known.sights.values()]
        console.send(*(_frame(one) for one in told if _concerns(one, console.badge)))

    def remember(self, told: Iterable[Told]) -> None:
        """Take up what a gateway before this one kept, and tell it to those who are there already."""
        now = self._clock.now()
        for one in told:
            if not is_over(one, now):
                self._hear(one, kept=True)

    def _hear(self, told: Told, kept: bool = False) -> None:
        before = self._known
        self._known = before.hear((told,))
        if self._known is before:
            # It came before, perhaps on a connection that broke with the answer.
            return
        if not kept:
            self.keep(told)
            self.summon(told)
        for console in [seat.console for seat in self._seats() if seat.console]:
            if _concerns(told, console.badge):
                console.send(_frame(told))

    def _raised(self, command: RaiseAlert, badge: Badge) -> Alert:
        known = self._known.alerts.get(command.alert)
        if known is not None and known.author != badge.operator.id:
            raise ExchangeRefused("not_yours")
        who = badge.operator
        return Alert(
            command.alert,
            command.call,
            command.note,
            command.cause,
            command.level,
            command.at,
            who.id,
            who.name,
            badge.seat,
            self._site,
        )

    def _seen(self, command: SeeAlert, badge: Badge) -> Sight:
        who = badge.operator
        return Sight(
            sight_id(command.alert, who.id),
            command.alert,
            command.call,
            command.note,
            command.to,
            command.at,
            who.id,
            who.name,
            self._site,
        )


def _concerns(told: Told, badge: Badge) -> bool:
    """Leads hear of every alert, an operator of the own ones and who has seen them."""
    to = told.author if isinstance(told, Alert) else told.to
    return badge.operator.leads or to == badge.operator.id


def _frame(told: Told) -> Message:
    return Alerted(alert=told) if isinstance(told, Alert) else AlertSeen(sight=told)


def _unkept(_told: Told) -> None:
    """A gateway without a disk of its own, or without a telephone that rings for help."""
