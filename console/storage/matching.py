"""What is asked of the index for a query and its filters."""

from collections.abc import Iterator

from console.storage.indexing import code_token, second_of
from models.search.folding import runs
from models.search.query import Query
from models.search.texts import CALL, NOTE, REFERRAL
from models.search.tokens import BEGINNINGS, pairs_of, word_token
from models.search.wish import Filters

_END = 1 << 62


def expression(query: Query, filters: Filters) -> str:
    """The full-text expression; it finds all that fits and little else. "" where nothing can fit."""
    if filters.kind == CALL and not query.number:
        # A call has no text; the index would compare each call with each note to see that.
        return ""
    parts = [_code("clga"[place], code) for place, code in enumerate(_codes(filters)) if code]
    if filters.kind:
        parts.append(_code("k", filters.kind))
        if query.empty:
            return " AND ".join(parts)
    if query.empty:
        # Who calls, and their cases, change with each call: who asks for a day asks for what was written.
        # A call without words or number says nothing that its note does not say.
        parts.append(f"({_code('k', NOTE)} OR {_code('k', REFERRAL)})")
        return " AND ".join(parts)
    words = " AND ".join(part for term in query.terms for part in _of_term(term))
    if query.number:
        number = f'codes : "n{query.number}"'
        words = number if filters.kind == CALL else f"(({words}) OR {number})"
    return " AND ".join((words, *parts))


def span(filters: Filters, before: int | None) -> tuple[int, int]:
    """Between which numbers of rows to look, the last one not included."""
    first = second_of(filters.since) if filters.since else -_END
    last = second_of(filters.until) if filters.until else _END
    return first, last if before is None else min(last, before)


def _codes(filters: Filters) -> tuple[str, str, str, str]:
    return filters.category, filters.level, filters.city, filters.author


def _code(letter: str, code: str) -> str:
    return f'codes : "{code_token(letter, code)}"'


def _of_term(term: str) -> Iterator[str]:
    unspaced, words = runs(term)
    for run in unspaced:
        yield f'singles : "{run}"' if len(run) == 1 else f'pairs : "{" ".join(pairs_of(run))}"'
    for word in words:
        yield f'singles : "{word_token(word)}"' + (" *" if len(word) > BEGINNINGS else "")
