"""What the server itself does or lets happen, written into chains of its own: one for each hour."""

from collections.abc import Sequence
from datetime import UTC, datetime

from models.codec import to_document
from models.trace.chain import Link, canonical, following
from models.trace.entry import Entry, Happening, as_code
from server.central.storage.engine import Database, Transaction, written
from server.central.storage.trace import add_links, lock_chain, move_chain

SERVER = "server"

Deed = tuple[str, Happening]
"""The account that did it (`server` for what happens by itself), and what."""


def record(transaction: Transaction, at: datetime, *deeds: Deed) -> None:
    """Write into the server's chain of this hour, in the transaction that makes it happen.

    Transactions that record wait for each other: do it last.
    """
    now = at.astimezone(UTC)
    chain = lock_chain(transaction, f"{SERVER}:{hour_of(now)}", SERVER, SERVER)
    place, links = chain.place, list[Link]()
    for actor, what in deeds:
        entry = Entry.of(place.n + 1, now, as_code(actor), SERVER, what)
        text = canonical(to_document(entry))
        place = following(place, text)
        links.append(Link(place.n, text, place.head))
    add_links(transaction, chain.epoch, links, now, fits=True)
    move_chain(transaction, chain.epoch, place)


def record_alone(engine: Database, at: datetime, deeds: Sequence[Deed]) -> None:
    """The same in a transaction of its own, for what is no transaction or had its own."""
    written(engine, lambda transaction: record(transaction, at, *deeds))


def hour_of(at: datetime) -> str:
    """The name of an hour: 2026-11-22T17, UTC."""
    return at.astimezone(UTC).isoformat()[:13]
