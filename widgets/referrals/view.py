"""What the referral sheet shows, as values that are already named, masked and decided."""

from dataclasses import dataclass
from enum import StrEnum

from models.referrals.referral import LegalBasis, PlaceBasis


class Mark(StrEnum):
    """What a target is for now: the one to take first, one more at the same time, or one for later."""

    FIRST = "first"
    ALONGSIDE = "alongside"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place where the person at risk may be: the city, how it is known, and what is known beyond it."""

    place: str
    basis: PlaceBasis
    note: str = ""


@dataclass(frozen=True, slots=True)
class TargetView:
    """Somebody who can be brought in.

    ``dial`` is as it may be shown and is empty while it depends on a place that is not chosen: then nothing
    can be dialled. ``short`` is what the big button says; ``landline`` stands in for an unverified number.
    """

    id: str
    name: str
    short: str
    dial: str
    reason: str = ""
    mark: Mark = Mark.ALONGSIDE
    verified: bool = True
    emergency: bool = False
    landline: str = ""


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral before it is confirmed; ``id`` is the referral's own, made when the sheet was asked for.

    ``place`` is None until one is known better than by the number; ``personal`` are the parts of ``text``
    that are personal information, ``withheld`` says what is not told; ``cities`` can be named as a place.
    """

    id: str
    places: tuple[PlaceView, ...]
    place: PlaceView | None
    targets: tuple[TargetView, ...]
    text: str
    personal: tuple[str, ...] = ()
    withheld: str = ""
    legal_basis: LegalBasis | None = None
    cities: tuple[str, ...] = ()
