"""Who is there and free, for the consoles that are about to ask somebody into a conversation."""

from collections.abc import Callable, Iterable

from models.shifts.colleague import Colleague
from models.wire.handover import Colleagues
from server.gateway.seat import Console, Seat


class Presence:
    """Tells those consoles that asked, and those alone: a hotline of hundreds is no news for everybody."""

    def __init__(self, is_free: Callable[[str], bool]) -> None:
        self._is_free = is_free
        self._told: dict[Console, tuple[Colleague, ...] | None] = {}

    def ask(self, console: Console, on: bool) -> None:
        """A console wants to know, or no more."""
        self._told.pop(console, None)
        if on:
            self._told[console] = None

    def forget(self, console: Console) -> None:
        """A console is gone."""
        self._told.pop(console, None)

    def look(self, seats: Iterable[Seat]) -> None:
        """Tell those who asked what is new to them."""
        if not self._told:
            return
        there = sorted((seat for seat in seats if seat.console), key=lambda seat: seat.number)
        known = [Colleague(one.number, one.attendance.name, self._is_free(one.number)) for one in there]
        for console, told in self._told.items():
            others = tuple(one for one in known if one.seat != console.badge.seat)
            if others != told:
                self._told[console] = others
                console.send(Colleagues(there=others))
