"""What is shown of persons, as values that are already named and masked."""

from dataclasses import dataclass
from datetime import datetime

from models.people.person import Part


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person: `aliases` are all of them, `level` the peak of the last call, "" where none is known.

    `part` is what they were said to be in the present call, None where nobody said so. `merged` names the
    others that they are one with: id and alias.
    """

    id: str
    aliases: tuple[str, ...]
    code_word: str = ""
    calls: int = 0
    level: str = ""
    last_at: datetime | None = None
    part: Part | None = None
    merged: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BannerView:
    """What everybody may know of who calls, without reading a record.

    `counsellor` is whose the open case is ("" for none).
    """

    call: str
    chosen: tuple[PersonRow, ...] = ()
    offered: tuple[PersonRow, ...] = ()
    case: bool = False
    counsellor: str = ""


@dataclass(frozen=True, slots=True)
class MergeView:
    """Two that may be one, and what will be together: so many numbers and calls."""

    one: PersonRow
    other: PersonRow
    numbers: int
    calls: int
