"""How the server judges a stretch of a chain that comes in, against what it holds of that chain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.trace.chain import Broken, Fault, Link, Place, canonical, following, number_of

MOST_FIELDS = 24
LONGEST_TEXT = 256
_LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class Stretch:
    """Entries of one chain behind `start`, each a flat document; `head` is the hash at its end.

    `kept` is the place from which on its owner still has entries: earlier ones were folded away.
    """

    epoch: str
    workstation: str
    kept: Place
    start: Place
    entries: tuple[Mapping[str, Any], ...]
    head: str

    @property
    def end(self) -> Place:
        """The place it leads to, as its owner says."""
        return Place(self.start.n + len(self.entries), self.head)


@dataclass(frozen=True, slots=True)
class Joined:
    """What a stretch adds to the chain, how far that brings it, and what does not fit."""

    links: tuple[Link, ...]
    place: Place
    fault: Broken | None = None
    unfit: tuple[Link, ...] = ()


def join(held: Place, known: Mapping[int, str], stretch: Stretch) -> Joined:
    """Join a stretch to a chain that is held up to `held`; `known` gives the hashes at former places.

    A stretch may overlap what is held, then it must be the same there. One that begins too late is left
    aside while its owner has the entries between; where they are gone, it is joined with a fault.
    """
    if not all(is_sound(one) for one in stretch.entries):
        return Joined((), held, Broken(stretch.start.n + 1, Fault.MALFORMED))
    texts = [canonical(one) for one in stretch.entries]
    if stretch.start.n > held.n:
        if stretch.kept.n <= held.n:
            return Joined((), held)
        links, end = _stamped(stretch.start, texts)
        misfit = _misfit(links, end, stretch)
        if misfit is not None:
            return Joined((), held, misfit, links)
        return Joined(links, end, Broken(held.n + 1, Fault.MISSING))
    links, end = _stamped(stretch.start, texts)
    heads = {stretch.start.n: stretch.start.head} | {link.n: link.hash for link in links}
    here = {**known, held.n: held.head}
    apart = next((n for n in sorted(heads) if n <= held.n and here.get(n) != heads[n]), None)
    if apart is not None:
        return Joined((), held, Broken(apart, Fault.FORKED), tuple(one for one in links if one.n >= apart))
    fault = _misfit(links, end, stretch)
    if fault:
        return Joined((), held, fault, links)
    return Joined(tuple(one for one in links if one.n > held.n), max(end, held, key=lambda place: place.n))


def is_sound(document: Mapping[str, Any]) -> bool:
    """True for an entry that can be kept: flat, small, texts and whole numbers alone."""
    if len(document) > MOST_FIELDS:
        return False
    return all(_is_text(name) and (_is_text(value) or _is_number(value)) for name, value in document.items())


def _stamped(start: Place, texts: Sequence[str]) -> tuple[tuple[Link, ...], Place]:
    links, at = list[Link](), start
    for text in texts:
        at = following(at, text)
        links.append(Link(at.n, text, at.head))
    return tuple(links), at


def _misfit(links: Sequence[Link], end: Place, stretch: Stretch) -> Broken | None:
    misnumbered = next((one.n for one in links if number_of(one.text) != one.n), None)
    if misnumbered is not None:
        return Broken(misnumbered, Fault.ALTERED)
    return None if end == stretch.end else Broken(stretch.start.n + 1, Fault.ALTERED)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT and value.isprintable()


def _is_number(value: object) -> bool:
    return type(value) is int and abs(value) <= _LARGEST
