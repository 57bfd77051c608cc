"""The chain: each entry's hash holds the one before it, so that no entry changes alone."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_BEGINNING = "xinqiao trace 1"


class Fault(StrEnum):
    """Why a chain is not what it was: entries altered, missing, too many; or unlike what was vouched for.

    `UNLIKE` is none of a chain: a workstation holds other records than the server says, again after they were
    fetched anew.
    """

    ALTERED = "altered"
    MISSING = "missing"
    EXTRA = "extra"
    CUT = "cut"
    RESTAMPED = "restamped"
    SIGNATURE = "signature"
    FORKED = "forked"
    FOREIGN = "foreign"
    MALFORMED = "malformed"
    ROLLED_BACK = "rolled_back"
    UNLIKE = "unlike"


@dataclass(frozen=True, slots=True)
class Place:
    """A chain up to an entry: its number (0: the beginning) and the hash there."""

    n: int
    head: str


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it is kept: its number, its canonical text and the hash that was kept with it."""

    n: int
    text: str
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where a chain is not what it was."""

    n: int
    why: Fault


def beginning(epoch: str, operator: str, workstation: str) -> Place:
    """The place before the first entry: whose chain it is, on which workstation."""
    return Place(0, _hash(json.dumps([_BEGINNING, epoch, operator, workstation], ensure_ascii=True)))


def canonical(document: Mapping[str, Any]) -> str:
    """The one text of an entry's document, whoever writes it: sorted, without blanks, in ASCII."""
    return json.dumps(document, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def following(before: Place, text: str) -> Place:
    """The place after an entry that stands behind another."""
    return Place(before.n + 1, _hash(f"{before.head}\n{text}"))


def verify(start: Place, links: Iterable[Link], end: Place) -> Broken | None:
    """The first place where a stretch of a chain is not whole; None where it leads from `start` to `end`.

    The entry's own number is part of its text; a text that says another number is an altered one.
    """
    at = start
    for link in links:
        if link.n != at.n + 1:
            return Broken(at.n + 1, Fault.MISSING if link.n > at.n else Fault.EXTRA)
        if link.n > end.n:
            return Broken(link.n, Fault.EXTRA)
        at = following(at, link.text)
        if at.head != link.hash or number_of(link.text) != link.n:
            return Broken(link.n, Fault.ALTERED)
    if at.n < end.n:
        return Broken(at.n + 1, Fault.CUT)
    return None if at == end else Broken(at.n, Fault.RESTAMPED)


def number_of(text: str) -> int:
    """The number that an entry's text says; 0 where it is no entry."""
    try:
        n = json.loads(text)["n"]
    except (ValueError, KeyError, TypeError):
        return 0
    return n if type(n) is int else 0


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()
