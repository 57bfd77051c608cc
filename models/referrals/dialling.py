"""What is dialled so that the right police or ambulance answers."""

from dataclasses import dataclass

from models.people.site import Site
from models.referrals.target import Target


@dataclass(frozen=True, slots=True)
class Dial:
    """The digits, empty while they depend on a place that is not known; `verified` as the target's."""

    digits: str
    verified: bool


def dial_for(target: Target, city: str, city_area_code: str, site: Site) -> Dial:
    """The dial string for a person in a city ("" where unknown) with its area code ("" where unknown).

    In the site's own city the plain number, in another city that city's area code before it.
    Source: domain.md 2; each site confirms with its carrier, so other cities are never verified here.
    """
    if not target.by_city:
        return Dial(target.number, target.verified)
    if not city:
        return Dial("", False)
    if city == site.city:
        return Dial(target.number, target.verified)
    return Dial(f"{city_area_code}{target.number}" if city_area_code else "", False)
