"""Where the person at risk is, and how that is known (domain.md 4)."""

from dataclasses import dataclass

from models.referrals.referral import PlaceBasis


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A city and how it is known; `detail` is what is known beyond the city."""

    city: str
    basis: PlaceBasis
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The places that come into question, the surest first; `chosen` is None while only the number speaks."""

    places: tuple[KnownPlace, ...]
    chosen: KnownPlace | None


def whereabouts(
    stated: KnownPlace | None, number_city: str, site_city: str, caller_is_person: bool
) -> Whereabouts:
    """What is known, by rank: stated or from the clue board, then the number.

    If only the number speaks, its city and the site's stand side by side and none is chosen. Where the
    caller is not the person at risk the number says nothing of the person. Source: domain.md 4.
    """
    here = KnownPlace(site_city, PlaceBasis.SITE)
    if stated is not None and stated.city:
        others = (here,) if site_city and site_city != stated.city else ()
        return Whereabouts((stated, *others), stated)
    spoken = number_city if caller_is_person else ""
    from_number = (KnownPlace(spoken, PlaceBasis.NUMBER),) if spoken and spoken != site_city else ()
    same = KnownPlace(site_city, PlaceBasis.NUMBER) if spoken and spoken == site_city else here
    return Whereabouts((*from_number, *((same,) if site_city else ())), None)
