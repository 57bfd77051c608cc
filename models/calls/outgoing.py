"""What happens to a call from here until somebody answers it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Placed:
    """A seat calls somebody: its telephone comes first, then theirs.

    `number` are the digits that are called, `dialled` the hotline's number that they are shown; `about` is
    the id of what it is made for, as a call-back, "" for nothing.
    """

    id: str
    call: str
    at: datetime
    seat: str
    number: str
    dialled: str
    operator: str = ""
    label: str = ""
    about: str = ""
    kind: Literal["placed"] = "placed"


@dataclass(frozen=True, slots=True)
class Rang:
    """It rings at who is called."""

    id: str
    call: str
    at: datetime
    kind: Literal["rang"] = "rang"
