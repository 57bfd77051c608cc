"""What is shown of caller plans, marks of misuse and the wish for no contact."""

from dataclasses import dataclass
from datetime import date, datetime

from models.cases.caller_plan import Limits, PlanText
from models.cases.mark import State
from models.people.staff import Member


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One wording: who wrote it when, who signed it when ("" and None while nobody has)."""

    at: datetime
    name: str
    agreed_name: str = ""
    agreed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan: `text` the wording in force, or the one that was proposed where none is.

    `label` is a name or masked number; `proposed` waits for a signature. `here`: of who is on the line.
    """

    id: str
    label: str
    text: PlanText
    limits: Limits
    review: bool = False
    proposed: PlanText | None = None
    paused: str = ""
    ended: bool = False
    here: bool = False
    versions: tuple[VersionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What is proposed: for a plan that is known, or ("") for who is on the line.

    `counsellor` is an account; a name without one was typed into an earlier wording.
    """

    plan: str
    approach: str
    limits: str
    counsellor: Member
    review_at: date | None


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One mark: the number is masked, `name` asked for it."""

    id: str
    number: str
    state: State
    reason: str
    name: str
    asked_at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What whoever answers has before the eyes: the plan, what holds of its limits, a wish for no contact."""

    approach: str = ""
    limits_text: str = ""
    limits: Limits = Limits.NONE
    review: bool = False
    counsellor: str = ""
    agreed_name: str = ""
    stopped_at: datetime | None = None
    stopped_words: str = ""
