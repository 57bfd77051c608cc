"""One entry of the trace: ids and codes, never a name, a number or a word of a caller."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST = 64
"""Characters of the longest id or code in an entry."""


class Act(StrEnum):
    """What somebody did."""

    CHANGED = "changed"
    READ = "read"
    UNMASKED = "unmasked"
    DELIVERED = "delivered"
    GLASS = "glass"
    ASKED = "asked"
    GRANTED = "granted"
    WITHDRAWN = "withdrawn"
    HELD = "held"
    ERASED = "erased"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    FAILED = "failed"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    REKEYED = "rekeyed"
    ENROLLED = "enrolled"
    REVOKED = "revoked"
    RECOVERED = "recovered"
    COPIED = "copied"
    UNLIKE = "unlike"
    WATCHED = "watched"
    TOOK_OVER = "took_over"
    DIALLED = "dialled"


@dataclass(frozen=True, slots=True)
class Happening:
    """What goes into the trace: an act, and on which record of which type (or person, workstation, feed).

    `op` is the operation that did it, `where` the view in which something was seen, `reason` a code from a
    list. All of them are ids and codes of at most 64 characters; words of people belong into records, whose
    id stands here. Raises ValueError for anything else.
    """

    act: Act
    type: str = ""
    id: str = ""
    op: str = ""
    where: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        for text in (self.type, self.id, self.op, self.where, self.reason):
            if as_code(text) != text:
                raise ValueError(f"an entry of the trace holds ids and codes only: {self.act} {self.type}")


def as_code(text: str) -> str:
    """An id of whatever origin as it may stand in an entry: shortened, without blanks."""
    return "".join("_" if sign.isspace() or not sign.isprintable() else sign for sign in text[:LONGEST])


@dataclass(frozen=True, slots=True)
class Entry:
    """A happening at its place in a chain: number from 1, time of the writer's wall clock, who, on what.

    The time decides nothing; the order is that of the numbers.
    """

    n: int
    at: datetime
    actor: str
    workstation: str
    act: str
    type: str = ""
    id: str = ""
    op: str = ""
    where: str = ""
    reason: str = ""

    @classmethod
    def of(cls, n: int, at: datetime, actor: str, workstation: str, what: Happening) -> "Entry":
        """A happening that got its place."""
        return cls(
            n,
            at,
            actor,
            workstation,
            what.act.value,
            what.type,
            what.id,
            what.op,
            what.where,
            what.reason,
        )
