"""What the operator is told of syncing."""

from dataclasses import dataclass, field
from datetime import datetime

from console.storage.trace_values import TraceFault
from console.storage.values import Refused, Unsent


@dataclass(frozen=True, slots=True)
class Starting:
    """Nothing is known yet."""


@dataclass(frozen=True, slots=True)
class Synced:
    """At that moment all was sent and all that is new was here."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No word from the server since then; `why`: offline, timeout, certificate, proxy, answer, busy."""

    since: datetime
    why: str


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The server is there and answers no since then; `why`: ticket, schema, practice, …"""

    since: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Fetching:
    """Page after page comes in: so many of so many records are here. All of it can be used already."""

    held: int
    told: int


@dataclass(frozen=True, slots=True)
class Drained:
    """The right to work here was withdrawn, and all there was is handed in."""

    since: datetime


Link = Starting | Fetching | Synced | Unreachable | TurnedAway | Drained


@dataclass(frozen=True, slots=True)
class SyncState:
    """The link to the server, what waits to be sent, the acts it rejected or holds, a fault of the trace.

    `unlike` names feeds that were unlike the server's again after they had been pulled anew.
    """

    link: Link = Starting()
    unsent: Unsent = field(default_factory=Unsent)
    refused: tuple[Refused, ...] = ()
    unlike: tuple[str, ...] = ()
    trace: TraceFault | None = None
