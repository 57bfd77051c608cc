"""The port to the line: what a seat may want of it and what it tells."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from console.line.alerting import Alerting, AlertTold
from console.line.done import GATEWAY_LOST, Done
from console.line.handing import Colleagues, Handing
from console.line.outgoing import Outgoing
from console.line.seating import Asked, Seating, SeatSettled, SeatWanted
from console.line.supervision import Supervision
from models.calls.brief import Brief
from models.calls.call import Call
from models.calls.events import CallEvent
from models.calls.picture import Queue
from models.shifts.duty import BreakReason, Duty, DutyState

__all__ = [
    "GATEWAY_LOST",
    "AlertTold",
    "Asked",
    "Colleagues",
    "Connected",
    "Done",
    "DutyChanged",
    "Happened",
    "Line",
    "LineChanged",
    "Lost",
    "News",
    "Picture",
    "QueueMoved",
    "Refused",
    "SeatNews",
    "SeatSettled",
    "SeatWanted",
    "Troubled",
]


@dataclass(frozen=True, slots=True)
class Connected:
    """The seat is this operator's; a `Picture` follows. `line` is empty or a problem with the exchange."""

    operator: str
    seat: str
    line: str
    practice: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """The gateway cannot be reached since then; it is tried again and again. Told once for each loss."""

    since: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """The gateway does not let this seat in, or no longer.

    ticket, drain, seat_taken, no_lead, seat_denied, taken_over, protocol, malformed.
    """

    why: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All calls of this seat, the queue, this seat's duty; replaces what was known.

    `briefs` is what colleagues were told of those calls, oldest first.
    """

    calls: tuple[Call, ...]
    queue: Queue
    duty: Duty
    line: str
    briefs: tuple[Brief, ...] = ()


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of a call of this seat."""

    event: CallEvent


@dataclass(frozen=True, slots=True)
class QueueMoved:
    """The queue as it is now."""

    queue: Queue


@dataclass(frozen=True, slots=True)
class DutyChanged:
    """An operator's state: this seat's, and for a lead every seat's of the site."""

    duty: Duty


@dataclass(frozen=True, slots=True)
class LineChanged:
    """The exchange is reachable (empty) or not (problem code)."""

    line: str


@dataclass(frozen=True, slots=True)
class Troubled:
    """All that is wrong with the gateway itself now, by problem codes."""

    codes: tuple[str, ...]


SeatNews = Asked | SeatWanted | SeatSettled
News = (
    Connected
    | Lost
    | Refused
    | Picture
    | Happened
    | QueueMoved
    | DutyChanged
    | LineChanged
    | Troubled
    | Colleagues
    | AlertTold
    | SeatNews
)


class Line(Protocol):
    """The line of one seat. A command never raises for trouble; without a connection it is `gateway_lost`."""

    seating: Seating
    """Seats that are asked for and given, and more time for wrap-up."""

    @property
    def handing(self) -> Handing:
        """Leaving, sharing, giving away."""
        ...

    @property
    def alerting(self) -> Alerting:
        """Alerts, and who has seen them."""
        ...

    @property
    def outgoing(self) -> Outgoing:
        """Calls from here."""
        ...

    @property
    def supervision(self) -> Supervision:
        """What leads do."""
        ...

    async def run(self, ticket: str, seat: str, hear: Callable[[News], None]) -> None:
        """Connect, stay connected with growing pauses, tell news until cancelled.

        Returns only after `Refused`, where trying again with the same ticket has no sense.
        """
        ...

    async def answer(self, call: str) -> Done:
        """Bring the ringing call to this seat's telephone and pick it up."""
        ...

    async def hang_up(self, call: str) -> Done:
        """End the call."""
        ...

    async def hold(self, call: str) -> Done:
        """Let the caller hear music."""
        ...

    async def resume(self, call: str) -> Done:
        """Take the caller back from hold."""
        ...

    async def mute(self, call: str, on: bool) -> Done:
        """Cut the operator's voice or let it be heard again."""
        ...

    async def invite(self, call: str, party: str, dial: str, label: str) -> Done:
        """Bring a third party in; `dial` is 3–16 digits. The same party twice is one invitation."""
        ...

    async def drop(self, call: str, party: str) -> Done:
        """Let a third party go."""
        ...

    async def press(self, call: str, keys: str) -> Done:
        """Send keypad tones: 1–32 of the digits, star and hash."""
        ...

    async def tape(self, call: str, on: bool) -> Done:
        """Pause the recording, or let it go on."""
        ...

    async def set_duty(self, state: DutyState, reason: BreakReason | None = None) -> Done:
        """Take calls (READY) or none for a while (BREAK, with a reason)."""
        ...
