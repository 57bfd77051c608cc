"""What the server itself does or lets happen, written into chains of its own: one for each hour."""

from datetime import UTC, datetime

from models.codec import to_document
from models.trace.chain import Link, canonical, following
from models.trace.entry import Entry, Happening
from server.central.storage.engine import Transaction
from server.central.storage.trace import add_links, lock_chain, move_chain

SERVER = "server"


def record(transaction: Transaction, at: datetime, actor: str, what: Happening) -> None:
    """Write a happening into the server's chain of this hour, in the transaction that makes it happen.

    `actor` is the account, or `server` for what happens by itself. Transactions that record wait for each
    other: do it last.
    """
    now = at.astimezone(UTC)
    chain = lock_chain(transaction, f"{SERVER}:{hour_of(now)}", SERVER, SERVER)
    text = canonical(to_document(Entry.of(chain.place.n + 1, now, actor, SERVER, what)))
    place = following(chain.place, text)
    add_links(transaction, chain.epoch, [Link(place.n, text, place.head)], now, fits=True)
    move_chain(transaction, chain.epoch, place)


def hour_of(at: datetime) -> str:
    """The name of an hour: 2026-11-22T17, UTC."""
    return at.astimezone(UTC).isoformat()[:13]
