"""How well a call can be heard, from what telephone and exchange report to each other.

The limits are ours, to be confirmed by each hotline's telephone people. The delay follows ITU-T G.114 (one
way up to 150 ms does not disturb, above 400 ms is not acceptable; a round trip is twice that). For loss and
jitter no recommendation that we know names such steps: 3 % and 8 %, 30 ms and 60 ms are our own choice.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Grade(StrEnum):
    """What an operator has to know of it."""

    GOOD = "good"
    POOR = "poor"
    """Words may be missing."""
    BAD = "bad"
    """Words are missing."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One report: `lost_percent` of the last seconds, `jitter_ms`, `round_trip_ms` (0 where not known)."""

    lost_percent: float = 0
    jitter_ms: float = 0
    round_trip_ms: float = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """The quality of the call changed; the figures are those of the worst way of now."""

    id: str
    call: str
    at: datetime
    grade: Grade
    lost_percent: int
    jitter_ms: int
    round_trip_ms: int
    kind: Literal["measured"] = "measured"


@dataclass(frozen=True, slots=True)
class Quality:
    """How well the call can be heard, as the latest witness said."""

    grade: Grade
    lost_percent: int
    jitter_ms: int
    round_trip_ms: int
    at: datetime
    by: str


_ORDER = (Grade.GOOD, Grade.POOR, Grade.BAD)
_LIMITS = {Grade.POOR: Sample(3, 30, 300), Grade.BAD: Sample(8, 60, 800)}


def grade_of(sample: Sample) -> Grade:
    """The worst of what loss, jitter and round trip say."""
    return next((grade for grade in (Grade.BAD, Grade.POOR) if _reaches(sample, _LIMITS[grade])), Grade.GOOD)


def worst(samples: tuple[Sample, ...]) -> Sample:
    """The highest of each figure."""
    return Sample(
        max((one.lost_percent for one in samples), default=0),
        max((one.jitter_ms for one in samples), default=0),
        max((one.round_trip_ms for one in samples), default=0),
    )


def worse(one: Grade, other: Grade) -> bool:
    """Whether one grade is worse than another."""
    return _ORDER.index(one) > _ORDER.index(other)


def _reaches(sample: Sample, limit: Sample) -> bool:
    return (
        sample.lost_percent >= limit.lost_percent
        or sample.jitter_ms >= limit.jitter_ms
        or sample.round_trip_ms >= limit.round_trip_ms
    )
