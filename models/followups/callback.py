"""The call-back: who waits for it, why, what was tried and what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Why(StrEnum):
    """Why somebody is called back."""

    AFTER_HOURS = "after_hours"
    """They asked for it while the hotline was closed."""
    ABANDONED = "abandoned"
    """They waited five seconds or more and hung up before anybody answered."""
    ASKED = "asked"
    """They asked the operator for it."""


class Result(StrEnum):
    """What came of an attempt (domain.md 2, follow-up result)."""

    STABLE = "stable"
    RISEN = "risen"
    NO_ANSWER = "no_answer"
    DECLINED = "declined"
    NOT_IN_SERVICE = "not_in_service"
    OTHER_ANSWERED = "other_answered"
    IN_CARE = "in_care"
    NEW_ATTEMPT = "new_attempt"
    DECEASED = "deceased"
    LOST = "lost"


OPEN_RESULTS = frozenset({Result.NO_ANSWER, Result.OTHER_ANSWERED})
"""Nobody spoke with the one who waits: the call-back is still owed. An answering machine is no answer, and
whoever else picks up is told nothing."""
SOURCED = frozenset({Result.NEW_ATTEMPT, Result.DECEASED})
"""Said of somebody only with where it is known from (domain.md 2)."""


class Closing(StrEnum):
    """How a call-back came to its end."""

    DONE = "done"
    EXPIRED = "expired"


EXPIRES_AFTER = timedelta(days=3)
"""[D] From then on it may be closed without having been reached; it stays in the list until somebody does."""
OVERDUE_AFTER = timedelta(minutes=30)
"""[D] How long after its time a call-back that nobody has begun is overdue."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call to who waits; `how` is what the line said of it, as `busy` or `voicemail`, "" for nothing.

    `source` is who said so where that is asked (SOURCED), `note` the note of this very call; `step` is the
    place in its series that it was made for, 0 for a call-back. `name` is how colleagues call who called.
    """

    op: str
    at: datetime
    by: str
    result: Result
    call: str = ""
    how: str = ""
    source: str = ""
    note: str = ""
    step: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Taking:
    """Somebody does it, or lets it be again (`on` is False)."""

    by: str
    name: str
    at: datetime
    on: bool


@dataclass(frozen=True, slots=True)
class Callback:
    """One call-back. `call` is the one it came from, `author` who made it ("" for the server), `line` the
    number that was dialled then; `due_at` is when it should be made."""

    id: str
    call: str
    site: str
    author: str
    why: Why
    number: str
    made_at: datetime
    due_at: datetime
    line: str = ""
    name: str = ""
    """Who made it, as colleagues call them."""
    taken: Taking | None = None
    attempts: tuple[Attempt, ...] = ()
    closing: Closing | None = None
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def is_open(self) -> bool:
        """True until somebody was spoken with, or it was closed as expired."""
        return self.closing is None

    @property
    def expires_at(self) -> datetime:
        """From when on it may be closed without having reached anybody."""
        return self.due_at + EXPIRES_AFTER

    def is_overdue(self, now: datetime) -> bool:
        """True while it is owed and its time is over by more than half an hour."""
        return self.is_open and now >= self.due_at + OVERDUE_AFTER

    def is_expired(self, now: datetime) -> bool:
        """True while it is owed and may be closed."""
        return self.is_open and now >= self.expires_at
