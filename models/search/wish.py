"""What is looked for: words or a number, narrowed by filters."""

from dataclasses import dataclass
from datetime import datetime

PAGE = 20
"""So many hits at a time."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Each narrows where it is not empty; a level is a code or RX for none, times are [since, until)."""

    since: datetime | None = None
    until: datetime | None = None
    author: str = ""
    level: str = ""
    category: str = ""
    city: str = ""
    kind: str = ""

    @property
    def any(self) -> bool:
        """True where one of them narrows."""
        return self != NO_FILTERS


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Wish:
    """A query as typed, with its filters."""

    text: str = ""
    filters: Filters = NO_FILTERS
