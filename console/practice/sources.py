"""Where a rule of a script's key comes from: what `domain.md 3.1` is called for whoever practises."""

import re

from resources.texts import t

_OURS = re.compile(r"domain\.md ([0-9][0-9.]*(?:, ?[0-9][0-9.]*)*)")
_NAMES = {
    "1": "served",
    "2": "codes",
    "3": "risk",
    "3.1": "screen",
    "3.3": "cssrs",
    "4": "referral",
    "5": "following",
    "6": "shift",
    "7": "privacy",
    "8": "record",
}
"""The chapters that have a name, with the parts of the chapter on risk that are instruments."""


def source_text(source: str) -> str:
    """The source with every chapter of ours by its name; one of a hotline's own stays as it was written."""
    return _OURS.sub(_chapters, source)


def _chapters(found: re.Match[str]) -> str:
    numbers = (one.strip().rstrip(".") for one in found[1].split(","))
    return t("practice.source_between").join(_chapter(one) for one in numbers)


def _chapter(number: str) -> str:
    chapter = number.partition(".")[0]
    known = number if number in _NAMES else chapter
    if known not in _NAMES:
        return t("practice.source_chapter", chapter=number)
    name = t(f"practice.source_{_NAMES[known]}")
    return t("practice.source_named", name=name, chapter=chapter)
