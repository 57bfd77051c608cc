"""What the telephone tells the console."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_PREFIX = "softphone_"
"""What the page leaves out of a trouble's name."""


class Conversation(StrEnum):
    """What the one line of the telephone does."""

    NONE = "none"
    RINGING = "ringing"
    TALKING = "talking"


class Trouble(StrEnum):
    """What is wrong with the telephone; each is the problem of that code."""

    NO_MICROPHONE = "softphone_no_microphone"
    MICROPHONE_REFUSED = "softphone_microphone_refused"
    MICROPHONE_BUSY = "softphone_microphone_busy"
    MICROPHONE_GONE = "softphone_microphone_gone"
    HEADSET_GONE = "softphone_headset_gone"
    LOUDSPEAKER_GONE = "softphone_loudspeaker_gone"
    HEADSET_SILENT = "softphone_headset_silent"
    LOUDSPEAKER_SILENT = "softphone_loudspeaker_silent"
    """The device takes nothing of what is played; the system's own device is used for a while."""
    UNREACHABLE = "softphone_unreachable"
    REFUSED = "softphone_refused"
    VOICE_FAILED = "softphone_voice_failed"
    CRASHED = "softphone_crashed"
    """The page ended by itself; another one is on its way."""


SOFTPHONE_PROBLEMS = (
    "softphone_absent",
    "softphone_address",
    "softphone_password",
    "softphone_password_locked",
    "softphone_ended",
    "softphone_stuck",
    *(trouble.value for trouble in Trouble),
)
"""All problems of the telephone: they are the workstation's, whoever sits there."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The page works."""


@dataclass(frozen=True, slots=True)
class Registered:
    """Whether the exchange knows the way to this telephone."""

    on: bool


@dataclass(frozen=True, slots=True)
class CallMoved:
    """The line rings, talks or is free; `dialog` is how the exchange knows a conversation."""

    state: Conversation
    dialog: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DevicesSeen:
    """The devices there are, by name."""

    microphones: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TroubleTold:
    """A trouble began or is over."""

    trouble: Trouble
    stands: bool


@dataclass(frozen=True, slots=True)
class Rings:
    """Whether a ring that was ordered comes out of a device."""

    heard: bool


@dataclass(frozen=True, slots=True)
class Levels:
    """How loud the devices are, 0 (silent) to 100 (full scale)."""

    microphone: int = 0
    headset: int = 0
    loudspeaker: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """The telephone is signed off."""


@dataclass(frozen=True, slots=True)
class Restarted:
    """The page ended by itself; what it told counts no more."""


News = Restarted | Ready | Registered | CallMoved | DevicesSeen | TroubleTold | Rings | Levels | Left


def heard(line: str) -> News | None:
    """What a line means; None for what this version does not know. Raises ValueError for a damaged line."""
    content = json.loads(line)
    if not isinstance(content, dict):
        raise ValueError("a line without a name")
    rule = _RULES.get(content.get("news", ""))
    try:
        return rule(content) if rule else None
    except (KeyError, TypeError, AttributeError) as damaged:
        raise ValueError("a line with something missing") from damaged


def _call(content: Mapping[str, Any]) -> CallMoved:
    return CallMoved(Conversation(content["state"]), tuple((content["dialog"] or {}).items()))


def _devices(content: Mapping[str, Any]) -> DevicesSeen:
    return DevicesSeen(tuple(content["microphones"]), tuple(content["outputs"]))


def _levels(content: Mapping[str, Any]) -> Levels:
    return Levels(content["microphone"], content["headset"], content["loudspeaker"])


_RULES: Mapping[str, Callable[[Mapping[str, Any]], News]] = {
    "ready": lambda _content: Ready(),
    "line": lambda content: Registered(bool(content["registered"])),
    "call": _call,
    "devices": _devices,
    "trouble": lambda content: TroubleTold(Trouble(_PREFIX + content["code"]), bool(content["stands"])),
    "rings": lambda content: Rings(bool(content["heard"])),
    "levels": _levels,
    "restarted": lambda _content: Restarted(),
    "left": lambda _content: Left(),
}


def tell_restarted() -> str:
    """The line that tells that the page ended by itself."""
    return json.dumps({"news": "restarted"})


def tell_trouble(trouble: Trouble, stands: bool) -> str:
    """The line that tells a trouble which the page itself cannot tell."""
    return json.dumps({"news": "trouble", "code": trouble.removeprefix(_PREFIX), "stands": stands})
