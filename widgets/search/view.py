"""What the search shows and asks for, as values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Period(StrEnum):
    """From when on: any time, today, seven days, twenty-eight days."""

    ANY = "any"
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What stands in the box and which filters are set; empty ones narrow nothing."""

    text: str = ""
    period: Period = Period.ANY
    level: str = ""
    category: str = ""
    author: str = ""
    city: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class HitView:
    """One record that was found: when, whose, what and how dangerous, and the text around what was wanted.

    `marks` are places in `text`; `where` is the field it stands in. What belongs to somebody over many calls
    has no call and no note: it is read with its `plan` or, where that is "", with its `person`.
    """

    id: str
    call: str
    note: str
    at: datetime
    who: str
    kind: str
    category: str
    level: str
    where: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    person: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What the filters can be set to, as pairs of code and label."""

    categories: tuple[tuple[str, str], ...] = ()
    authors: tuple[tuple[str, str], ...] = ()
    cities: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What is said above the hits, in which tone, and of the caller whose number was typed."""

    text: str = ""
    tone: str = "soft"
    caller: str = ""
    indexing: str = ""
    off_line: str = ""
