"""The line protocol between gateway and console: JSON text frames over a WebSocket, version 1.

The console speaks first (`hello`), the gateway answers `welcome` or `refused` and then tells what happens.
Every command (models/wire/commands.py) is answered by one `done`.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from models.calls.brief import Brief
from models.calls.call import Call
from models.calls.events import CallEvent
from models.calls.picture import Queue
from models.shifts.duty import Duty
from models.wire.alerts import Alerted, AlertSeen
from models.wire.base import Message
from models.wire.handover import Colleagues
from models.wire.seats import Asked, SeatSettled, SeatWanted

PROTOCOL = 1


class Hello(Message):
    """The first frame: who wants to work at which seat. `token` is a duty ticket.

    A ticket that is bound to a workstation needs `proof` (models/people/proof.py): for GET and the path of
    the connection, with the nonce that stood in the header `DPoP-Nonce` of the handshake's answer.
    """

    kind: Literal["hello"] = "hello"
    protocol: int = PROTOCOL
    token: str
    seat: str
    proof: Annotated[str, Field(max_length=4096)] = ""
    take_over: bool = False
    """Ask the leads for the seat where another console holds it."""


class Welcome(Message):
    """The seat is this operator's. `line` is empty or the code of a problem with the exchange."""

    kind: Literal["welcome"] = "welcome"
    protocol: int
    operator: str
    seat: str
    now: datetime
    line: str = ""
    practice: bool = False


class Refused(Message):
    """The connection will be closed. `why` is a problem code.

    ticket, drain (revoked), seat_taken, no_lead (nobody is there who could give the seat), seat_denied,
    taken_over (another console has the seat from now on), protocol, malformed.
    """

    kind: Literal["refused"] = "refused"
    why: str


class Picture(Message):
    """All calls of this seat as they are now, the queue, this seat's duty; replaces what was known.

    `briefs` is what colleagues were told of those calls.
    """

    kind: Literal["picture"] = "picture"
    calls: tuple[Call, ...]
    queue: Queue
    duty: Duty
    line: str = ""
    briefs: tuple[Brief, ...] = ()


class Happened(Message):
    """One event of a call of this seat."""

    kind: Literal["happened"] = "happened"
    event: Annotated[CallEvent, Field(discriminator="kind")]


class QueueMoved(Message):
    """The queue as it is now."""

    kind: Literal["queue_moved"] = "queue_moved"
    queue: Queue


class DutyChanged(Message):
    """An operator's state: this seat's, and for a lead every seat's of the site."""

    kind: Literal["duty_changed"] = "duty_changed"
    duty: Duty


class LineChanged(Message):
    """The exchange is reachable (empty) or not (problem code)."""

    kind: Literal["line_changed"] = "line_changed"
    line: str


class Troubled(Message):
    """All that is wrong with the gateway itself now, by problem codes; empty: nothing any more."""

    kind: Literal["troubled"] = "troubled"
    codes: tuple[str, ...]


class Done(Message):
    """What became of a command. `why` is empty or a problem code."""

    kind: Literal["done"] = "done"
    id: str
    ok: bool
    why: str = ""


News = Annotated[
    Welcome
    | Refused
    | Picture
    | Happened
    | QueueMoved
    | DutyChanged
    | LineChanged
    | Troubled
    | Alerted
    | AlertSeen
    | Colleagues
    | Asked
    | SeatWanted
    | SeatSettled
    | Done,
    Field(discriminator="kind"),
]

NEWS: TypeAdapter[Any] = TypeAdapter(News)
