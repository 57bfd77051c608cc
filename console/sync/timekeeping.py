"""What the server's answers say of the time: trusted time goes on, the skew of this clock is estimated."""

from collections import deque
from datetime import datetime, timedelta

from console.runtime.store import Store
from models.clock import Clock
from models.trusted_time import TrustedTime

_SAMPLES = 16
_SHOWN_STEP = timedelta(milliseconds=100)


class Timekeeping:
    """Hears the server's time with every quick answer. The skew is shown to people and decides nothing."""

    def __init__(self, clock: Clock, trusted: TrustedTime) -> None:
        self._clock = clock
        self._samples: deque[tuple[float, timedelta]] = deque(maxlen=_SAMPLES)
        self.trusted = trusted
        self.skew: Store[timedelta | None] = Store(None)

    def heard(self, now: datetime, took_seconds: float) -> None:
        """The server said `now` in an answer that took so long; the quickest of the last ones knows best.

        Trusted time gets half of the quickest way on top: no more than this answer was under way.
        """
        arrived = now + timedelta(seconds=took_seconds / 2)
        self._samples.append((took_seconds, arrived - self._clock.now()))
        quickest, skew = min(self._samples, key=lambda sample: sample[0])
        self.trusted.told(now + timedelta(seconds=quickest / 2))
        self.skew.publish(round(skew / _SHOWN_STEP) * _SHOWN_STEP)
