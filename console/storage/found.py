"""What a search gives, as values."""

from dataclasses import dataclass
from datetime import datetime

from models.notes.note import Note
from models.search.query import Snippet


@dataclass(frozen=True, slots=True)
class Whose:
    """Of whom a person, case or plan is ("" for a number alone), how they are called, when it changed last.

    Whether it may be read depends on its site, and on whether it is `own`: begun or had by who searches.
    """

    person: str
    name: str
    at: datetime
    site: str
    own: bool
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found, of a type of `models.search.texts.KINDS`.

    `n` is its place among all, the newest has the largest; `note` is that of its call, `beside` what rights
    to read it depend on. What belongs to somebody over many calls has no note: of it `whose` tells. `number`
    is masked and that of a call; other records have a `snippet`.
    """

    type: str
    id: str
    n: int
    level: str
    city: str
    note: Note | None
    beside: tuple[object, ...] = ()
    snippet: Snippet | None = None
    number: str = ""
    whose: Whose | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """A page, newest first; the next one begins before `before`, None where there is no more."""

    hits: tuple[Hit, ...] = ()
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters can be set to here: operators, categories and cities of the records in the index."""

    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
