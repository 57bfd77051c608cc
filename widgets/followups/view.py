"""What the list of calls that are owed shows."""

from dataclasses import dataclass
from datetime import datetime

from models.followups.callback import Result, Why


@dataclass(frozen=True, slots=True)
class DueRow:
    """One call that is owed: the number is masked, `taken_by` who does it now, `mine` whether that is me.

    `last` is what came of the last of `attempts`, None before the first; `how` what the line said of it.
    """

    id: str
    number: str
    why: Why
    due_at: datetime
    overdue: bool = False
    expired: bool = False
    attempts: int = 0
    last: Result | None = None
    how: str = ""
    taken_by: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A result is wanted; `how` is what the line said of the call, "" where it was answered."""

    number: str
    how: str = ""
