"""Feeds: gapless numbers in the order of commits, one entry for each record, a sum over all."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Row, select, tuple_

from models.codec import Document
from models.sync.record import checksum
from server.central.storage.records import Key
from server.central.storage.tables import feed_entry, feed_head, record
from server.central.storage.upsert import put, put_missing


@dataclass(frozen=True, slots=True)
class Placed:
    """The state in which a record is to stand in a feed; `gone`: it is not to be kept any more."""

    feed: str
    type: str
    id: str
    ver: int
    gone: bool = False

    @property
    def place(self) -> tuple[str, str, str]:
        """Feed, type and id: where there is one entry at most."""
        return self.feed, self.type, self.id

    @property
    def checksum(self) -> int:
        """Its share in the feed's sum."""
        return 0 if self.gone else checksum(self.type, self.id, self.ver)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a feed stands: its last number, how many records it holds, the XOR over their checksums."""

    head: int
    n: int
    x: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed with the document, which is None where the record is gone."""

    feed: str
    seq: int
    type: str
    id: str
    ver: int
    doc: Document | None


def lock_heads(connection: Connection, feeds: Iterable[str]) -> dict[str, Head]:
    """The heads, for this transaction alone. Always in sorted order, so that no two wait for each other."""
    names = sorted(set(feeds))
    put_missing(
        connection, feed_head, [{"feed": name, "head": 0, "n": 0, "x": f"{0:016x}"} for name in names]
    )
    query = select(feed_head).where(feed_head.c.feed.in_(names)).order_by(feed_head.c.feed).with_for_update()
    return {row.feed: Head(row.head, row.n, row.x) for row in connection.execute(query)}


def placed_records(connection: Connection, keys: Collection[Key]) -> list[Placed]:
    """Where the records stand now."""
    query = select(feed_entry).where(tuple_(feed_entry.c.type, feed_entry.c.id).in_(keys))
    return [_placed(row) for row in connection.execute(query)] if keys else []


def place(connection: Connection, wanted: Iterable[Placed], before: Iterable[Placed]) -> None:
    """Let the records stand as wanted; those that stand so already are left alone."""
    standing = {one.place: one for one in before}
    moved = [one for one in wanted if standing.get(one.place) != one]
    heads = lock_heads(connection, (one.feed for one in moved)) if moved else {}
    entries = []
    for one in moved:
        heads[one.feed] = after = _advanced(heads[one.feed], standing.get(one.place), one)
        entries.append(
            {
                "feed": one.feed,
                "type": one.type,
                "id": one.id,
                "seq": after.head,
                "ver": one.ver,
                "gone": one.gone,
            }
        )
    put(connection, feed_entry, entries)
    rows = [{"feed": feed, "head": at.head, "n": at.n, "x": at.x} for feed, at in sorted(heads.items())]
    put(connection, feed_head, rows)


def heads_of(connection: Connection, feeds: Collection[str]) -> dict[str, Head]:
    """Where the feeds stand; one that nothing was ever placed in stands at nought."""
    query = select(feed_head).where(feed_head.c.feed.in_(feeds))
    known = {row.feed: Head(row.head, row.n, row.x) for row in connection.execute(query)}
    return {feed: known.get(feed, Head(0, 0, f"{0:016x}")) for feed in feeds}


def entries_after(connection: Connection, cursor: Mapping[str, int], most: int) -> list[Item]:
    """The next entries after the cursor, feed by feed in sorted order, with the documents of now."""
    items: list[Item] = []
    of_record = (record.c.type == feed_entry.c.type) & (record.c.id == feed_entry.c.id)
    columns = (feed_entry.c.seq, feed_entry.c.type, feed_entry.c.id, feed_entry.c.ver, feed_entry.c.gone)
    for feed, seq in sorted(cursor.items()):
        if len(items) == most:
            break
        query = (
            select(*columns, record.c.doc)
            .join_from(feed_entry, record, of_record)
            .where(feed_entry.c.feed == feed, feed_entry.c.seq > seq)
            .order_by(feed_entry.c.seq)
            .limit(most - len(items))
        )
        items += [
            Item(feed, row.seq, row.type, row.id, row.ver, None if row.gone else row.doc)
            for row in connection.execute(query)
        ]
    return items


def _advanced(head: Head, before: Placed | None, after: Placed) -> Head:
    held = before is not None and not before.gone
    gained = int(not after.gone) - int(held)
    sums = int(head.x, 16) ^ (before.checksum if before else 0) ^ after.checksum
    return Head(head.head + 1, head.n + gained, f"{sums:016x}")


def _placed(row: Row[tuple[object, ...]]) -> Placed:
    return Placed(**{name: value for name, value in row._asdict().items() if name != "seq"})
