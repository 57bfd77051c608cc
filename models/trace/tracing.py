"""What a program beside the exchange saw somebody do: it goes into a chain of its own."""

from dataclasses import dataclass
from datetime import datetime

from models.trace.entry import Happening


def untraced(_what: "Traced") -> None:
    """A gateway without an account has no chain; consoles of leads keep their own."""


@dataclass(frozen=True, slots=True)
class Traced:
    """Who did what, and when."""

    at: datetime
    actor: str
    what: Happening
