"""Text as the search compares it: of one width and case, and a space for whatever is no letter or digit."""

import re
import unicodedata

# What is written without spaces between words: Han, kana, bopomofo, Yi, hangul.
UNSPACED = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\U00016fe0-\U00016fff"
    "\U0001b000-\U0001b2ff\U00020000-\U0003ffff"
)
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
    passed = 0
    for place, sign in enumerate(shown):
        passed += len(_FOLDED[ord(sign)])
        if passed > folded_place:
            return place
    return len(shown)


def runs(folded: str) -> tuple[list[str], list[str]]:
    """The stretches of a folded text that are written without spaces, and its words."""
    unspaced, words = [], []
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
