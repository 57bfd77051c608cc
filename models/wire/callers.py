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
