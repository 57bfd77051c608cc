"""When the record of a call that reached R3 or R4 is closed; no condition for hanging up or the next call."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from models.notes.note import Note, NoteState, Signing
from models.notes.signing import signed_by
from models.referrals.referral import Referral, Step
from models.risk.level import Level

TAKEN_ON = frozenset({Step.ACCEPTED, Step.ARRIVED, Step.SAFE})
"""The states of a referral in which the other side has the person: what was only wished for, dialled or
refused closes nothing."""


class Way(StrEnum):
    """What is missing for one of the ways to close: plan and follow-up close together."""

    REFERRAL = "referral"
    PLAN = "plan"
    FOLLOW_UP = "follow_up"
    REASON = "reason"


class RecordState(StrEnum):
    """How a record stands in every list; what is most urgent comes first."""

    UNCLOSED = "unclosed"
    DRAFT = "draft"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Facts:
    """What was done for the person of a call: states of the referrals, a whole safety plan, an agreed
    follow-up, a written reason under which a lead's signature stands.
    """

    referrals: frozenset[Step] = frozenset()
    plan: bool = False
    followup: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """Whether the rule asks for something at all, and what is missing, in the order in which it is offered.

    Any one of the ways is enough; without anything missing it is closed.
    """

    asked: bool = False
    missing: tuple[Way, ...] = ()

    @property
    def closed(self) -> bool:
        """True where nothing is asked for, or one way was gone to its end."""
        return not self.missing


def closing_state(peak: Level | None, facts: Facts) -> Closing:
    """What the rule says of a call whose highest level was `peak` (domain.md 3: the peak decides)."""
    if peak is None or not peak.alarming:
        return Closing()
    if facts.referrals & TAKEN_ON or (facts.plan and facts.followup) or facts.signed:
        return Closing(asked=True)
    done = {Way.PLAN: facts.plan, Way.FOLLOW_UP: facts.followup}
    return Closing(True, tuple(way for way in Way if not done.get(way, False)))


def is_reasoned(note: Note) -> bool:
    """True where a lead has signed the record as it is, with a reason in writing."""
    signature = signed_by(note, Signing.LEAD)
    return signature is not None and bool(signature.reason.strip())


def states_of(referrals: Collection[Referral], note: str) -> frozenset[Step]:
    """How far the referrals of a note have come."""
    return frozenset(one.state for one in referrals if one.note == note)


def record_state(closing: Closing, state: NoteState, *, incomplete: bool) -> RecordState:
    """How a record stands: open danger before a draft, a draft before what is to be added."""
    if not closing.closed:
        return RecordState.UNCLOSED
    if state is NoteState.DRAFT:
        return RecordState.DRAFT
    return RecordState.INCOMPLETE if incomplete else RecordState.COMPLETE
