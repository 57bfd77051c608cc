"""What an operator tells the colleague who gets the conversation, in the moment of asking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

LINES = 3
LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class Brief:
    """Three lines of an operator about a call that is handed on, with what the first note says of danger.

    `level` is the highest of the call so far, "" while nothing was assessed; `red`, whether it is R3 or R4 or
    a rescue is open. `seat`, `operator` and `name` are whose words these are.
    """

    call: str
    note: str
    level: str
    red: bool
    lines: tuple[str, ...]
    at: datetime
    seat: str = ""
    operator: str = ""
    name: str = ""


def as_lines(written: Iterable[str]) -> tuple[str, ...]:
    """What was written, without empty lines and line breaks, three lines and 120 characters each at most."""
    lines = (" ".join(line.split())[:LONGEST_LINE] for line in written)
    return tuple(line for line in lines if line)[:LINES]
