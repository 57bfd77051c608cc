"""Push and pull: what a sync client and the server say to each other (docs/protocol.md)."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from models.operation import Operation, Outcome
from models.schema import SCHEMA
from models.wire.base import Message
from models.wire.trace import Receipt, Stretch

PROTOCOL = 1
MOST_OPERATIONS = 500
MOST_BYTES = 8 * 1024 * 1024


class PushedOperation(Message):
    """One operation with its place in the device's outbox; `h` is its digest."""

    seq: Annotated[int, Field(ge=1)]
    op: Annotated[str, Field(min_length=1, max_length=64)]
    type: Annotated[str, Field(max_length=64)]
    id: Annotated[str, Field(min_length=1, max_length=64)]
    actor: Annotated[str, Field(max_length=64)]
    at: datetime
    v: int = 1
    base: int = 0
    body: dict[str, Any]
    h: str

    def value(self) -> Operation:
        """The operation itself."""
        return Operation(self.op, self.type, self.id, self.actor, self.at, self.body, self.base, self.v)

    @classmethod
    def of(cls, seq: int, operation: Operation) -> "PushedOperation":
        """An operation made ready to travel."""
        return cls(
            seq=seq,
            op=operation.op,
            type=operation.type,
            id=operation.id,
            actor=operation.actor,
            at=operation.at,
            v=operation.v,
            base=operation.base,
            body=dict(operation.body),
            h=operation.digest,
        )


class Push(Message):
    """Up to 500 operations of one device, in its order without gaps."""

    proto: int = PROTOCOL
    schema_version: int = SCHEMA
    app: str
    epoch: Annotated[str, Field(min_length=8, max_length=64)]
    # At the first fault it is read no further: a million faults would keep the server for a minute.
    ops: Annotated[tuple[PushedOperation, ...], Field(max_length=MOST_OPERATIONS, fail_fast=True)]
    audit: Stretch | None = None


class PushResult(Message):
    """What became of one operation; `dup`: it was known already, `st` is the first answer."""

    seq: int
    op: str
    st: Outcome
    ver: int
    why: str = ""
    dup: bool = False


class Pushed(Message):
    """The answers, in order, and the last sequence number the server holds of this device."""

    results: tuple[PushResult, ...]
    last: int
    server_epoch: str
    now: datetime
    receipt: Receipt | None = None


class PushRefused(Message):
    """The whole push was refused (409): `gap` with the expected number, `fork`, `mutated`, `practice`.

    `schema` (426) says from which schema on a push, or a pull, would be taken (`min_schema`), and which is
    the newest that the server knows.
    """

    why: Literal["gap", "fork", "mutated", "schema", "practice"]
    expected: int = 0
    last: int = 0
    min_schema: int = 0
    newest_schema: int = 0


class PulledItem(Message):
    """The latest state of one record in a feed; `kind` gone: it is not to be kept any more."""

    f: str
    s: int
    t: str
    id: str
    ver: int
    kind: Literal["put", "gone"]
    doc: dict[str, Any] | None = None


class FeedSum(Message):
    """How many records a feed holds and the XOR over their checksums (hex, 16 digits)."""

    n: int
    x: str


class Pulled(Message):
    """A page of changes; `cursor` goes back unchanged with the next pull.

    `last` is the last number that the server holds of the epoch that was asked about.
    """

    items: tuple[PulledItem, ...]
    cursor: dict[str, int]
    more: bool
    feeds: tuple[str, ...]
    sums: dict[str, FeedSum]
    server_epoch: str
    now: datetime
    last: int | None = None
