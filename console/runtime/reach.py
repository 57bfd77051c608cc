"""Whether another program can be reached."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reach:
    """`up` is None while it is being tried for the first time; `since` is when the present state began.

    `waiting` counts what cannot be handed over yet.
    """

    up: bool | None = None
    since: datetime | None = None
    waiting: int = 0
