"""What the server signs: how far it holds a chain, and every hour the heads of all that moved."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models.trace.chain import Place
from models.trace.succession import Succession


@dataclass(frozen=True, slots=True)
class Receipt:
    """The server holds this chain up to this place; `key` and `signature` are Ed25519, in base64.

    `successions` tell which keys came before this one.
    """

    epoch: str
    place: Place
    at: datetime
    key: str
    signature: str
    successions: tuple[Succession, ...] = ()

    @property
    def text(self) -> bytes:
        """What is signed."""
        return receipt_text(self.epoch, self.place, self.at)


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain had come at a checkpoint."""

    epoch: str
    place: Place


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """All chains at the end of an hour (UTC, `2026-11-22T17`): those that moved since the one before.

    `before` is the digest of that one ("" for the first), so that each vouches for all chains. Key and
    signature as in a receipt.
    """

    hour: str
    before: str
    heads: tuple[Head, ...]
    at: datetime
    key: str
    signature: str

    @property
    def text(self) -> bytes:
        """What is signed."""
        return checkpoint_text(self.hour, self.before, self.heads, self.at)

    @property
    def digest(self) -> str:
        """What the next one stands on."""
        return hashlib.sha256(self.text).hexdigest()


def receipt_text(epoch: str, place: Place, at: datetime) -> bytes:
    """The text of a receipt."""
    return "\n".join(("xinqiao receipt 1", epoch, str(place.n), place.head, at.isoformat())).encode()


def checkpoint_text(hour: str, before: str, heads: Iterable[Head], at: datetime) -> bytes:
    """The text of a checkpoint."""
    lines = sorted(f"{one.epoch} {one.place.n} {one.place.head}" for one in heads)
    return "\n".join(("xinqiao checkpoint 1", hour, before, at.isoformat(), *lines)).encode()
