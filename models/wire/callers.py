"""What the server tells a gateway of the numbers that have a place of their own in the queue."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from models.wire.base import Message

_KEY = r"^[0-9a-f]{64}$"


class CallerStanding(Message):
    """One number by its keyed hash: the level that is open ("" for none), whose it is, approved misuse."""

    id: Annotated[str, Field(pattern=_KEY)]
    level: Literal["", "R3", "R4"] = ""
    counsellor: str = ""
    lowered_until: datetime | None = None


class CallerStandings(Message):
    """All such numbers of the gateway's site; `secret` is the site's key of the hashes, hexadecimal."""

    secret: Annotated[str, Field(pattern=_KEY)]
    callers: tuple[CallerStanding, ...]


class LowerAsked(Message):
    """A lead approves that the number of this call comes after others, for so many days, with a reason."""

    call: Annotated[str, Field(min_length=1, max_length=64)]
    reason: Annotated[str, Field(min_length=1, max_length=200)]
    days: Annotated[int, Field(ge=1, le=90)]


class Lowered(Message):
    """A mark that counts: until when, by whom, and why."""

    id: str
    call: str
    reason: str
    by: str
    until: datetime


class AllLowered(Message):
    """The marks of the site that count now."""

    marks: tuple[Lowered, ...]
