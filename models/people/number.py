"""Telephone numbers as the exchange gives them: normalised, masked, told apart."""

import re
import unicodedata
from enum import StrEnum

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0(?:10|2\d)\d{8}|0[3-9]\d{2}\d{7,8}")
_SWITCHBOARD = re.compile(r"0(?:10|2\d)\d{9,14}|0[3-9]\d{2}\d{9,14}")
_WITHOUT_PLUS = re.compile(r"86(1[3-9]\d{9}|(?:10|2\d)\d{8}|[3-9]\d{2}\d{7,8})")
_SHORT = re.compile(r"[1-9]\d{2,5}")
_IN_TEXT = re.compile(r"(?<!\d)\+?\d{7,20}(?!\d)")


class NumberKind(StrEnum):
    """What a number looks like; `ODD` is none of the others.

    `SWITCHBOARD` is a landline with an extension behind it: who calls it reaches the switchboard. In areas
    with seven-digit numbers, one with an extension of one digit looks like a landline of eight.
    """

    WITHHELD = "withheld"
    MOBILE = "mobile"
    LANDLINE = "landline"
    SWITCHBOARD = "switchboard"
    SHORT = "short"
    ABROAD = "abroad"
    ODD = "odd"


def normalise(number: str) -> str:
    """Digits only, as they are dialled in China: without +86; abroad with a leading 00; "" if withheld.

    Carriers also give 86 without its plus, a mobile with a leading 0, nothing but zeros for a hidden number,
    and the digits of an extension behind a landline, which stay there.
    """
    plain = unicodedata.normalize("NFKC", number).strip()
    international = plain.startswith("+")
    digits = "".join(c for c in plain if c in "0123456789")
    if not digits.strip("0"):
        return ""
    if international:
        digits = "00" + digits
    if _WITHOUT_PLUS.fullmatch(digits):
        digits = "00" + digits
    if digits.startswith("0") and _MOBILE.fullmatch(digits[1:]):
        return digits[1:]
    if not digits.startswith("0086"):
        return digits
    national = digits[4:]
    if _MOBILE.fullmatch(national) or national.startswith("0") or len(national) <= 6:
        return national
    return "0" + national


def kind_of(number: str) -> NumberKind:
    """What a number looks like; any spelling is accepted."""
    digits = normalise(number)
    if not digits:
        return NumberKind.WITHHELD
    if digits.startswith("00"):
        return NumberKind.ABROAD
    for kind, shape in (
        (NumberKind.MOBILE, _MOBILE),
        (NumberKind.LANDLINE, _LANDLINE),
        (NumberKind.SWITCHBOARD, _SWITCHBOARD),
        (NumberKind.SHORT, _SHORT),
    ):
        if shape.fullmatch(digits):
            return kind
    return NumberKind.ODD


def mask(number: str) -> str:
    """The number with its middle hidden, 138****8000; short ones stay, for they name nobody (domain.md 7)."""
    digits = normalise(number)
    if kind_of(digits) in (NumberKind.WITHHELD, NumberKind.SHORT):
        return digits
    if kind_of(digits) in (NumberKind.MOBILE, NumberKind.LANDLINE, NumberKind.SWITCHBOARD):
        shown, tail = (3 if digits[:1] == "1" or digits[:2] in ("01", "02") else 4), 4
    else:
        shown = tail = max(0, min(4, (len(digits) - 4) // 2))
    return f"{digits[:shown]}****{digits[len(digits) - tail :]}"


def mask_within(text: str) -> str:
    """The text with the middle of whatever could be somebody's telephone hidden: of seven digits or more."""
    return _IN_TEXT.sub(lambda found: mask(found.group()), text)
