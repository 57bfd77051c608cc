"""A pull: one page of what is new in the feeds that a ticket opens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from models.access.matrix import Matrix
from models.clock import Clock
from models.schema import PRESENT, Span
from server.central.access.deliveries import log_deliveries
from server.central.access.feeds import open_feeds
from server.central.storage.engine import Database, reading
from server.central.storage.feeds import Item, entries_after, heads_of
from server.central.storage.ledger import last_of
from server.central.storage.schema import DatabaseIdentity
from server.central.tickets import Ticket

MOST_ITEMS = 500
MOST_BYTES = 1024 * 1024
"""No further document begins on a page that has so many bytes of them."""


def _uncounted(_items: int) -> None:
    return


@dataclass(frozen=True, slots=True)
class PullDesk:
    """Where devices fetch what is new."""

    engine: Database
    clock: Clock
    identity: DatabaseIdentity
    rights: Matrix
    span: Span = PRESENT
    given: Callable[[int], None] = _uncounted

    def pull(self, ticket: Ticket, cursor: Mapping[str, int], limit: int, epoch: str = "") -> bytes:
        """The next page after the cursor, a `Pulled` as JSON; `limit` is the number of items, 500 at most.

        A feed that the ticket does not open is left out of cursor and answer. A cursor beyond a feed's
        head comes from before a restore and is answered with the head: so the device notices. With the
        `epoch` of a device the page tells the last number taken under it, to the same end.
        """
        feeds = open_feeds(self.rights, ticket.operator)
        before = {feed: cursor.get(feed, 0) for feed in feeds}
        most = max(1, min(limit, MOST_ITEMS))
        with reading(self.engine) as connection:
            heads = heads_of(connection, feeds)
            before = {feed: min(seq, heads[feed].head) for feed, seq in before.items()}
            behind = {feed: seq for feed, seq in before.items() if seq < heads[feed].head}
            items = entries_after(connection, behind, most, MOST_BYTES)
            last = last_of(connection, epoch, ticket.operator.id) if epoch else None
        after = before | {item.feed: item.seq for item in items}
        self.given(len(items))
        log_deliveries(self.engine, ticket.operator.id, items, self.clock.now())
        return _page(
            items,
            {
                "cursor": after,
                "more": any(after[feed] < head.head for feed, head in heads.items()),
                "feeds": feeds,
                "sums": {feed: {"n": head.n, "x": head.x} for feed, head in heads.items()},
                "server_epoch": self.identity.server_epoch,
                "now": self.clock.now(),
                "last": last,
            },
        )

    def heads(self, feeds: Sequence[str]) -> dict[str, int]:
        """The last numbers of feeds."""
        with reading(self.engine) as connection:
            return {feed: head.head for feed, head in heads_of(connection, feeds).items()}

    def feeds(self, ticket: Ticket) -> tuple[str, ...]:
        """The feeds that a ticket opens."""
        return open_feeds(self.rights, ticket.operator)

    def has_news(self, ticket: Ticket, cursor: Mapping[str, int]) -> bool:
        """True where a pull would bring something."""
        feeds = open_feeds(self.rights, ticket.operator)
        with reading(self.engine) as connection:
            heads = heads_of(connection, feeds)
        return any(head.head > cursor.get(feed, 0) for feed, head in heads.items())


def _page(items: Sequence[Item], about: Mapping[str, Any]) -> bytes:
    # Documents go out as they were stored: nobody here needs to know what they say.
    return b'{"items":[' + b",".join(map(_wired, items)) + b"]," + orjson.dumps(about)[1:]


def _wired(item: Item) -> bytes:
    kind = "gone" if item.doc is None else "put"
    named = {"f": item.feed, "s": item.seq, "t": item.type, "id": item.id, "ver": item.ver, "kind": kind}
    return orjson.dumps(named)[:-1] + b',"doc":' + (item.doc or b"null") + b"}"
