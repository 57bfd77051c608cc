"""The call as an entity: times that only ever grow more complete."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from models.calls.events import CallEnd, Direction, Origin, Taping, Watching
from models.calls.pressing import KeyPress
from models.calls.quality import Quality
from models.calls.queueing import Diverting, Ranking, Wish


class CallState(StrEnum):
    """What the call is doing now."""

    WAITING = "waiting"
    RINGING = "ringing"
    DIALLING = "dialling"
    """From here to somebody who has not answered yet."""
    TALKING = "talking"
    HELD = "held"
    RELEASED = "released"
    """Goes on between the caller and others; the operator has left."""
    ENDED = "ended"


class PartyPhase(IntEnum):
    """How far a third party has come; it never goes back, a second attempt is another party."""

    INVITED = 0
    RINGING = 1
    JOINED = 2
    LEFT = 3


@dataclass(frozen=True, slots=True)
class Party:
    """A third party of a call, with the moments it reached each phase."""

    id: str
    dial: str = ""
    label: str = ""
    seat: str = ""
    """A colleague's seat, empty for somebody outside."""
    invited_at: datetime | None = None
    rang_at: datetime | None = None
    joined_at: datetime | None = None
    left_at: datetime | None = None
    cause: str = ""

    @property
    def phase(self) -> PartyPhase:
        """The furthest phase it is known to have reached."""
        if self.left_at:
            return PartyPhase.LEFT
        if self.joined_at:
            return PartyPhase.JOINED
        return PartyPhase.RINGING if self.rang_at else PartyPhase.INVITED


@dataclass(frozen=True, slots=True)
class Switch:
    """Something that is on or off, as the latest witness said."""

    on: bool
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Handover:
    """To which seat and operator the conversation was given, as the latest witness said."""

    seat: str
    operator: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Watch:
    """What a supervisor at a seat does in the call, as the latest witness said."""

    how: Watching
    operator: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Tape:
    """The recording of the call, as the latest witness said."""

    state: Taping
    recording: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A ring at one seat: the latest ring and the latest end of a ring there."""

    rang_at: datetime | None = None
    stopped_at: datetime | None = None

    @property
    def rings(self) -> bool:
        """True while the seat rings."""
        return self.rang_at is not None and (self.stopped_at is None or self.stopped_at < self.rang_at)


@dataclass(frozen=True, slots=True)
class Call:
    """One conversation, from the ring to the end; every field can only be filled or moved forward."""

    id: str
    site: str = ""
    number: str = ""
    dialled: str = ""
    direction: Direction = Direction.IN
    origin: Origin = Origin.LINE
    entered_at: datetime | None = None
    offers: Mapping[str, Offer] = field(default_factory=dict)
    seat: str = ""
    answered_at: datetime | None = None
    held: Switch | None = None
    muted: Switch | None = None
    parties: Mapping[str, Party] = field(default_factory=dict)
    released: Switch | None = None
    handed: Handover | None = None
    watchers: Mapping[str, Watch] = field(default_factory=dict)
    """Supervisors by their seat, also those who are gone again."""
    tape: Tape | None = None
    ranking: Ranking | None = None
    diverting: Diverting | None = None
    wish: Wish | None = None
    """What the caller asked for outside the hours: to be called back."""
    pressed: tuple[KeyPress, ...] = ()
    """The keys of the caller, oldest first."""
    quality: Quality | None = None
    ended_at: datetime | None = None
    end: CallEnd | None = None
    operator: str = ""
    """Who was at the seat that answered, as far as the gateway knew."""
    same_as: str = ""
    """For a call that was opened by hand: the line's own record of the same conversation."""
    label: str = ""
    """Of a call from here: whom the operator meant to call, in a word."""
    about: str = ""
    """Of a call from here: the id of the call-back or follow-up it was made for."""
    rang_at: datetime | None = None
    """Of a call from here: when it rang there."""
    cause: str = ""
    """Of a call from here that reached nobody: why (see `Ended.cause`)."""

    @property
    def state(self) -> CallState:
        """The state that the known moments add up to."""
        if self.ended_at:
            return CallState.ENDED
        if self.answered_at:
            if self.released and self.released.on:
                return CallState.RELEASED
            return CallState.HELD if self.held and self.held.on else CallState.TALKING
        if self.direction is Direction.OUT:
            return CallState.DIALLING
        if any(offer.rings for offer in self.offers.values()):
            return CallState.RINGING
        return CallState.WAITING

    @property
    def holder(self) -> str:
        """The seat that has the conversation now: the one it was handed to, or that answered; "" before."""
        return self.handed.seat if self.handed else self.seat

    @property
    def is_muted(self) -> bool:
        """True while the operator's voice is cut."""
        return self.muted is not None and self.muted.on

    @property
    def wait_seconds(self) -> int | None:
        """Whole seconds from the queue to the answer; None before the answer."""
        if self.answered_at is None or self.entered_at is None:
            return None
        return max(0, int((self.answered_at - self.entered_at).total_seconds()))
