"""Listening to a recording: why, what is known of it, and the leave to do so."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.recordings.label import Stretch

PIECE_BYTES = 1 << 20
"""How much of a recording is handed over, or asked for, at once at most."""


class PlayReason(StrEnum):
    """What the recording is needed for: a code, so that the trace holds no words."""

    NOTE = "note"
    RESCUE = "rescue"
    REVIEW = "review"
    COMPLAINT = "complaint"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is known of a recording to be played; `gone` says why it cannot be (a code, "" where it can)."""

    id: str
    call: str
    began_at: datetime
    seconds: float
    silent: tuple[Stretch, ...] = ()
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """A leave to listen until a moment, and how the sound is written."""

    id: str
    recording: str
    until: datetime
    size: int
    rate: int
    width: int
    channels: int

    @property
    def bytes_a_second(self) -> int:
        """How many bytes a second of sound has."""
        return self.rate * self.width * self.channels

    @property
    def seconds(self) -> float:
        """How long the sound lasts."""
        return self.size / self.bytes_a_second

    def place(self, seconds: float) -> int:
        """The byte at which a moment of the sound begins, at a whole sample."""
        frame = self.width * self.channels
        at = int(min(max(seconds, 0.0), self.seconds) * self.rate) * frame
        return min(at, self.size - self.size % frame)
