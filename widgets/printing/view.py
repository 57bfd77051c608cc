"""A record as it stands on pages, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A part with its title: named texts, in reading order."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PrintedRecord:
    """All that stands on the pages of one record.

    `head` is above everything, `marks` on top of each page (secret; practice; a draft), `foot` under each
    page; `signatures` are lines to be signed by hand.
    """

    title: str
    head: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    marks: tuple[str, ...] = ()
    foot: str = ""
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintView:
    """How far it came, in a sentence; ``tone`` as for labels."""

    state: str = ""
    tone: str = "soft"
    under_way: bool = False
