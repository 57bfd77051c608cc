"""Whose turn it is in the simulated exchange's queue."""

from collections.abc import Iterable, Iterator

from models.calls.call import Call
from models.calls.priority import weight_of
from models.calls.queueing import Rank
from server.gateway.exchange.queueing import QueueRules

_HEAD = 100


class Turns:
    """The places of those who wait.

    `away` are callers who are not in the queue, or not yet; those who ring at another hotline are `sent` too.
    """

    def __init__(self) -> None:
        self.rules = QueueRules()
        self.away: set[str] = set()
        self.sent: set[str] = set()
        self._weights: dict[str, int] = {}
        self._own: dict[str, str] = {}

    def head(self, call: str) -> None:
        """Nobody passes this call."""
        self._weights[call] = _HEAD

    def give(self, call: str, rank: Rank, seat: str) -> None:
        """A rank, and the seat that rings first."""
        if self._weights.get(call) != _HEAD:
            self._weights[call] = weight_of(rank)
            self._own[call] = seat

    def pairs(self, waiting: Iterable[Call], free: list[str]) -> Iterator[tuple[Call, str]]:
        """Who rings where now, as long as seats are free; an own seat is tried once."""
        here = [call for call in waiting if call.id not in self.away]
        for call in sorted(here, key=self._weight, reverse=True)[: len(free)]:
            own = self._own.pop(call.id, "")
            seat = own if own in free else free[0]
            free.remove(seat)
            yield call, seat

    def send(self, call: str) -> None:
        """It rings at another hotline; here, nobody is asked meanwhile."""
        self.away.add(call)
        self.sent.add(call)

    def come_in(self, call: str) -> None:
        """The caller is in the queue, for the first time or again."""
        self.away.discard(call)
        self.sent.discard(call)

    def forget(self, call: str) -> None:
        """The call is over."""
        self.come_in(call)
        self._weights.pop(call, None)
        self._own.pop(call, None)

    def overflows(self, call: str) -> bool:
        """Whether the caller may be sent to another hotline: nobody who comes first is, while we are here."""
        ranked = self._weights.get(call, 0) >= weight_of(Rank.RISK)
        return bool(self.rules.overflow) and not (ranked and self.rules.staffed)

    def _weight(self, call: Call) -> int:
        return self._weights.get(call.id, weight_of(Rank.PLAIN))
