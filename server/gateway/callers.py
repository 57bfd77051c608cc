"""What the site knows of numbers, by their keyed hashes: the last word of the server."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from models.calls.priority import RINGS_WITHIN, UNKNOWN, Standing
from models.people.caller import caller_key
from models.people.number import normalise
from models.wire.callers import CallerStandings

_WITHIN = timedelta(seconds=RINGS_WITHIN)


class Callers:
    """Standings by number; `changed` is called when another word of the server came."""

    def __init__(self) -> None:
        self._secret = b""
        self._known: dict[str, Standing] = {}
        self.changed: list[Callable[[], None]] = []

    def hear(self, told: CallerStandings) -> None:
        """The server's list, which replaces the one before."""
        self._secret = bytes.fromhex(told.secret)
        self._known = {one.id: Standing(one.level, one.counsellor, one.lowered_until) for one in told.callers}
        for listener in self.changed:
            listener()

    def of(self, number: str) -> Standing:
        """What is known of a number; nothing of one that was withheld."""
        digits = normalise(number)
        if not self._known or not digits:
            return UNKNOWN
        return self._known.get(caller_key(self._secret, digits), UNKNOWN)


class Rings:
    """How often each number rang in the last minute; older rings are forgotten."""

    def __init__(self) -> None:
        self._latest: deque[tuple[datetime, str]] = deque()
        self._count: dict[str, int] = {}

    def count(self, number: str, at: datetime) -> int:
        """Take in a ring; how many of this number there were, this one too. 0 for a withheld number."""
        while self._latest and self._latest[0][0] <= at - _WITHIN:
            _, old = self._latest.popleft()
            self._count[old] -= 1
            if not self._count[old]:
                del self._count[old]
        digits = normalise(number)
        if not digits:
            return 0
        self._latest.append((at, digits))
        self._count[digits] = self._count.get(digits, 0) + 1
        return self._count[digits]

    def __len__(self) -> int:
        return len(self._latest)
