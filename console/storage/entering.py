"""Opening the database of an operator, whatever state it is in: a damaged one is rebuilt on the way."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.storage.errors import Damaged, Unreadable
from console.storage.opening import open_storage
from console.storage.rebuilding import Rebuilt, finish, rebuild
from models.clock import Clock

if TYPE_CHECKING:
    from console.storage.storage import Storage


@dataclass(frozen=True, slots=True)
class Place:
    """The database file of an operator, its raw key, and what it is for."""

    path: Path
    key: bytes
    operator: str
    practice: bool

    def __repr__(self) -> str:
        return f"Place({self.path})"


def enter(place: Place, clock: Clock) -> "tuple[Storage, Rebuilt | None]":
    """Open the database on the thread that will use it; tells what was saved where it had to be rebuilt.

    Raises StorageError where that is impossible; then the file is as it was. OSError.
    """
    # A power cut may have come between the rebuilding and the exchange of the files.
    finish(place.path)
    try:
        return open_storage(place.path, place.key, place.operator, clock, place.practice), None
    except (Damaged, Unreadable):
        told = rebuild(place.path, place.key, place.operator, clock, place.practice)
    return open_storage(place.path, place.key, place.operator, clock, place.practice), told


def enter_anew(place: Place, former: "Storage", clock: Clock) -> "tuple[Storage, Rebuilt]":
    """Exchange an open database that was found damaged for one rebuilt from it.

    Raises StorageError and OSError where that is impossible; then the former one goes on.
    """
    former.close()
    told = rebuild(place.path, place.key, place.operator, clock, place.practice)
    return open_storage(place.path, place.key, place.operator, clock, place.practice), told
