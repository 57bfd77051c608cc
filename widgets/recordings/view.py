"""What is shown of the recordings of a call, as values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RecordingLine:
    """One recording: when it began, seconds, seconds of each pause, and whether it can be listened to."""

    id: str
    began_at: datetime
    seconds: float
    silent: tuple[tuple[float, float], ...] = ()
    playable: bool = True


@dataclass(frozen=True, slots=True)
class PlayerView:
    """The recording that is heard: whether it plays now or is at its end, where, what is said of it."""

    recording: str
    playing: bool = False
    over: bool = False
    ready: bool = False
    position: float = 0.0
    seconds: float = 0.0
    silent: tuple[tuple[float, float], ...] = ()
    said: str = ""
    tone: str = "soft"


@dataclass(frozen=True, slots=True)
class RecordingView:
    """The recordings of a call; `said` is why there is no more of them, `again`: looking again may help."""

    call: str
    lines: tuple[RecordingLine, ...] = ()
    said: str = ""
    again: bool = False
    player: PlayerView | None = None
