"""One seat: who sits there, what their console must hear, and what it has not heard yet."""

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from models.calls.call import Call, CallState
from models.calls.events import Answered, CallEvent, Offered, Withdrawn
from models.calls.place import is_at, ranked_again, state_at, watches
from models.ids import event_id
from models.shifts.duty import Duty, DutyState
from models.wire.base import Message
from models.wire.line import Happened
from server.gateway.duty import Attendance, Terms, chosen, in_time, moved, state_of, talked, wrapping_up
from server.gateway.rights import Badge

_UNHEARD = 500
"""Events kept for a console that is away; a whole call has some thirty."""


class Console(Protocol):
    """The connection to one console."""

    badge: Badge

    def send(self, *news: Message) -> None:
        """Send in this order, without waiting."""
        ...

    def unsent(self) -> list[Message]:
        """What could not be sent before the connection ended."""
        ...

    async def is_alive(self) -> bool:
        """Whether somebody answers at the other end."""
        ...

    async def gone(self) -> None:
        """Return once the connection has ended."""
        ...

    def expel(self, why: str) -> None:
        """Say why and end the connection, without waiting."""
        ...

    def close(self) -> None:
        """End the connection soon."""
        ...


class Seat:
    """The state of one seat; `ready` is what the exchange was last told, None when that is unknown."""

    def __init__(self, number: str, now: datetime) -> None:
        self.number = number
        self.console: Console | None = None
        self.attendance = Attendance()
        self.duty = Duty("", number, DutyState.OFF, now)
        self.ready: bool | None = None
        self._unheard: deque[Happened] = deque(maxlen=_UNHEARD)

    def enter(self, console: Console, now: datetime) -> list[Happened]:
        """Somebody sits down; what happened to their own call while their console was away.

        Who was here before goes on as before, also where another gateway remembered it; others begin with a
        break.
        """
        self.console = console
        who = console.badge.operator
        if self.attendance.operator != who.id:
            self._unheard.clear()
            self.attendance = Attendance(since=now)
        self.attendance = replace(self.attendance, operator=who.id, name=who.name, present=True)
        unheard = list(self._unheard)
        self._unheard.clear()
        return unheard

    def leave(self, signed_off: bool, now: datetime) -> None:
        """The console is gone; what it missed is kept."""
        if self.console:
            self._unheard.extend(news for news in self.console.unsent() if isinstance(news, Happened))
        self.console = None
        self.attendance = replace(self.attendance, present=False)
        if signed_off:
            self.attendance = chosen(self.attendance, DutyState.BREAK, None, now)

    def hear(self, event: CallEvent, before: Call, after: Call) -> bool:
        """Pass on what concerns this seat.

        True if the call came here in another way than by a ring: then the event alone tells too little.
        """
        told = _as_seen_from(self.number, event, before, after)
        if told and self.console:
            self.console.send(Happened(event=told))
            if isinstance(told, Offered) and (ranked := ranked_again(after)):
                self.console.send(Happened(event=ranked))
        elif told and (_talks(self.number, before) or _talks(self.number, after)):
            self._unheard.append(Happened(event=told))
        came = is_at(after, self.number) and not is_at(before, self.number)
        came = came or (watches(after, self.number) and not watches(before, self.number))
        return came and not isinstance(event, Offered)

    def wrap_up(self, terms: Terms, now: datetime) -> None:
        """A conversation here is over."""
        self.attendance = wrapping_up(self.attendance, terms, now)

    def settle(self, calls: Collection[Call], now: datetime, oriented: bool) -> bool:
        """Bring the duty up to date; True if it changed.

        Until the exchange showed its calls (`oriented`), the conversation of before is not known to be over.
        """
        known = self.duty
        self.attendance = in_time(self.attendance, now)
        if oriented:
            self.attendance = replace(self.attendance, call=talked(self.number, calls))
        self.duty = moved(known, self.attendance, state_of(self.number, self.attendance, calls), now)
        return self.duty is not known

    def calls(self, calls: Iterable[Call]) -> tuple[Call, ...]:
        """Those that ring or run here, and those that are watched from here, oldest first."""
        here = [call for call in calls if is_at(call, self.number) or watches(call, self.number)]
        return tuple(sorted(here, key=lambda call: (call.entered_at is None, call.entered_at, call.id)))


def _talks(seat: str, call: Call) -> bool:
    return call.answered_at is not None and state_at(call, seat) not in (None, CallState.RINGING)


def _as_seen_from(seat: str, event: CallEvent, before: Call, after: Call) -> CallEvent | None:
    was_here, is_here = is_at(before, seat), is_at(after, seat)
    if watches(before, seat) or watches(after, seat):
        return event
    if not was_here and not is_here:
        return None
    if isinstance(event, Offered | Withdrawn | Answered) and event.seat != seat:
        # Somebody else took the call: this seat needs to know no more than that its ring is over.
        if was_here and not is_here:
            return Withdrawn(event_id(event.id, "withdrawn", seat), event.call, event.at, seat)
        return None
    return event
