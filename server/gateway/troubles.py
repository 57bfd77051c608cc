"""What is wrong with the gateway itself, told to every console for as long as it stands."""

from collections.abc import Callable, Iterable

from models.wire.line import Troubled
from server.gateway.seat import Console


class Troubles:
    """Who comes later hears of all that stand; who was told hears each time they are others."""

    def __init__(self, consoles: Callable[[], Iterable[Console]]) -> None:
        self._consoles = consoles
        self._of: dict[str, frozenset[str]] = {}

    def hear(self, whose: str, codes: frozenset[str]) -> None:
        """All that is wrong now with one part of the gateway, by problem codes; none is well."""
        before = self._all()
        self._of[whose] = codes
        if self._all() != before:
            for console in self._consoles():
                console.send(Troubled(codes=self._all()))

    def greet(self, console: Console) -> None:
        """Tell a console that was let in."""
        if self._all():
            console.send(Troubled(codes=self._all()))

    def _all(self) -> tuple[str, ...]:
        return tuple(sorted(code for codes in self._of.values() for code in codes))
