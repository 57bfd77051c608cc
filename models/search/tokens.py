"""The tokens of a text in the index: single signs and pairs of what has no spaces, words by their beginnings.

Pairs stand in the order of the text, so that three and more are a phrase of pairs.
"""

from collections.abc import Iterable

from models.search.folding import fold, plain, runs

BEGINNINGS = 4
"""Up to so many letters the beginnings of a word are tokens; a longer beginning is looked for among words."""

_LONGEST = 64


def tokens_of(texts: Iterable[str]) -> tuple[str, str]:
    """The single tokens of texts, each once, and the pairs in their order."""
    singles: set[str] = set()
    pairs: list[str] = []
    for text in texts:
        unspaced, words = runs(fold(plain(text)))
        for run in unspaced:
            singles.update(run)
            pairs += pairs_of(run)
        for word in words:
            singles.add(word_token(word))
            singles.update(word[:length] for length in range(1, min(BEGINNINGS, len(word)) + 1))
    return " ".join(sorted(singles)), " ".join(pairs)


def pairs_of(run: str) -> list[str]:
    """Each two neighbours of a stretch."""
    return [run[place : place + 2] for place in range(len(run) - 1)]


def word_token(word: str) -> str:
    """The token of a whole word: of an endless one its beginning."""
    return word[:_LONGEST]
