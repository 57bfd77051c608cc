"""What the list of calls that are owed shows."""

from dataclasses import dataclass
from datetime import datetime

from models.followups.callback import Result, Why
from models.followups.followup import Arrangement, Ending


@dataclass(frozen=True, slots=True)
class DueRow:
    """One call that is owed: `taken_by` who does it now, `mine` whether that is me; `masked` the number.

    `last` is what came of the last of `attempts`, None before the first; `how` what the line said of it. A
    follow-up has no `why`: it is the call of `day`, the `place` of `places`, after a call of `level`, and
    `own` whether I promised it. `barred`: the person wishes no contact. `others` are the ids of later calls
    of the number that nobody answered and that go with this one, `latest` when the last of them was.
    """

    id: str
    number: str
    why: Why | None
    due_at: datetime
    overdue: bool = False
    expired: bool = False
    attempts: int = 0
    last: Result | None = None
    how: str = ""
    taken_by: str = ""
    mine: bool = False
    own: bool = False
    level: str = ""
    day: int = 0
    place: int = 0
    places: int = 0
    barred: bool = False
    masked: bool = True
    others: tuple[str, ...] = ()
    latest: datetime | None = None


@dataclass(frozen=True, slots=True)
class DueDetail:
    """What was agreed with the person of a chosen follow-up, and what came of the calls until now."""

    id: str
    agreed: Arrangement
    safe_now: bool
    number: str = ""
    """The safe number, masked unless it was asked for; "" where the person is called under their own."""
    attempts: tuple["AttemptRow", ...] = ()


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One call that was made: when, by whom, what came of it, who said so."""

    at: datetime
    who: str
    result: Result
    source: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """What others brought back to whoever promised the calls; `closing` says how the series ended."""

    id: str
    number: str
    attempts: tuple[AttemptRow, ...]
    next_at: datetime | None = None
    closing: Ending | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A result is wanted; `how` is what the line said of the call, "" where it was answered.

    `day` is that of the follow-up, 0 for a call-back; `said` is what the note of the call says already.
    """

    number: str
    how: str = ""
    day: int = 0
    said: Result | None = None


@dataclass(frozen=True, slots=True)
class TemplateChoice:
    """A template: its id, name and days, and the dates it would give from now on, local."""

    id: str
    label: str
    source: str
    dates: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class AgreeView:
    """What the sheet of a follow-up begins with; `chosen` is the template for the level, "" for none.

    `note` is "" while no note lies on the desk. `made`: there is one already. `stopped`: they wished for no
    contact.
    """

    note: str
    number: str
    level: str
    agreed: Arrangement
    templates: tuple[TemplateChoice, ...] = ()
    chosen: str = ""
    made: bool = False
    stopped: bool = False
