"""The referral, its states and its timeline (domain.md 4)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """A step of the timeline of joint intervention; `CLOSED` ends one that led nowhere."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    CONSENT_UNOBTAINABLE = "consent_unobtainable"
    CALLED = "called"
    JOINED = "joined"
    NOT_REACHED = "not_reached"
    ACCEPTED = "accepted"
    ARRIVED = "arrived"
    SAFE = "safe"
    CLOSED = "closed"


ENDS = frozenset({Step.SAFE, Step.CLOSED})
RESCUES = frozenset({"F110", "F119", "F120"})
"""The kinds of target that come to the person: one person alone ends a rescue only by confirming safety."""

ORDER: dict[Step, int] = {
    Step.PROPOSED: 0,
    Step.AGREED: 1,
    Step.NOT_AGREED: 1,
    Step.CONSENT_UNOBTAINABLE: 1,
    Step.CALLED: 2,
    Step.NOT_REACHED: 2,
    Step.JOINED: 3,
    Step.ACCEPTED: 4,
    Step.ARRIVED: 5,
    Step.SAFE: 6,
    Step.CLOSED: 6,
}
"""How far a step brings the referral; a step of a lower rank is late news, not a way back."""


class LegalBasis(StrEnum):
    """Why personal information may be told (domain.md 2, legal_basis)."""

    CONSENT = "consent"
    EMERGENCY = "emergency"
    MINOR_REPORT = "minor_report"
    LAW = "law"


class PlaceBasis(StrEnum):
    """How the place of the person at risk is known, the surest first."""

    STATED = "stated"
    CLUES = "clues"
    NUMBER = "number"
    SITE = "site"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One step with its moment; `detail` is a receipt, a cause or a remark."""

    op: str
    at: datetime
    step: Step
    by: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Second:
    """A second person's word about the end of a rescue: `closing` is the act that wished for it."""

    op: str
    at: datetime
    by: str
    closing: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral of one person to one target.

    `text` is exactly what is told, `dial` what is dialled; a third party of the call that it became has its
    id, and after a dot the number of the attempt.
    """

    id: str
    note: str
    call: str
    author: str
    site: str
    target: str
    target_kind: str
    target_name: str
    dial: str
    verified: bool
    place: str
    place_basis: PlaceBasis
    text: str
    legal_basis: LegalBasis
    opened_at: datetime
    timeline: tuple[TimelineEntry, ...] = ()
    seconds: tuple[Second, ...] = ()

    @property
    def state(self) -> Step:
        """The furthest step so far; of two equally far ones the later. An end that waits for a second person
        is none yet.
        """
        entries = ((place, entry) for place, entry in enumerate(self.timeline) if self._counts(entry))
        best = max(entries, key=lambda pair: (ORDER[pair[1].step], pair[0]), default=None)
        return best[1].step if best else Step.PROPOSED

    @property
    def is_open(self) -> bool:
        """True until somebody confirmed safety or closed it."""
        return self.state not in ENDS

    @property
    def is_rescue(self) -> bool:
        """True where help is sent to the person; open, it is a red task."""
        return self.target_kind in RESCUES

    @property
    def waiting(self) -> TimelineEntry | None:
        """The wish to end a rescue about which no second person has said anything yet; the last of them."""
        if not self.is_open:
            return None
        wishes = [one for one in self.timeline if one.step is Step.CLOSED and not self._said(one)]
        return wishes[-1] if wishes else None

    def _counts(self, entry: TimelineEntry) -> bool:
        ends = self.is_rescue and entry.step is Step.CLOSED
        return not ends or any(one.agrees for one in self._said(entry))

    def _said(self, entry: TimelineEntry) -> list[Second]:
        return [one for one in self.seconds if one.closing == entry.op and one.by != entry.by]
