"""The trace on its way: a stretch of a chain, and the server's receipt for it."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from models.wire.base import Message


class Stretch(Message):
    """Entries of one chain (operator, workstation, epoch) from number `start` on, each a document.

    `head` is the hash of the last entry.
    """

    start: Annotated[int, Field(ge=1)]
    head: Annotated[str, Field(max_length=64)]
    entries: Annotated[tuple[dict[str, Any], ...], Field(max_length=2000)]


class Receipt(Message):
    """The server holds the chain up to entry `n` with this head; signed (base64, Ed25519) by the server.

    The signature is over "xinqiao receipt 1", epoch, n, head and at, joined by line feeds.
    """

    n: int
    head: str
    at: datetime
    signature: str
