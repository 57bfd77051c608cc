"""Calls of one number that nobody answered: each is kept, one call to that number is made for all of them."""

from collections.abc import Iterable

from models.followups.callback import Callback, Why
from models.followups.known import Owed
from models.people.number import normalise

Row = tuple[Owed, ...]


def rows_of(owed: Iterable[Owed]) -> tuple[Row, ...]:
    """What is owed, line by line, in the order given: the abandoned calls of one number are one line.

    The one that comes first stands for them. Wishes to be called and follow-ups stand alone, for each was
    promised to somebody.
    """
    lines: dict[tuple[str, ...], Row] = {}
    for one in owed:
        name = _number_of(one) or (one.id,)
        lines[name] = (*lines.get(name, ()), one)
    return tuple(lines.values())


def beside(known: Owed, owed: Iterable[Owed]) -> Row:
    """All that one call serves: this one, and the other open abandoned calls of its number."""
    name = _number_of(known)
    others = (one for one in owed if one.id != known.id and one.is_open and _number_of(one) == name)
    return (known, *others) if name else (known,)


def _number_of(one: Owed) -> tuple[str, ...]:
    """The site and number of an abandoned call; nothing for what stands alone."""
    plain = normalise(one.number) if isinstance(one, Callback) and one.why is Why.ABANDONED else ""
    return (one.site, plain) if plain else ()
