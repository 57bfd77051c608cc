"""Which numbers a hotline dials: no premium, none abroad, and of the short ones those that are known.

Sources: the numbering plan of the ministry (MIIT, 电信网编号计划) as the metadata of `phonenumbers` 9.0 for
CN carries it: area codes after 0, mobile 13x to 19x, international prefix 00, prefixes that choose another
carrier (12xxx, 11xxx, 179xx before a number), premium 160 and 168, shared cost 400 and 96xxx, free 800, short
numbers of 1 and 9, emergency 110, 119, 120. 122 is the police for traffic.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from models.people.number import normalise

EMERGENCY = frozenset({"110", "119", "120", "122"})

_ABROAD = re.compile(r"00[0-9]*")
_AREA = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})")
_PREMIUM = re.compile(r"16[08][0-9]{5}|1259[0-9]*|106[26][0-9]{4}")
_CARRIER = re.compile(r"(?:179[0-9][0-9]|1[12][0-9]{3})[0-9]{6,}")
_ORDINARY = re.compile(r"0?1[3-9][0-9]{9}|[2-8][0-9]{6,7}|400[0-9]{7}|800[0-9]{7}")
_SUBSCRIBER = re.compile(r"[2-8][0-9]{6,7}")
_SERVICE = re.compile(r"1[0-9]{2,7}|9[56][0-9]{3,6}")
_ENTRY = re.compile(r"[0-9]{3,16}|[0-9]{2,15}\*")


class Barred(StrEnum):
    """Why a number is not dialled."""

    ABROAD = "abroad"
    PREMIUM = "premium"
    CARRIER = "carrier"
    """A prefix that would lead the call over another carrier, and from there anywhere."""
    SERVICE = "service"
    """A short or value-added number that neither the directory nor the site names."""
    UNKNOWN = "unknown"
    """Digits that the numbering plan does not know."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What one hotline dials besides ordinary numbers.

    `listed` are the directory's numbers, dialled as they stand or after an area code; `own` those of the
    site: digits, or the first digits and `*`. Abroad, premium and another carrier are open to nobody.
    """

    listed: frozenset[str] = frozenset()
    own: tuple[str, ...] = ()

    def bars(self, dial: str) -> Barred | None:
        """Why these digits are not dialled, None where they may be."""
        if not (dial.isascii() and dial.isdecimal()):
            return Barred.UNKNOWN
        area = _AREA.match(dial)
        # A mobile in another place is dialled with a leading 0, and is no area code.
        plain = dial[area.end() :] if area else dial
        never = _never(dial, plain)
        if never or plain in EMERGENCY or {dial, plain} & self.listed or self._is_own(dial):
            return never
        if _ORDINARY.fullmatch(dial) or (area and _SUBSCRIBER.fullmatch(plain)):
            return None
        return Barred.SERVICE if _SERVICE.fullmatch(plain) else Barred.UNKNOWN

    def _is_own(self, dial: str) -> bool:
        return any(
            dial.startswith(entry[:-1]) if entry.endswith("*") else dial == entry for entry in self.own
        )


def is_entry(entry: str) -> bool:
    """Whether a site may name this as its own: digits, with or without a `*`, that may be dialled at all."""
    digits = entry.removesuffix("*")
    return bool(_ENTRY.fullmatch(entry)) and _never(digits, digits) is None


def is_emergency(number: str) -> bool:
    """Whether this is the number of an emergency service, with an area code before it or without."""
    digits = normalise(number)
    area = _AREA.match(digits)
    return (digits[area.end() :] if area else digits) in EMERGENCY


def _never(dial: str, plain: str) -> Barred | None:
    if _ABROAD.fullmatch(dial):
        return Barred.ABROAD
    for digits in (dial, plain, dial.removeprefix("0")):
        if _CARRIER.fullmatch(digits):
            return Barred.CARRIER
        if _PREMIUM.fullmatch(digits):
            return Barred.PREMIUM
    return None
