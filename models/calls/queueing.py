"""What happens to a caller before anybody answers: the place in the queue, another hotline, a wish."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Rank(StrEnum):
    """Why a caller is taken before or after others; models/calls/priority.py has the order."""

    EMERGENCY = "emergency"
    """Handed over by 110 or 120."""
    RISK = "risk"
    """The number of an R3 or R4 that is still open."""
    PLAIN = "plain"
    CROWD = "crowd"
    """The number rings so often that others would be hidden behind it."""
    LOWERED = "lowered"
    """Misuse, approved by a lead, for a limited time."""


class Diversion(StrEnum):
    """Where a caller went instead of to a seat."""

    CLOSED = "closed"
    """The message outside the hours of service."""
    OVERFLOW = "overflow"
    """Another hotline has answered."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The gateway gave the caller a place; `seat` is the own counsellor's, who is rung first, else ""."""

    id: str
    call: str
    at: datetime
    rank: Rank
    seat: str = ""
    kind: Literal["ranked"] = "ranked"


@dataclass(frozen=True, slots=True)
class Diverted:
    """The caller hears the message outside the hours, or talks to the hotline at `dial`."""

    id: str
    call: str
    at: datetime
    to: Diversion
    dial: str = ""
    kind: Literal["diverted"] = "diverted"


@dataclass(frozen=True, slots=True)
class Wished:
    """The caller asked to be called back at `number`, "" where none is known."""

    id: str
    call: str
    at: datetime
    number: str
    kind: Literal["wished"] = "wished"


@dataclass(frozen=True, slots=True)
class Ranking:
    """The caller's place in the queue, as the latest witness said."""

    rank: Rank
    seat: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Diverting:
    """Where the caller went instead, as the latest witness said."""

    to: Diversion
    dial: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Wish:
    """The wish to be called back, as the latest witness said."""

    number: str
    at: datetime
    by: str
