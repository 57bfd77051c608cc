"""What stands on the outside of a locked recording: ids, times and lengths, never a word."""

from dataclasses import dataclass
from datetime import datetime, timedelta

NAME = r"[0-9A-Za-z._-]{1,80}"
"""How an exchange may name a recording; it becomes a part of paths."""
ID = r"[0-9a-f]{32}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the sound, in seconds from its beginning."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Label:
    """One recording; whoever locks it away writes this, and nobody can alter it afterwards unnoticed.

    `id` is made when it is locked away, `recording` is the exchange's name, to which the call points.
    `size` counts the bytes of the sound: samples of `width` bytes (little end first), `channels` of them
    `rate` times a second. `ended_at` is when the last of them was written. `silent` are stretches in which
    nothing was recorded because the recording was paused. `key` names the public key it is locked with.
    """

    id: str
    recording: str
    call: str
    site: str
    ended_at: datetime
    size: int
    key: str
    rate: int = 8000
    width: int = 2
    channels: int = 1
    silent: tuple[Stretch, ...] = ()

    @property
    def bytes_a_second(self) -> int:
        """How many bytes a second of sound has."""
        return self.rate * self.width * self.channels

    @property
    def seconds(self) -> float:
        """How long the sound lasts."""
        return self.size / self.bytes_a_second

    @property
    def began_at(self) -> datetime:
        """When it began, or a little later: time in which nothing was written is not counted."""
        return self.ended_at - timedelta(seconds=self.seconds)
