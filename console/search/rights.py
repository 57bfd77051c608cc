"""What the search asks of the rights of whoever searches."""

from collections.abc import Iterable
from typing import Protocol

from console.storage.found import Hit
from models.access.judging import Verdict
from models.notes.note import Note


class Access(Protocol):
    """What somebody may read, and that it was read."""

    def readable(self, note: Note, beside: Iterable[object] = ()) -> Verdict:
        """Whether a note may be read now, by what is known of its call."""
        ...

    def knows(self, kind: str, site: str, *, own: bool) -> Verdict:
        """Whether what belongs to somebody over many calls may be read: a person, a case, a caller plan."""
        ...

    def saw(self, entities: Iterable[object], where: str) -> None:
        """These were opened in a view."""
        ...

    def longest_hours(self) -> int:
        """For how many hours at most a full text may be asked for; 0 where not at all."""
        ...


def is_shown(access: Access, hit: Hit) -> bool:
    """Whether a hit may be shown now: by its note, or by whose it is."""
    if hit.whose is not None:
        return access.knows(hit.type, hit.whose.site, own=hit.whose.own).allowed
    return hit.note is not None and access.readable(hit.note, hit.beside).allowed
