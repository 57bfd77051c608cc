"""The caller plan: how a frequent caller is answered, within which limits, who agreed, until which review."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from models.codec import from_document
from models.ids import event_id
from models.operation import Operation, Outcome, Reduced
from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.quick_screen import AskState

_SELF_HARM = ("phq9", "i9")
_SOME_DAYS = frozenset({"1", "2", "3"})
"""Answers from one point on."""
ENTITY = "caller_plan"
PUT, AGREE = "caller_plan.put", "caller_plan.agree"
PAUSE, RESUME, END = "caller_plan.pause", "caller_plan.resume", "caller_plan.end"


class Closing(StrEnum):
    """Why no plan is in force any more."""

    ENDED = "ended"


class Limits(StrEnum):
    """What holds of the agreed limits right now."""

    NONE = "none"
    """There are none, or nobody has agreed to them."""
    IN_FORCE = "in_force"
    REVIEW = "review"
    """Their review date is over: to be looked at, in force until somebody has."""
    PAUSED = "paused"
    RISK = "risk"
    """A sign of suicide: they do not count in this call."""


HOLD = frozenset({Limits.IN_FORCE, Limits.REVIEW})


@dataclass(frozen=True, slots=True)
class PlanText:
    """What a plan says. `counsellor` is whose caller it is, an account ("" for nobody's)."""

    approach: str
    limits: str = ""
    counsellor: str = ""
    counsellor_name: str = ""
    review_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One wording with who wrote it and, once a lead or supervisor signed it, who agreed."""

    op: str
    at: datetime
    by: str
    name: str
    text: PlanText
    agreed_at: datetime | None = None
    agreed_by: str = ""
    agreed_name: str = ""
    retired: bool = False
    """The plan was ended since: it comes into force by itself no more."""


@dataclass(frozen=True, slots=True)
class CallerPlan:
    """The plan of a person or, where nobody is named, of a number (its keyed hash): `about` is either.

    `versions` are all wordings, oldest first, none ever changed. `paused` is why it rests, else "".
    """

    id: str
    site: str
    author: str
    about: str
    label: str = ""
    """How the person is called here, or the masked number."""
    versions: tuple[PlanVersion, ...] = ()
    paused: str = ""
    closing: Closing | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    end_reason: str = ""

    @property
    def in_force(self) -> PlanVersion | None:
        """The wording that was agreed last; None before the first and after the end."""
        if self.closing is not None:
            return None
        agreed = [(one.agreed_at, one.op, one) for one in self.versions if one.agreed_at and not one.retired]
        return max(agreed)[2] if agreed else None

    @property
    def proposed(self) -> PlanVersion | None:
        """The last wording if nobody has agreed to it yet."""
        last = self.versions[-1] if self.versions and self.closing is None else None
        return last if last is not None and last.agreed_at is None else None

    def needs_review(self, now: datetime) -> bool:
        """True from the review date on; nothing stops to hold because of it."""
        stands = self.in_force
        return stands is not None and stands.text.review_at is not None and now >= stands.text.review_at

    def limits(self, now: datetime, *, risk: bool) -> Limits:
        """What holds of the limits; `risk` is whether there is a sign of suicide (has_suicide_sign)."""
        stands = self.in_force
        if stands is None or not stands.text.limits.strip():
            return Limits.NONE
        if risk:
            return Limits.RISK
        if self.paused:
            return Limits.PAUSED
        return Limits.REVIEW if self.needs_review(now) else Limits.IN_FORCE


def has_suicide_sign(assessment: Assessment | None, open_level: str = "") -> bool:
    """True where limits give way: a yes or R2 and more in this call, or an open R3 or R4.

    `open_level` is the level of an earlier call of the person that is still open, "" for none.
    """
    if open_level in (Level.R3, Level.R4):
        return True
    if assessment is None:
        return False
    said = (*assessment.current.values(), *assessment.questions.values())
    latest = {(one.instrument, one.item): one.value for one in assessment.responses}
    if latest.get(_SELF_HARM) in _SOME_DAYS:
        return True
    return AskState.YES in said or (assessment.peak or Level.R0) >= Level.R2


def plan_id(about: str) -> str:
    """The id of the plan of a person or number: there is one."""
    return event_id(about, "caller_plan")


def reduce(known: CallerPlan | None, operation: Operation, _version: int) -> Reduced[CallerPlan]:
    """The plan after one act. A wording is added and never changed; after an end the next one begins anew."""
    if operation.type == PUT:
        return _put(known, operation)
    if known is None:
        return Reduced(None, Outcome.HELD, "unknown_entity")
    match operation.type:
        case "caller_plan.agree":
            return _agreed(known, operation)
        case "caller_plan.pause":
            return _paused(known, operation)
        case "caller_plan.resume":
            return Reduced(replace(known, paused=""), Outcome.APPLIED)
        case "caller_plan.end":
            return _ended(known, operation)
    return Reduced(known, Outcome.REJECTED, "unknown_type")


def _put(known: CallerPlan | None, operation: Operation) -> Reduced[CallerPlan]:
    body = operation.body
    if known is None:
        known = CallerPlan(
            *(operation.id, str(body["site"]), operation.actor, str(body["about"])),
            str(body.get("label", "")),
        )
    if any(one.op == operation.op for one in known.versions):
        return Reduced(known, Outcome.APPLIED)
    text = from_document(PlanText, body["text"])
    if not text.approach.strip() and not text.limits.strip():
        return Reduced(known if known.versions else None, Outcome.REJECTED, "nothing_said")
    version = PlanVersion(operation.op, operation.at, operation.actor, str(body.get("name", "")), text)
    after = replace(known, versions=(*known.versions, version), closing=None, end_reason="")
    return Reduced(replace(after, closed_at=None, closed_by=""), Outcome.APPLIED)


def _agreed(known: CallerPlan, operation: Operation) -> Reduced[CallerPlan]:
    wanted, name = operation.body["version"], str(operation.body.get("name", ""))
    found = next((one for one in known.versions if one.op == wanted), None)
    if found is None:
        return Reduced(known, Outcome.HELD, "unknown_version")
    if found.agreed_at is not None:
        return Reduced(known, Outcome.APPLIED)
    signed = replace(found, agreed_at=operation.at, agreed_by=operation.actor, agreed_name=name)
    versions = tuple(signed if one is found else one for one in known.versions)
    return Reduced(replace(known, versions=versions), Outcome.APPLIED)


def _paused(known: CallerPlan, operation: Operation) -> Reduced[CallerPlan]:
    reason = str(operation.body["reason"])
    if not reason.strip():
        return Reduced(known, Outcome.REJECTED, "reason_wanted")
    return Reduced(replace(known, paused=reason), Outcome.APPLIED)


def _ended(known: CallerPlan, operation: Operation) -> Reduced[CallerPlan]:
    reason = str(operation.body["reason"])
    if not reason.strip():
        return Reduced(known, Outcome.REJECTED, "reason_wanted")
    if known.closing is not None:
        return Reduced(known, Outcome.SUPERSEDED, "closed")
    retired = tuple(replace(one, retired=True) for one in known.versions)
    after = replace(known, versions=retired, paused="", closing=Closing.ENDED, end_reason=reason)
    return Reduced(replace(after, closed_at=operation.at, closed_by=operation.actor), Outcome.APPLIED)
