"""Handing a recording to the server, and listening to it."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from models.recordings.label import Label, Stretch
from models.recordings.playing import PlayReason
from models.wire.base import Message

_Id = Annotated[str, Field(min_length=1, max_length=64)]


class Had(Message):
    """What the server has of a recording: so many sealed bytes, or, `kept`, all of it for good."""

    have: int
    kept: bool


class HandOver(Message):
    """The rest of a locked recording, once its pieces are there: label and wrapped key, both in base64."""

    label: Annotated[str, Field(max_length=1 << 20)]
    key: Annotated[str, Field(max_length=2048)]


class Silent(Message):
    """A stretch in which the recording was paused, in seconds from its beginning."""

    start: float
    end: float


class Known(Message):
    """A recording of a call. `gone`: it was erased, or its file is not there."""

    id: str
    call: str
    began_at: datetime
    seconds: float
    silent: tuple[Silent, ...] = ()
    gone: str = ""

    @classmethod
    def of(cls, label: Label, gone: str = "") -> "Known":
        """What a label says."""
        silent = tuple(Silent(start=one.start, end=one.end) for one in label.silent)
        return cls(
            id=label.id,
            call=label.call,
            began_at=label.began_at,
            seconds=label.seconds,
            silent=silent,
            gone=gone,
        )

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The silent stretches as values."""
        return tuple(Stretch(one.start, one.end) for one in self.silent)


class Recordings(Message):
    """The recordings of a call, the oldest first."""

    recordings: tuple[Known, ...]


class PlayAsked(Message):
    """Somebody wants to listen to a recording of this call, and says why; both are logged."""

    call: _Id
    reason: PlayReason
    words: Annotated[str, Field(max_length=500)] = ""


class Playing(Message):
    """A leave to listen until a moment, and how the sound is written: whole samples, little end first."""

    id: str
    recording: str
    until: datetime
    now: datetime
    size: int
    rate: int
    width: int
    channels: int
