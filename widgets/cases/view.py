"""What is shown of a person's history and case, as values that are already masked and decided."""

from dataclasses import dataclass
from datetime import datetime

from models.cases.history import Kind
from models.people.person import Part


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the timeline.

    `opens` is the note behind it that may be read here, `locked` says that there is a record which may not.
    `referral` is one that can be laid open beside the list, "" for none. `text` is what the line says besides
    time and level.
    """

    at: datetime
    kind: Kind
    text: str
    level: str = ""
    peak: str = ""
    part: Part | None = None
    who: str = ""
    call: str = ""
    opens: str = ""
    locked: bool = False
    referral: str = ""


@dataclass(frozen=True, slots=True)
class SafetyPlanView:
    """The safety plan in force: by its id, when somebody last wrote in it, how many steps have words."""

    id: str
    at: datetime
    written: int


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of a case: a line of the story or somebody around, by whom and when; `mine` may be struck."""

    id: str
    text: str
    small: str
    mine: bool = False


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task: what is to be done, by whom, until when, and how it stands."""

    id: str
    words: str
    target: str
    due_at: datetime | None
    state: str
    outcome: str = ""
    overdue: bool = False
    owed: bool = True
    heeds: str = ""


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case that may be read here."""

    id: str
    counsellor: str
    mine: bool
    opened_at: datetime
    closing: str = ""
    counsellor_id: str = ""
    story: tuple[EntryView, ...] = ()
    involved: tuple[EntryView, ...] = ()
    tasks: tuple[TaskView, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person with all that happened; `level` is that over all calls, of the call at `level_at`.

    `merged` are those they are one with.
    """

    id: str
    name: str
    code_word: str
    numbers: int
    lines: tuple[LineView, ...]
    level: str = ""
    level_at: datetime | None = None
    merged: tuple[tuple[str, str], ...] = ()
    case: CaseView | None = None
    plan: SafetyPlanView | None = None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list of cases."""

    person: str
    name: str
    counsellor: str
    level: str
    due: str
    news: str
    opened_at: datetime
