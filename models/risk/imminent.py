"""A danger to others that is imminent behaves as R4 (domain.md 2, C6)."""

from collections.abc import Mapping

_CATEGORY, _FIELD, _YES = "C6", "imminent", "yes"


def is_imminent(category: str, values: Mapping[str, object]) -> bool:
    """True where a note of that category, with these values in its fields, says so."""
    return category == _CATEGORY and values.get(_FIELD) == _YES
