"""A pull: one page of what is new in the feeds that a ticket opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from models.access.matrix import Matrix
from models.clock import Clock
from models.wire.sync import FeedSum, Pulled, PulledItem
from server.central.access.deliveries import log_deliveries
from server.central.access.feeds import open_feeds
from server.central.storage.engine import Database, reading
from server.central.storage.feeds import Head, Item, entries_after, heads_of
from server.central.storage.schema import DatabaseIdentity
from server.central.tickets import Ticket

MOST_ITEMS = 500


@dataclass(frozen=True, slots=True)
class PullDesk:
    """Where devices fetch what is new."""

    engine: Database
    clock: Clock
    identity: DatabaseIdentity
    rights: Matrix

    def pull(self, ticket: Ticket, cursor: Mapping[str, int], limit: int) -> Pulled:
        """The next page after the cursor; `limit` is the number of items, 500 at most.

        A feed that the ticket does not open is left out of cursor and answer. A cursor beyond a feed's
        head comes from before a restore and is answered as it is: the device notices by the sums.
        """
        feeds = open_feeds(self.rights, ticket.operator)
        before = {feed: cursor.get(feed, 0) for feed in feeds}
        most = max(1, min(limit, MOST_ITEMS))
        with reading(self.engine) as connection:
            heads = heads_of(connection, feeds)
            items = entries_after(connection, before, most)
        after = before | {item.feed: item.seq for item in items}
        log_deliveries(self.engine, ticket.operator.id, items, self.clock.now())
        return Pulled(
            items=tuple(_wired(item) for item in items),
            cursor=after,
            more=any(after[feed] < head.head for feed, head in heads.items()),
            feeds=feeds,
            sums={feed: _sum(head) for feed, head in heads.items()},
            server_epoch=self.identity.server_epoch,
            now=self.clock.now(),
        )

    def has_news(self, ticket: Ticket, cursor: Mapping[str, int]) -> bool:
        """True where a pull would bring something."""
        feeds = open_feeds(self.rights, ticket.operator)
        with reading(self.engine) as connection:
            heads = heads_of(connection, feeds)
        return any(head.head > cursor.get(feed, 0) for feed, head in heads.items())


def _sum(head: Head) -> FeedSum:
    return FeedSum(n=head.n, x=head.x)


def _wired(item: Item) -> PulledItem:
    kind: Literal["put", "gone"] = "gone" if item.doc is None else "put"
    return PulledItem(f=item.feed, s=item.seq, t=item.type, id=item.id, ver=item.ver, kind=kind, doc=item.doc)
