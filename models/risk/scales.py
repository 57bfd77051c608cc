"""Scales that are added up: PHQ-9, GAD-7, K10. They give a band and no level (domain.md 3.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from models.risk.worded import Worded


@dataclass(frozen=True, slots=True)
class Band:
    """From this sum on it is called so."""

    least: int
    name: Worded


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale: its items in order, the points that each may have (both included), its bands from the lowest.

    `opener` is the item that opens the quick screen from one point on, "" where there is none.
    """

    id: str
    version: int
    items: tuple[str, ...]
    least: int
    most: int
    bands: tuple[Band, ...]
    opener: str = ""

    def __post_init__(self) -> None:
        sums = [band.least for band in self.bands]
        if not sums or sums[0] != self.least * len(self.items):
            raise ValueError("the lowest band begins at the lowest sum")
        if any(one >= other for one, other in pairwise(sums)) or sums[-1] > self.most * len(self.items):
            raise ValueError("each band begins above the one before it and within the scale")
        if self.opener and self.opener not in self.items:
            raise ValueError("the opener is one of the items")


@dataclass(frozen=True, slots=True)
class Sum:
    """The points so far and the items without any; `band` is None until all have some."""

    points: int
    open_items: tuple[str, ...]
    band: Worded | None
    opens_the_screen: bool


def add_up(scale: Scale, points: Mapping[str, int]) -> Sum:
    """The sum of the points that were given. Raises ValueError for points that the scale does not have."""
    wrong = {item: one for item, one in points.items() if not scale.least <= one <= scale.most}
    if wrong or points.keys() - set(scale.items):
        raise ValueError("no such points or item in this scale")
    so_far = sum(points.values())
    missing = tuple(item for item in scale.items if item not in points)
    band = None if missing else next(band.name for band in reversed(scale.bands) if so_far >= band.least)
    return Sum(so_far, missing, band, bool(scale.opener) and points.get(scale.opener, 0) >= 1)
