"""The port's part for the queue: who is taken first, and where callers go when nobody takes them here."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Protocol

from models.calls.queueing import Rank
from models.people.site import Hours

# China keeps one time all year; the gateway's own machine may keep another.
_LOCAL = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class QueueRules:
    """What holds for all callers of a site. `hours` None: always open.

    After `overflow_after` seconds, or at once where nobody is `staffed`, callers go to the hotline with the
    number `overflow`, "" for none.
    """

    hours: Hours | None = None
    overflow: str = ""
    overflow_after: int = 120
    staffed: bool = True

    def is_open(self, at: datetime) -> bool:
        """Whether callers come into the queue at a moment."""
        return self.hours is None or self.hours.covers(at.astimezone(_LOCAL).time())


class Queueing(Protocol):
    """Raises ExchangeRefused like every command of the port."""

    async def rank(self, call: str, rank: Rank, seat: str, /) -> None:
        """Give a caller who enters or waits this rank; at `seat` it rings first, if that seat is free.

        Who waits at the head because nobody took them stays there. `not_now` for a call that was answered.
        """
        ...

    async def keep(self, rules: QueueRules, /) -> None:
        """Hold to these rules, also while the gateway is away."""
        ...
