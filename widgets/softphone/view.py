"""What the parts of the telephone show."""

from dataclasses import dataclass, field
from enum import StrEnum

from models.softphone.devices import Choice


class Standing(StrEnum):
    """How the telephone is, in one word."""

    STARTING = "starting"
    AWAY = "away"
    READY = "ready"
    RINGING = "ringing"
    TALKING = "talking"


@dataclass(frozen=True, slots=True)
class PhoneView:
    """The telephone with the devices there are and those that were chosen."""

    standing: Standing = Standing.STARTING
    microphones: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    chosen: Choice = field(default_factory=Choice)


@dataclass(frozen=True, slots=True)
class LevelView:
    """How loud each device is, 0 to 100."""

    microphone: int = 0
    headset: int = 0
    loudspeaker: int = 0
