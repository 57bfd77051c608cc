"""What the call panel shows, as values that are already masked, named and decided."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.calls.call import CallState, PartyPhase
from models.calls.events import Taping
from models.calls.quality import Quality
from models.calls.queueing import Rank
from models.shifts.duty import BreakReason, DutyState
from widgets.calls.asking_view import BriefView


class Place(StrEnum):
    """What the number says of where it was issued, which is not where the caller is."""

    LOCAL = "local"
    AWAY = "away"
    UNKNOWN = "unknown"
    ABROAD = "abroad"
    SWITCHBOARD = "switchboard"
    """A landline with an extension: calling it back reaches the switchboard."""


@dataclass(frozen=True, slots=True)
class PartyView:
    """A third party; ``since`` is when it reached its phase, ``colleague``: one of this hotline."""

    id: str
    name: str
    dial: str
    phase: PartyPhase
    since: datetime
    cause: str = ""
    colleague: bool = False


@dataclass(frozen=True, slots=True)
class CallView:
    """One call on the board.

    ``number`` is as it may be shown now, empty where the exchange gave none; ``masked`` tells that the whole
    of it can be asked for; ``earlier`` counts the calls
    of this number before this one and ``earlier_level`` is the peak of the last of them ("" where unknown).
    ``pressed`` are the caller's keys, oldest first; ``quality`` is what was measured of the line.
    ``brief`` is what a colleague told who handed it on; ``came_back``: it was given away and nobody took it.
    ``rank`` is why it comes before or after others, ``own`` that it rang here first as its counsellor's.
    ``joins`` is the call opened by hand that may be this same conversation, "" where there is none.
    """

    id: str
    state: CallState
    number: str
    dialled: str
    masked: bool = False
    place: Place = Place.UNKNOWN
    city: str = ""
    entered_at: datetime | None = None
    answered_at: datetime | None = None
    held_at: datetime | None = None
    ended_at: datetime | None = None
    muted: bool = False
    earlier: int = 0
    earlier_level: str = ""
    parties: tuple[PartyView, ...] = ()
    tape: Taping | None = None
    rank: Rank = Rank.PLAIN
    own: bool = False
    by_hand: bool = False
    joins: str = ""
    brief: BriefView | None = None
    came_back: bool = False
    pressed: tuple[tuple[datetime, str], ...] = ()
    quality: Quality | None = None

    @property
    def talks(self) -> bool:
        """True while the operator has somebody on the telephone, also on hold."""
        return self.state in (CallState.TALKING, CallState.HELD)

    @property
    def live(self) -> bool:
        """True while somebody is at the other end."""
        return self.state in (CallState.RINGING, CallState.DIALLING, CallState.TALKING, CallState.HELD)


@dataclass(frozen=True, slots=True)
class DutyView:
    """The operator's own state since a moment.

    ``until`` is when wrap-up ends by itself (None: it does not), ``lengthened`` by how many minutes that was
    moved by a lead, ``unanswered`` how many rings in a row nobody answered here.
    """

    state: DutyState
    since: datetime
    reason: BreakReason | None = None
    until: datetime | None = None
    lengthened: int = 0
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class QueueView:
    """Callers who wait; ``first`` of them come before the others, ``last`` after them."""

    waiting: int = 0
    oldest_at: datetime | None = None
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class GreetingView:
    """The site's words for the first moment of a call; ``note`` says where they stand (say, unconfirmed)."""

    text: str
    note: str = ""
