"""Text as the search compares it: of one width and case, and a space for whatever is no letter or digit."""

import re
import unicodedata

# What is written without spaces between words: Han, kana, bopomofo, Yi, hangul.
_UNSPACED = (
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3031, 0x3035),
    (0x303B, 0x303B),
    (0x3040, 0x30FF),
    (0x3100, 0x312F),
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA000, 0xA4CF),
    (0xAC00, 0xD7AF),
    (0xF900, 0xFAFF),
    (0x16FE0, 0x16FFF),
    (0x1B000, 0x1B2FF),
    (0x20000, 0x3FFFF),
)
UNSPACED = "".join(f"{chr(first)}-{chr(last)}" for first, last in _UNSPACED)
"""As ranges of a regular expression."""

_RUNS = re.compile(f"([{UNSPACED}]+)|[^ {UNSPACED}]+")
# They only say how the sign before them is drawn.
_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))


def plain(text: str) -> str:
    """The text as it is shown: what looks the same is the same signs."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def fold(shown: str) -> str:
    """What a text given by `plain` is compared as."""
    return shown.translate(_FOLDED)


def place_of(shown: str, folded_place: int) -> int:
    """Where in a text stands what stands at a place of its folded form."""
    if len(fold(shown[:folded_place])) == folded_place and fold(shown[folded_place : folded_place + 1]):
        # Nothing before it grew or fell away together, as in nearly every text.
        return folded_place
    passed = 0
    for place, sign in enumerate(shown):
        passed += len(_FOLDED[ord(sign)])
        if passed > folded_place:
            return place
    return len(shown)


def runs(folded: str) -> tuple[list[str], list[str]]:
    """The stretches of a folded text that are written without spaces, and its words."""
    unspaced: list[str] = []
    words: list[str] = []
    for run in _RUNS.finditer(folded):
        (unspaced if run[1] else words).append(run[0])
    return unspaced, words


def _kept(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cf" or ord(sign) in _SELECTORS:
        return ""
    return sign if kind[0] in "LNM" else " "


class _Folding(dict[int, str]):
    """Filled as signs are met: a text has few different ones."""

    def __missing__(self, sign: int) -> str:
        same = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", chr(sign)).casefold())
        self[sign] = folded = "".join(map(_kept, same))
        return folded


_FOLDED = _Folding()
