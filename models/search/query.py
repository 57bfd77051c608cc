"""What somebody typed into the search box, and where a text holds it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from models.people.number import mask, normalise
from models.search.folding import UNSPACED, fold, place_of, plain

MOST_TERMS = 12
_NUMBER = re.compile(r"[+＋]?[\d\s()（）\-－.]+")
_BEFORE, _LENGTH = 14, 64


@dataclass(frozen=True, slots=True)
class Part:
    """A searchable piece of a record: the field it stands in, and its text."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text around what was found; `marks` are the places of that in `text`, from and up to."""

    field: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Query:
    """All `terms` have to be found in a record; `number` are the digits where only a number was typed.

    A term is found where the text holds it, width, case and punctuation aside; a word or number begins there.
    """

    terms: tuple[str, ...]
    number: str = ""

    @property
    def empty(self) -> bool:
        """True where nothing was typed that can be looked for."""
        return not self.terms

    def found_in(self, parts: Sequence[Part]) -> Snippet | None:
        """The first piece that holds a term, if the parts together hold all of them; None otherwise."""
        shown = [plain(part.text) for part in parts]
        folded = [fold(text) for text in shown]
        first: tuple[int, int] | None = None
        for pattern in self._patterns:
            hits = ((n, hit) for n, text in enumerate(folded) if (hit := pattern.search(text)))
            n, hit = next(hits, (0, None))
            if hit is None:
                return None
            first = min(first or (n, hit.start()), (n, hit.start()))
        if first is None:
            return None
        n, at = first
        return self._around(parts[n].field, shown[n], place_of(shown[n], at))

    def snippet(self, part: Part) -> Snippet:
        """The beginning of a part, with whatever of the query it holds marked."""
        return self._around(part.field, plain(part.text), 0)

    def _around(self, field: str, text: str, place: int) -> Snippet:
        begin = max(0, place - _BEFORE)
        cut = " ".join(text[begin : begin + _LENGTH].split())
        lead = "…" if begin else ""
        tail = "…" if begin + _LENGTH < len(text) else ""
        shown = lead + cut + tail
        return Snippet(field, shown, self._marks(shown))

    def _marks(self, shown: str) -> tuple[tuple[int, int], ...]:
        folded = fold(shown)
        marks = sorted(
            (place_of(shown, hit.start()), place_of(shown, hit.end() - 1) + 1)
            for pattern in self._patterns
            for hit in pattern.finditer(folded)
        )
        merged: list[tuple[int, int]] = []
        for begin, end in marks:
            if merged and begin <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((begin, end))
        return tuple(merged)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(map(_pattern, self.terms))


def parse(typed: str) -> Query:
    """What a text in the box means; spaces stand between terms."""
    terms = (" ".join(fold(plain(word)).split()) for word in typed.split())
    known = tuple(dict.fromkeys(term for term in terms if term))[:MOST_TERMS]
    if known and _NUMBER.fullmatch(typed.strip()):
        # Nothing but zeros is a hidden number to the line; here it is the end of one.
        return Query(known, normalise(typed) or "".join(filter(str.isdecimal, plain(typed))))
    return Query(known)


def number_words(number: str) -> tuple[str, ...]:
    """By which digits a number is found: the last ones that its masked form shows, and all of them.

    More of its end would tell the hidden digits one by one.
    """
    digits = normalise(number)
    shown = mask(number).rpartition("*")[2]
    tails = (shown[place:] for place in range(len(shown)))
    return tuple(dict.fromkeys(word for word in (*tails, digits) if word))


def _pattern(term: str) -> re.Pattern[str]:
    body = " +".join(map(re.escape, term.split(" ")))
    begins = "" if re.match(f"[{UNSPACED}]", term) else f"(?<![^ {UNSPACED}])"
    return re.compile(begins + body)
