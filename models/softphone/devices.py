"""Which device is used for what."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum


class Use(StrEnum):
    """What a sound device is for."""

    MICROPHONE = "microphone"
    HEADSET = "headset"
    """The caller's voice."""
    LOUDSPEAKER = "loudspeaker"
    """The ring."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Devices by the names that the system shows; "" leaves it to the system."""

    microphone: str = ""
    headset: str = ""
    loudspeaker: str = ""

    @classmethod
    def of(cls, content: Mapping[str, object]) -> "Choice":
        """What was kept or told; whatever is no name counts as the system's choice."""
        names = (content.get(use.value) for use in Use)
        return cls(*(name if isinstance(name, str) else "" for name in names))

    def named(self) -> dict[str, str]:
        """The names by use."""
        return asdict(self)

    def device(self, use: Use) -> str:
        """The device for this use."""
        return self.named()[use]
