"""How alerts are heard at one workstation: which sound, how loud, and silence for a while at most."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SOUNDS = ("alert", "alert_low", "alert_steps")
"""The sounds that ship."""
VOLUMES = (40, 70, 100)
"""Percent; none is silence: what nobody has seen must be heard."""
MUTED_SECONDS = 600.0
"""So long a workstation is silent at most; then what still waits is heard again by itself."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """What was chosen at a workstation; `sound` "" is the hotline's own."""

    sound: str = ""
    volume: int = VOLUMES[-1]

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Sounding":
        """The choice that a file holds; what is none of those that can be chosen is as it was made."""
        sound, volume = content.get("sound"), content.get("volume")
        return cls(
            sound if isinstance(sound, str) and sound in SOUNDS else "",
            volume if isinstance(volume, int) and volume in VOLUMES else VOLUMES[-1],
        )

    def named(self) -> Mapping[str, Any]:
        """The choice as a file holds it."""
        return {"sound": self.sound, "volume": self.volume}


@dataclass(frozen=True, slots=True)
class Mute:
    """Silence from a moment on, in seconds of a clock that only goes on; None is none."""

    since: float | None = None

    def holds(self, now: float) -> bool:
        """True while nothing is heard."""
        return self.since is not None and now - self.since < MUTED_SECONDS
