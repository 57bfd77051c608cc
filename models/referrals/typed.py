"""What is dialled for a number that somebody typed: which city it is meant in is never guessed."""

from dataclasses import dataclass

from models.people.number import NumberKind, kind_of, normalise
from models.people.site import Site

_SHORTEST, _LONGEST = 3, 16
_LOCAL = (7, 8)


@dataclass(frozen=True, slots=True)
class TypedDial:
    """The digits, and the city in which they are meant ("" where they say it themselves)."""

    digits: str
    city: str = ""


def dials_of(typed: str, city: str, area_code: str, site: Site) -> tuple[TypedDial, ...]:
    """The ways to dial what was typed, none where it is no number.

    A mobile and a number with its area code are whole. A short number and one of seven or eight digits are
    meant in the site's own city, or in the caller's `city` with its `area_code` ("" where unknown): both are
    offered. Source: domain.md 2 and 4.
    """
    digits = normalise(typed)
    if not _SHORTEST <= len(digits) <= _LONGEST or not typed.strip("+ -").replace("-", "").isascii():
        return ()
    kind = kind_of(digits)
    if kind is NumberKind.ABROAD:
        return ()
    local = kind is NumberKind.SHORT or (kind is NumberKind.ODD and len(digits) in _LOCAL)
    if not local:
        return (TypedDial(digits),)
    here = TypedDial(digits, site.city)
    if not area_code or city == site.city:
        return (here,)
    return (here, TypedDial(area_code + digits, city))
