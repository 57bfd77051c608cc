"""A danger to others that is imminent behaves as R4 (domain.md 2, C6)."""

from collections.abc import Mapping

from models.risk.assessment import Assessment
from models.risk.trail import Ground

_CATEGORY, _FIELD, _YES = "C6", "imminent", "yes"


def is_imminent(category: str, values: Mapping[str, object]) -> bool:
    """True where a note of that category, with these values in its fields, says so."""
    return category == _CATEGORY and values.get(_FIELD) == _YES


def is_news(assessment: Assessment, category: str, values: Mapping[str, object]) -> bool:
    """True where a note says so and its assessment does not know it yet; it is told once."""
    known = any(one.ground is Ground.IMMINENT for one in assessment.judgements)
    return not known and is_imminent(category, values)
