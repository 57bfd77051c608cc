"""What stands in one of two texts only, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# A Chinese sign is a word of its own; letters and digits of other scripts stay together.
_WORDS = re.compile(r"[A-Za-z0-9À-ɏ]+|\s+|.", re.DOTALL)
_CLAUSES = re.compile(r"[^，。；！？、\n]*[，。；！？、\n]|[^，。；！？、\n]+")
_FINE = 1_000_000
"""Pairs of words up to which two texts are compared word by word: some tens of milliseconds."""
_CHANCE = 1
"""Signs in a row that both texts may share by chance amid what differs; told apart they only confuse."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text; ``only`` says that the other text does not have it."""

    text: str
    only: bool


def marked(mine: str, other: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return both texts in pieces: what they share, and what only one of them has."""
    one, two = _WORDS.findall(mine), _WORDS.findall(other)
    if len(one) * len(two) > _FINE:
        one, two = _CLAUSES.findall(mine), _CLAUSES.findall(other)
    keep = _shared(one, two)
    return _runs(one, [(here, size) for here, _, size in keep]), _runs(
        two, [(there, size) for _, there, size in keep]
    )


def _shared(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where both go on alike: places and length; not what is alike by chance between two changes."""
    from difflib import SequenceMatcher

    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()[:-1]
    return [
        (here, there, size)
        for here, there, size in blocks
        if size > _CHANCE or _at_an_end(here, there, size, len(one), len(two)) or len(one[here]) > 1
    ]


def _at_an_end(here: int, there: int, size: int, one: int, two: int) -> bool:
    return (here == there == 0) or (here + size == one and there + size == two)


def _runs(words: Sequence[str], shared: list[tuple[int, int]]) -> tuple[Run, ...]:
    found, at = [], 0
    for begin, size in (*shared, (len(words), 0)):
        found.append(Run("".join(words[at:begin]), only=True))
        found.append(Run("".join(words[begin : begin + size]), only=False))
        at = begin + size
    return tuple(run for run in found if run.text)
