"""What a program beside the exchange saw somebody do: it goes into a chain of its own."""

from dataclasses import dataclass
from datetime import datetime

from models.trace.entry import Happening


@dataclass(frozen=True, slots=True)
class Traced:
    """Who did what, and when."""

    at: datetime
    actor: str
    what: Happening
