"""Keys that the caller presses: all that some callers can say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

MOST = 40
"""Presses that a call remembers, the latest ones."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """The caller pressed a key of their telephone: a digit, star, hash, or A to D."""

    id: str
    call: str
    at: datetime
    key: str
    kind: Literal["pressed"] = "pressed"


@dataclass(frozen=True, slots=True)
class KeyPress:
    """One press, as a witness heard it."""

    key: str
    at: datetime
    by: str


def joined_presses(*known: Iterable[KeyPress]) -> tuple[KeyPress, ...]:
    """What several witnesses heard, in order, without what was heard twice."""
    by_id = {press.by: press for press in sorted((press for one in known for press in one), key=_order)}
    return tuple(sorted(by_id.values(), key=_order)[-MOST:])


def _order(press: KeyPress) -> tuple[datetime, str, str]:
    return press.at, press.by, press.key
