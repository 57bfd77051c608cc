"""The follow-up: what was agreed with somebody, when they are called, what came of each call."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from models.followups.callback import OVERDUE_AFTER, Attempt, Result, Taking

UNREACHED = frozenset({Result.NO_ANSWER, Result.OTHER_ANSWERED})
"""Nobody spoke with the person: the same date is tried again. Others are told what was agreed."""
ASSESSED = frozenset({Result.RISEN, Result.NEW_ATTEMPT})
"""After these the danger is assessed anew, in the note of the call that found it."""
TIMELY = timedelta(hours=24)
"""Within this time of the call a first attempt counts as in time (domain.md 6)."""


class Consent(StrEnum):
    """What the person said to being called (the codes of the note's field)."""

    AGREED = "agreed"
    REFUSED = "refused"
    UNASKED = "unasked"


class Ending(StrEnum):
    """How a series came to its end."""

    FINISHED = "finished"
    """Its last date is behind."""
    DECLINED = "declined"
    STOPPED = "stopped"
    """The person wishes no contact any more."""
    DECEASED = "deceased"
    LOST = "lost"
    REPLACED = "replaced"
    """A later call agreed on a new one."""
    WITHDRAWN = "withdrawn"
    """Whoever calls ended it, with a reason."""


@dataclass(frozen=True, slots=True)
class Window:
    """A time of the day when a call is safe, in minutes after local midnight, `end` not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What was agreed with the person.

    `number` is a safe number that is not the one they called from ("" for that one); `others` says who else
    may pick up, `told` what these may be told; `times` is in the person's own words what `windows` say.
    """

    consent: Consent = Consent.UNASKED
    number: str = ""
    times: str = ""
    windows: tuple[Window, ...] = ()
    code_word: str = ""
    others: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The template that was used, as it was then: `days` after the call, and who says so.

    After `lost_after` calls in a row that reached nobody the person counts as lost; 0 where no source names
    such a rule, then only a person says so. `retry_hours` after a call that reached nobody it is tried again.
    """

    template: str
    version: int
    days: tuple[int, ...]
    source: str = ""
    lost_after: int = 0
    lost_source: str = ""
    retry_hours: int = 4


@dataclass(frozen=True, slots=True)
class Followup:
    """One series of calls to one person, made from a note. It counts from `since`, the end of that call.

    `due` are its dates, `step` is the place of the next one, `again_at` a later try of that one. `seen` are
    the attempts that its author has looked at, by their acts.
    """

    id: str
    call: str
    note: str
    site: str
    author: str
    name: str
    number: str
    made_at: datetime
    since: datetime
    due: tuple[datetime, ...]
    series: Series
    agreed: Arrangement = field(default_factory=Arrangement)
    level: str = ""
    person: str = ""
    case: str = ""
    step: int = 0
    again_at: datetime | None = None
    taken: Taking | None = None
    attempts: tuple[Attempt, ...] = ()
    seen: tuple[str, ...] = ()
    closing: Ending | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """True while a call of the series is owed."""
        return self.closing is None

    @property
    def dial(self) -> str:
        """The number that is called."""
        return self.agreed.number or self.number

    @property
    def due_at(self) -> datetime:
        """When the next call should be made; of a series at its end, when its last one should have been."""
        return self.again_at or self.due[min(self.step, len(self.due) - 1)]

    def is_overdue(self, now: datetime) -> bool:
        """True while a call is owed whose time is over by more than half an hour."""
        return self.is_open and now >= self.due_at + OVERDUE_AFTER

    @property
    def unseen(self) -> tuple[Attempt, ...]:
        """The attempts of others that its author has not looked at, oldest first."""
        return tuple(one for one in self.attempts if one.op not in self.seen and one.by != self.author)

    @property
    def unreached(self) -> int:
        """How many attempts in a row, the last ones, reached nobody."""
        count = 0
        for one in reversed(self.attempts):
            if one.result not in UNREACHED:
                break
            count += 1
        return count


def next_step(due: tuple[datetime, ...], step: int, at: datetime) -> int:
    """The place of the next date once the person was spoken with: that counts for all dates before it."""
    return next((place for place in range(step + 1, len(due)) if due[place] > at), len(due))


def was_timely(known: Followup, now: datetime) -> bool | None:
    """Whether somebody tried within 24 hours of the call; None while that may still be."""
    tried = min((one.at for one in known.attempts), default=None)
    if tried is not None and tried <= known.since + TIMELY:
        return True
    return None if tried is None and now <= known.since + TIMELY else False
