"""When a draft is written to disk: after a rest, at the latest after a while, or at once."""

from collections.abc import Callable
from typing import Protocol

REST_SECONDS = 0.25
MOST_SECONDS = 0.8


class Cancel(Protocol):
    """A timer that can be taken back."""

    def cancel(self) -> None:
        """Do not fire."""
        ...


class Autosave:
    """Calls `save` 250 ms after the last change and never later than 800 ms after the first unsaved one.

    The remaining 200 ms of the promised second belong to the disk.
    """

    def __init__(
        self, later: Callable[[float, Callable[[], None]], Cancel], save: Callable[[], None]
    ) -> None:
        self._later = later
        self._save = save
        self._rest: Cancel | None = None
        self._limit: Cancel | None = None

    def changed(self) -> None:
        """Something was typed."""
        if self._rest:
            self._rest.cancel()
        self._rest = self._later(REST_SECONDS, self.now)
        if self._limit is None:
            self._limit = self._later(MOST_SECONDS, self.now)

    def now(self) -> None:
        """Save at once if anything is unsaved."""
        if self._limit is None:
            return
        for timer in (self._rest, self._limit):
            if timer:
                timer.cancel()
        self._rest = self._limit = None
        self._save()
