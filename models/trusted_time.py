"""The time that decides expiries: the server's last word plus what has passed since, never backwards."""

from datetime import datetime, timedelta

from models.clock import Clock


class TrustedTime:
    """Wall clocks of workstations are wrong or set by hand; rights and days off line do not hang on them.

    `last` is the trusted time that was kept when the program last ran, None before the first word of a
    server: until then the wall clock is all there is.
    """

    def __init__(self, clock: Clock, last: datetime | None = None) -> None:
        self._clock = clock
        self._anchor = last
        self._since = clock.monotonic()

    def told(self, server_now: datetime) -> None:
        """The server said what time it is."""
        self._anchor = max(server_now, self.now()) if self._anchor else server_now
        self._since = self._clock.monotonic()

    def now(self) -> datetime:
        """Trusted time; keep it when the program ends, and often while it runs."""
        if self._anchor is None:
            return self._clock.now()
        return self._anchor + timedelta(seconds=self._clock.monotonic() - self._since)
