"""What an exchange tells of a call; every event has an id, so that hearing it twice changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from models.calls.outgoing import Placed, Rang
from models.calls.pressing import Pressed
from models.calls.quality import Measured
from models.calls.queueing import Diverted, Ranked, Wished


class Direction(StrEnum):
    """Who called whom."""

    IN = "in"
    OUT = "out"


class Origin(StrEnum):
    """Where the record of the call comes from."""

    LINE = "line"
    MANUAL = "manual"
    PRACTICE = "practice"


class CallEnd(StrEnum):
    """How a call ended (domain.md 2, call_end)."""

    NORMAL = "E1"
    CALLER_HUNG_UP = "E2"
    LINE_LOST = "E3"
    OPERATOR_ENDED = "E4"
    TRANSFERRED = "E5"


class Watching(StrEnum):
    """How a supervisor or lead takes part in a call of somebody else."""

    LISTEN = "listen"
    WHISPER = "whisper"
    """Heard by the operator only."""
    JOIN = "join"
    GONE = "gone"


class Taping(StrEnum):
    """What the recording of a call is doing."""

    ON = "on"
    PAUSED = "paused"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Offered:
    """The call rings at a seat.

    `number` is as the exchange gave it, empty when withheld; `entered_at`, when it joined the queue.
    """

    id: str
    call: str
    at: datetime
    seat: str
    number: str
    dialled: str
    entered_at: datetime
    kind: Literal["offered"] = "offered"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The ring at a seat stopped without an answer there."""

    id: str
    call: str
    at: datetime
    seat: str
    kind: Literal["withdrawn"] = "withdrawn"


@dataclass(frozen=True, slots=True)
class Answered:
    """Caller and seat hear each other."""

    id: str
    call: str
    at: datetime
    seat: str
    kind: Literal["answered"] = "answered"


@dataclass(frozen=True, slots=True)
class Held:
    """The caller hears music."""

    id: str
    call: str
    at: datetime
    kind: Literal["held"] = "held"


@dataclass(frozen=True, slots=True)
class Resumed:
    """The caller is back from hold."""

    id: str
    call: str
    at: datetime
    kind: Literal["resumed"] = "resumed"


@dataclass(frozen=True, slots=True)
class Muted:
    """The operator's voice is cut (`on`) or heard again."""

    id: str
    call: str
    at: datetime
    on: bool
    kind: Literal["muted"] = "muted"


@dataclass(frozen=True, slots=True)
class Invited:
    """A third party is being called; `party` is the id the console made for this attempt.

    `seat` is a colleague's, whose console rings with the call; then `dial` is empty.
    """

    id: str
    call: str
    at: datetime
    party: str
    dial: str
    label: str
    seat: str = ""
    kind: Literal["invited"] = "invited"


@dataclass(frozen=True, slots=True)
class PartyRang:
    """The third party's telephone rings."""

    id: str
    call: str
    at: datetime
    party: str
    kind: Literal["party_rang"] = "party_rang"


@dataclass(frozen=True, slots=True)
class Joined:
    """The third party is in the conversation."""

    id: str
    call: str
    at: datetime
    party: str
    kind: Literal["joined"] = "joined"


@dataclass(frozen=True, slots=True)
class Left:
    """The third party is gone or was never reached; `cause`: left, busy, no_answer, unreachable, refused."""

    id: str
    call: str
    at: datetime
    party: str
    cause: str
    kind: Literal["left"] = "left"


@dataclass(frozen=True, slots=True)
class Released:
    """The operator left the conversation, which goes on without them (`on`), or came back to it."""

    id: str
    call: str
    at: datetime
    on: bool
    kind: Literal["released"] = "released"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The conversation belongs to this seat from now on."""

    id: str
    call: str
    at: datetime
    seat: str
    operator: str
    kind: Literal["handed_over"] = "handed_over"


@dataclass(frozen=True, slots=True)
class Watched:
    """A supervisor at `seat` began to listen, whisper or join, or is gone."""

    id: str
    call: str
    at: datetime
    seat: str
    operator: str
    how: Watching
    kind: Literal["watched"] = "watched"


@dataclass(frozen=True, slots=True)
class Taped:
    """The recording began, pauses, goes on or is over; `recording` names it in the recordings' store."""

    id: str
    call: str
    at: datetime
    state: Taping
    recording: str
    kind: Literal["taped"] = "taped"


@dataclass(frozen=True, slots=True)
class Ended:
    """The caller's line is closed.

    `cause` says why nobody was reached by a call from here: busy, no_answer, unreachable, refused,
    cancelled (by the operator), phone (the seat's telephone did not come); "" for every other call.
    """

    id: str
    call: str
    at: datetime
    end: CallEnd
    cause: str = ""
    kind: Literal["ended"] = "ended"


CallEvent = (
    Placed
    | Rang
    | Offered
    | Withdrawn
    | Answered
    | Held
    | Resumed
    | Muted
    | Invited
    | PartyRang
    | Joined
    | Left
    | Released
    | HandedOver
    | Watched
    | Taped
    | Pressed
    | Measured
    | Ranked
    | Diverted
    | Wished
    | Ended
)

EVENTS: dict[str, type[CallEvent]] = {
    "placed": Placed,
    "rang": Rang,
    "offered": Offered,
    "withdrawn": Withdrawn,
    "answered": Answered,
    "held": Held,
    "resumed": Resumed,
    "muted": Muted,
    "invited": Invited,
    "party_rang": PartyRang,
    "joined": Joined,
    "left": Left,
    "released": Released,
    "handed_over": HandedOver,
    "watched": Watched,
    "taped": Taped,
    "pressed": Pressed,
    "measured": Measured,
    "ranked": Ranked,
    "diverted": Diverted,
    "wished": Wished,
    "ended": Ended,
}
