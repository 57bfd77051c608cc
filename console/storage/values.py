"""What goes into the storage and what leaves it: frozen values, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.calls.call import Call
from models.codec import Document
from models.notes.note import Note
from models.operation import Operation, Outcome
from models.risk.assessment import Assessment
from models.trace.joining import Stretch


@dataclass(frozen=True, slots=True)
class Performed:
    """What an act did to its record here; `entity` is the record after it, `version` its local version."""

    op: str
    outcome: Outcome
    why: str
    version: int
    entity: Any


@dataclass(frozen=True, slots=True)
class Record:
    """One record as this workstation knows it; `pending` acts of it are not confirmed by the server."""

    type: str
    id: str
    version: int
    entity: Any
    pending: int


@dataclass(frozen=True, slots=True)
class ListedNote:
    """A note with its call and its assessment, where these are known here."""

    note: Note
    call: Call | None
    assessment: Assessment | None


@dataclass(frozen=True, slots=True)
class Refused:
    """An act the server did not apply: rejected, or held until a lead decides.

    `state` is waiting, released or dismissed (with the lead's `reason`).
    """

    op: str
    type: str
    id: str
    at: datetime
    outcome: Outcome
    why: str
    state: str = "waiting"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UnsentAct:
    """One act of the outbox: when it was done, when it left last (None: never), how often, again or not.

    `again`: the server had confirmed it before it was restored.
    """

    op: str
    type: str
    id: str
    at: datetime
    sent_at: datetime | None
    tries: int
    again: bool


@dataclass(frozen=True, slots=True)
class Unsent:
    """How many acts wait for the server and when the oldest of them was done."""

    count: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """The acts of one push with their places in the outbox, contiguous and in order, and a stretch of trace.

    There may be no acts: then the trace travels alone.
    """

    epoch: str
    rows: tuple[tuple[int, Operation], ...]
    stretch: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says of one act of a push."""

    seq: int
    op: str
    outcome: Outcome
    version: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The last number under an epoch of the device that the server said it has; 0: none."""

    epoch: str = ""
    last: int = 0


@dataclass(frozen=True, slots=True)
class FeedItem:
    """The latest state of one record in a feed; no document: it is gone from this feed."""

    feed: str
    seq: int
    type: str
    id: str
    version: int
    document: Document | None


@dataclass(frozen=True, slots=True)
class Sum:
    """How many records a feed holds and the XOR over their checksums."""

    n: int
    x: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a pull; the last page of a round has `more` false.

    `server_epoch` changes when the server was restored from a backup; `now` is its time, None where untold.
    `last` is what the server has of the device and epoch that were asked about, None where untold; `behind`:
    by that, or by its cursor, it knows less than it told before.
    """

    items: tuple[FeedItem, ...]
    cursor: Mapping[str, int]
    more: bool
    feeds: tuple[str, ...]
    sums: Mapping[str, Sum] = field(default_factory=dict)
    server_epoch: str = ""
    now: datetime | None = None
    last: int | None = None
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """What a page changed, as (type, id), and the feeds whose sum differed; those are pulled anew.

    `left_aside`: nothing of it was taken over, because the server was restored or acts were sent whose
    answer is still open; after the next push the same pull is right. `witnessed`: a restored server knows
    less than this workstation, which is to be pushed. `held` of `told` records are here: the progress of a
    first pull.
    """

    changed: tuple[tuple[str, str], ...] = ()
    unlike: tuple[str, ...] = ()
    left_aside: bool = False
    witnessed: bool = False
    held: int = 0
    told: int = 0


@dataclass(frozen=True, slots=True)
class Indexing:
    """How far the index of the search is: so many records of so many are still to come; 0 of 0 is all."""

    left: int = 0
    total: int = 0
