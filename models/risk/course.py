"""How the 0–100 ratings went, within a call and over the calls of one person (domain.md 3.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models.risk.assessment import Assessment
from models.risk.case_level import Assessed
from models.risk.level import Level
from models.risk.trail import Dial, Phase


@dataclass(frozen=True, slots=True)
class Change:
    """One dial before and after a talk, 0–100; None where it was not rated."""

    dial: Dial
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class RatingsOfCall:
    """The ratings of one call, by its assessment: when it began, and the level that stands (None: RX)."""

    assessment: str
    at: datetime
    level: Level | None
    changes: tuple[Change, ...]

    def of(self, dial: Dial) -> Change | None:
        """How a dial went, None where it was not rated."""
        return next((one for one in self.changes if one.dial is dial), None)


def ratings_of(assessment: Assessment) -> RatingsOfCall | None:
    """The ratings of an assessment; None for one in which nothing was asked yet."""
    began = began_at(assessment)
    if began is None:
        return None
    pairs = [
        Change(dial, assessment.rating(dial, Phase.BEFORE), assessment.rating(dial, Phase.AFTER))
        for dial in Dial
    ]
    rated = tuple(one for one in pairs if one.before is not None or one.after is not None)
    return RatingsOfCall(assessment.id, began, assessment.level, rated)


def course_of(assessments: Iterable[Assessment]) -> tuple[RatingsOfCall, ...]:
    """The ratings of several calls, the earliest first; those in which nothing was asked are left out."""
    found = (ratings_of(one) for one in assessments)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.at, one.assessment)))


def assessed(assessment: Assessment) -> Assessed:
    """What an assessment is to the level of its case."""
    return Assessed(assessment.id, assessment.level, assessment.seen)


def began_at(assessment: Assessment) -> datetime | None:
    """When the first entry was made; None while there is none."""
    moments = [
        one.at
        for entries in (
            assessment.answers,
            assessment.responses,
            assessment.ratings,
            assessment.scores,
            assessment.judgements,
        )
        for one in entries
    ]
    return min(moments, default=None)
