"""A case: the story of one person over many calls, with tasks, people involved and its own counsellor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.people.person import Entry, Undoing


class Why(StrEnum):
    """Why a case is closed."""

    RECOVERED = "recovered"
    IN_CARE = "in_care"
    HANDED_OVER = "handed_over"
    DECLINED = "declined"
    LOST = "lost"
    DECEASED = "deceased"
    OTHER = "other"


class Step(StrEnum):
    """What became of a task; the last one said is how it stands."""

    TAKEN = "taken"
    REFUSED = "refused"
    DONE = "done"
    WITHDRAWN = "withdrawn"


OVER = frozenset({Step.REFUSED, Step.DONE, Step.WITHDRAWN})
"""Steps after which nothing is owed any more."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the story, of the call it was written in ("" for none)."""

    op: str
    at: datetime
    by: str
    text: str
    name: str = ""
    call: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Something that belongs to the case beside the calls of its person: a record of a type, by its id."""

    op: str
    at: datetime
    by: str
    kind: str
    record: str
    call: str = ""


@dataclass(frozen=True, slots=True)
class Involved:
    """Somebody around the person, as typed: how they stand to them, and what they may be told."""

    op: str
    at: datetime
    by: str
    name: str
    relation: str = ""
    may_know: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody is to do, as a visit by volunteers; `target` is a code of the referral targets or "".

    `answer_to` is the operator who is told what came of it.
    """

    op: str
    at: datetime
    by: str
    words: str
    target: str = ""
    due_at: datetime | None = None
    answer_to: str = ""


@dataclass(frozen=True, slots=True)
class Stepping:
    """What became of a task (its `op`), with the outcome in words."""

    op: str
    at: datetime
    by: str
    task: str
    step: Step
    words: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Giving:
    """Somebody has the case from now on: the one who is rung first when the person calls."""

    op: str
    at: datetime
    by: str
    to: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Turning:
    """The case was closed with a reason, or opened again (`why` is None) with words."""

    op: str
    at: datetime
    by: str
    why: Why | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Heeding:
    """Somebody took note of what came of a task (the `op` of its step)."""

    op: str
    at: datetime
    by: str
    what: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case; every list only grows, in the order of time.

    `closing` is the reason while it is closed, else "". `counsellors` are all who ever had it: they read it.
    """

    id: str
    site: str
    author: str
    person: str
    opened_at: datetime
    closing: str = ""
    counsellor: str = ""
    counsellors: tuple[str, ...] = ()
    story: tuple[Line, ...] = ()
    links: tuple[Link, ...] = ()
    involved: tuple[Involved, ...] = ()
    tasks: tuple[Task, ...] = ()
    steps: tuple[Stepping, ...] = ()
    given: tuple[Giving, ...] = ()
    turns: tuple[Turning, ...] = ()
    heeded: tuple[Heeding, ...] = ()
    undone: tuple[Undoing, ...] = ()

    @property
    def is_open(self) -> bool:
        """True unless it is closed."""
        return not self.closing

    @property
    def last_stepped(self) -> Mapping[str, Stepping]:
        """For each task what was said of it last."""
        return {one.task: one for one in self.steps}

    def is_owed(self, task: Task) -> bool:
        """True while nobody said that a task is done, refused or withdrawn."""
        last = self.last_stepped.get(task.op)
        return last is None or last.step not in OVER

    def due(self, now: datetime) -> tuple[Task, ...]:
        """The tasks whose time is over and that are owed, the oldest first."""
        late = (one for one in self.standing(self.tasks) if one.due_at and one.due_at <= now)
        return tuple(sorted((one for one in late if self.is_owed(one)), key=lambda one: str(one.due_at)))

    def answers_for(self, operator: str) -> tuple[Stepping, ...]:
        """What came of the tasks that somebody waits for and has not taken note of."""
        asked = {one.op for one in self.standing(self.tasks) if one.answer_to == operator}
        heeded = {one.what for one in self.heeded if one.by == operator}
        last = (one for task, one in self.last_stepped.items() if task in asked)
        return tuple(one for one in last if one.step in OVER and one.by != operator and one.op not in heeded)

    def standing(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Those of the entries that nobody struck out."""
        undone = {one.what for one in self.undone}
        return tuple(one for one in entries if one.op not in undone)
