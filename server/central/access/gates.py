"""Keeping everybody else from sharing out records of a site while rights to them change."""

from collections.abc import Iterable

from models.sync.feeds import alert_feed, line_feed, shift_feed
from server.central.storage.engine import Transaction
from server.central.storage.feeds import lock_heads


def close_gates_of(transaction: Transaction, sites: Iterable[str]) -> None:
    """Let nobody write records of these sites until the transaction ends, as a push does for its own."""
    feeds = (alert_feed, line_feed, shift_feed)
    lock_heads(transaction, [feed(site) for site in set(sites) for feed in feeds])
