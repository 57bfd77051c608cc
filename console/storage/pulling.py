"""What the server tells: pages of feeds, their cursors and sums; waiting acts are never overwritten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, update
from sqlalchemy.dialects.sqlite import insert

from console.storage.held import settle
from console.storage.records import Key, lay_over, read
from console.storage.restored import compare, conclude, is_learning
from console.storage.sending import meets_restored, start_epoch
from console.storage.tables import cursor, outbox, record, record_feed
from console.storage.timing import keep_trusted
from console.storage.values import Applied, FeedItem, Page, Sum
from models.sync import held
from models.sync.feeds import own_feed
from models.sync.record import Versioned, checksum


class _Older(Exception):
    """The server tells an earlier version than before: it was put back, and its feeds grew again since."""


@dataclass(slots=True)
class _Feed:
    """A cursor's row while a page is applied."""

    seq: int = 0
    n: int = 0
    x: int = 0

    def hold(self, kind: str, entity: str, version: int) -> None:
        """Count a record in."""
        self.n += 1
        self.x ^= checksum(kind, entity, version)

    def drop(self, kind: str, entity: str, version: int) -> None:
        """Count a record out."""
        self.n -= 1
        self.x ^= checksum(kind, entity, version)


def cursors(connection: Connection) -> dict[str, int]:
    """The number in each feed up to which it is known here."""
    return {row.feed: row.seq for row in connection.execute(select(cursor.c.feed, cursor.c.seq))}


def apply_page(connection: Connection, page: Page, now: datetime) -> Applied:
    """Apply a page; the same page twice changes nothing. The last one of a round also cleans up.

    Then what no feed covers any more goes, and a feed whose sum is unlike the server's is pulled anew.
    """
    if _knows_less(connection, page) or _in_doubt(connection):
        return Applied(left_aside=True)
    keep_trusted(connection, page.now)
    learning = is_learning(connection)
    feeds = {row.feed: _Feed(row.seq, row.n, int(row.sum, 16)) for row in connection.execute(select(cursor))}
    changed: list[Key] = []
    for item in page.items:
        feed = feeds.setdefault(item.feed, _Feed())
        if item.seq > feed.seq:
            _place(connection, feed, item)
            if learning and item.document is not None:
                key = (item.type, item.id)
                compare(connection, key, read(connection, key).base, item.version, now)
            try:
                changed += _taken_over(connection, item, learning)
            except _Older:
                start_epoch(connection, offer_again=True)
                return Applied(tuple(dict.fromkeys(changed)), left_aside=True)
    for name, seq in page.cursor.items():
        feed = feeds.setdefault(name, _Feed())
        feed.seq = max(feed.seq, seq)
    unlike: tuple[str, ...] = ()
    witnessed = False
    if not page.more:
        witnessed = learning and conclude(connection, now)
        _withdraw(connection, set(feeds) - set(page.feeds))
        changed += _purge(connection)
        feeds = {name: feed for name, feed in feeds.items() if name in page.feeds}
        unlike = tuple(name for name, asked in page.sums.items() if not _alike(feeds.get(name), asked))
        _doubt(connection, unlike)
    _keep(connection, {name: feed for name, feed in feeds.items() if name not in unlike})
    here = sum(feed.n for feed in feeds.values())
    told = sum(asked.n for asked in page.sums.values())
    return Applied(tuple(dict.fromkeys(changed)), unlike, witnessed=witnessed, held=here, told=told)


def _taken_over(connection: Connection, item: FeedItem, learning: bool) -> list[Key]:
    """Give a record its new state; gives the records that look different because of it."""
    changed: list[Key] = []
    if item.document is None:
        return changed
    if _rebase(connection, item, learning):
        changed.append((item.type, item.id))
    if item.type == held.ENTITY:
        settled = settle(connection, item.document)
        changed += [settled] if settled else []
    return changed


def _knows_less(connection: Connection, page: Page) -> bool:
    """True where the server was restored, by its own word or by what it has: then all starts anew with it."""
    if meets_restored(connection, page.server_epoch):
        return True
    if page.behind:
        start_epoch(connection, offer_again=True)
    return page.behind


def _in_doubt(connection: Connection) -> bool:
    """True while the page may hold acts that still count as waiting, because their answer was lost."""
    sent = select(outbox.c.seq).where(outbox.c.sent_at.is_not(None)).limit(1)
    return connection.scalar(sent) is not None


def _place(connection: Connection, feed: _Feed, item: FeedItem) -> None:
    """Note that the feed holds the record now, or no longer."""
    here = (
        record_feed.c.feed == item.feed,
        record_feed.c.type == item.type,
        record_feed.c.id == item.id,
    )
    held = connection.scalar(select(record_feed.c.ver).where(*here))
    if held is not None:
        feed.drop(item.type, item.id, held)
    if item.document is None:
        connection.execute(delete(record_feed).where(*here))
        return
    feed.hold(item.type, item.id, item.version)
    values = {"feed": item.feed, "type": item.type, "id": item.id, "ver": item.version}
    statement = insert(record_feed).values(values)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["feed", "type", "id"], set_={"ver": item.version})
    )


def _rebase(connection: Connection, item: FeedItem, learning: bool) -> bool:
    """Give a record its new confirmed state under the waiting acts; true where the view changed.

    Raises _Older where the server once told a later version of it.
    """
    stored = read(connection, (item.type, item.id))
    if stored.covered and item.version < stored.base.version and not learning:
        raise _Older
    before = stored.view.document
    if item.version >= stored.base.version or not stored.covered:
        stored.base = Versioned(item.document, item.version)
    stored.covered, stored.gone = True, False
    lay_over(connection, stored)
    return stored.view.document != before


def _withdraw(connection: Connection, feeds: Iterable[str]) -> None:
    names = tuple(feeds)
    if names:
        connection.execute(delete(record_feed).where(record_feed.c.feed.in_(names)))
        connection.execute(delete(cursor).where(cursor.c.feed.in_(names)))


def _doubt(connection: Connection, feeds: Iterable[str]) -> None:
    """Pull feeds anew. What only the own feed held stays even if it is not told again: own words."""
    for name in feeds:
        if name.startswith(own_feed("")):
            held = exists().where(
                record_feed.c.feed == name,
                record_feed.c.type == record.c.type,
                record_feed.c.id == record.c.id,
            )
            connection.execute(update(record).where(held).values(covered=0))
    _withdraw(connection, feeds)


def _purge(connection: Connection) -> list[Key]:
    """Remove what was in a feed and is in none now; with unsent acts it only leaves the views."""
    in_a_feed = exists().where(record_feed.c.type == record.c.type, record_feed.c.id == record.c.id)
    lost = (record.c.covered == 1, record.c.gone == 0, ~in_a_feed)
    keys = [(row.type, row.id) for row in connection.execute(select(record.c.type, record.c.id).where(*lost))]
    if keys:
        connection.execute(update(record).where(*lost).values(gone=1))
        connection.execute(delete(record).where(record.c.gone == 1, record.c.pending_n == 0))
    return keys


def _alike(feed: _Feed | None, asked: Sum) -> bool:
    known = feed or _Feed()
    return (known.n, known.x) == (asked.n, asked.x)


def _keep(connection: Connection, feeds: dict[str, _Feed]) -> None:
    for name, feed in feeds.items():
        values = {"feed": name, "seq": feed.seq, "n": feed.n, "sum": f"{feed.x:016x}"}
        statement = insert(cursor).values(values)
        connection.execute(statement.on_conflict_do_update(index_elements=["feed"], set_=values))
