"""The twelve elements: a checklist; a score only where a hotline brought the points (domain.md 3.4).

Bands and figures: Tong et al., J Affect Disord 2023;329:141-148. The points of the elements are not published
in what we have and are never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.risk.level import Level

INSTRUMENT = "elements12"
MOST = 16


class Element(StrEnum):
    """The elements; how each is asked and what it counts comes with a weight file."""

    IDEATION_PLAN = "ideation_plan"
    DEPRESSION = "depression"
    HOPE = "hope"
    DISTRESS = "distress"
    ATTEMPT = "attempt"
    ACUTE_EVENT = "acute_event"
    CHRONIC_EVENT = "chronic_event"
    SUBSTANCES = "substances"
    ILLNESS = "illness"
    ABUSE = "abuse"
    FEAR_OF_ATTACK = "fear_of_attack"
    RELATIVES = "relatives"


class Band(StrEnum):
    """What a total says: 0–3 low, 4–7 middle, 8–16 high."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


_FROM: tuple[tuple[int, Band, Level], ...] = (
    (8, Band.HIGH, Level.R3),
    (4, Band.MIDDLE, Level.R2),
    (0, Band.LOW, Level.R1),
)


@dataclass(frozen=True, slots=True)
class Total:
    """The points so far, the elements that are still open, and what both say.

    A total that is not complete can only grow: it raises as soon as it reaches a band above the lowest, and
    says nothing before.
    """

    points: int
    open_elements: tuple[Element, ...]

    @property
    def band(self) -> Band | None:
        """The band that is certain, None while the total is neither complete nor above the lowest band."""
        found = next(band for least, band, _ in _FROM if self.points >= least)
        return None if found is Band.LOW and self.open_elements else found

    @property
    def level(self) -> Level | None:
        """The level of the band."""
        return next((level for _, band, level in _FROM if band is self.band), None)


def total(chosen: Mapping[Element, str], points: Mapping[Element, Mapping[str, int]]) -> Total:
    """The total of the choices that were made; a choice without points in the weight file leaves it open."""
    known = {
        element: points[element][chosen[element]]
        for element in Element
        if chosen.get(element, "") in points.get(element, {})
    }
    return Total(sum(known.values()), tuple(element for element in Element if element not in known))


def agrees(points: int, level: Level | None) -> bool:
    """True where points can have this level: that of their band, or none while the lowest is not certain."""
    return level in (Total(points, ()).level, Total(points, tuple(Element)).level)
