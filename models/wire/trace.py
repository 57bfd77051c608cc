"""The trace on its way: a stretch of a chain, and the server's receipt for it."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from models.trace import joining, receipt, succession
from models.trace.chain import Place
from models.wire.base import Message

MOST_ENTRIES = 2000
_Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
_Number = Annotated[int, Field(ge=0, lt=2**30)]


class ChainPlace(Message):
    """An entry's number (0: the beginning) and the hash there."""

    n: _Number
    head: _Hash

    def value(self) -> Place:
        """The place itself."""
        return Place(self.n, self.head)

    @classmethod
    def of(cls, place: Place) -> "ChainPlace":
        """A place made ready to travel."""
        return cls(n=place.n, head=place.head)


class Stretch(Message):
    """Entries of one chain (operator, workstation, epoch) behind `start`, each a flat document.

    `head` is the hash of the last entry; `kept` the place from which on the workstation still has entries.
    """

    epoch: Annotated[str, Field(min_length=8, max_length=64, pattern="^[0-9a-f]+$")]
    workstation: Annotated[str, Field(max_length=64, pattern="^[0-9A-Za-z._-]+$")]
    kept: ChainPlace
    start: ChainPlace
    head: _Hash
    entries: Annotated[tuple[dict[str, Any], ...], Field(max_length=MOST_ENTRIES, fail_fast=True)]

    def value(self) -> joining.Stretch:
        """The stretch itself."""
        return joining.Stretch(
            self.epoch, self.workstation, self.kept.value(), self.start.value(), self.entries, self.head
        )

    @classmethod
    def of(cls, stretch: joining.Stretch) -> "Stretch":
        """A stretch made ready to travel."""
        return cls(
            epoch=stretch.epoch,
            workstation=stretch.workstation,
            kept=ChainPlace.of(stretch.kept),
            start=ChainPlace.of(stretch.start),
            head=stretch.head,
            entries=tuple(dict(one) for one in stretch.entries),
        )


class Succession(Message):
    """`key` took the place of `former`; both signed "xinqiao receipt key 1", former, key and at (UTC), joined
    by line feeds. Keys and signatures Ed25519, in base64.
    """

    former: Annotated[str, Field(max_length=64)]
    key: Annotated[str, Field(max_length=64)]
    at: datetime
    by_former: Annotated[str, Field(max_length=128)]
    by_key: Annotated[str, Field(max_length=128)]


class Receipt(Message):
    """The server holds the chain up to entry `n` with this head; key and signature Ed25519, in base64.

    Signed is "xinqiao receipt 1", epoch, n, head and at (UTC, `2026-11-22T17:00:00.120000+00:00`, without the
    fraction where that is nought), joined by line feeds. A receipt
    that says less than the stretch that was sent asks for the entries after `n`. `successions` lead from
    former keys of the server to this one.
    """

    epoch: Annotated[str, Field(max_length=64)]
    n: _Number
    head: _Hash
    at: datetime
    key: Annotated[str, Field(max_length=64)]
    signature: Annotated[str, Field(max_length=128)]
    successions: Annotated[tuple[Succession, ...], Field(max_length=32)] = ()

    def value(self) -> receipt.Receipt:
        """The receipt itself."""
        known = tuple(
            succession.Succession(one.former, one.key, one.at, one.by_former, one.by_key)
            for one in self.successions
        )
        return receipt.Receipt(self.epoch, Place(self.n, self.head), self.at, self.key, self.signature, known)

    @classmethod
    def of(cls, given: receipt.Receipt) -> "Receipt":
        """A receipt made ready to travel."""
        return cls(
            epoch=given.epoch,
            n=given.place.n,
            head=given.place.head,
            at=given.at,
            key=given.key,
            signature=given.signature,
            successions=tuple(
                Succession(
                    former=one.former, key=one.key, at=one.at, by_former=one.by_former, by_key=one.by_key
                )
                for one in given.successions
            ),
        )


class AlarmTold(Message):
    """A chain was found broken at a place (`name`), whose and at which workstation; `why` is a code."""

    name: Annotated[str, Field(max_length=128)]
    why: Annotated[str, Field(max_length=16)]
    operator: Annotated[str, Field(max_length=64)]
    workstation: Annotated[str, Field(max_length=64)]
    at: datetime


class Alarms(Message):
    """What is open, newest first, at most fifty of `count`; and whether the hourly checkpoint is overdue."""

    count: int
    alarms: Annotated[tuple[AlarmTold, ...], Field(max_length=50)]
    checkpoint_late: bool
