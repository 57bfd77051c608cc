"""Feeds: gapless numbers in the order of commits, one entry for each record, a sum over all."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
)

from models.sync.record import checksum
from server.central.sealing.pages import Destroyed
from server.central.sealing.sealing import OPEN, Sealing
from server.central.storage.bulk import Values, given, insert_rows, is_postgresql, put_rows, rows_of
from server.central.storage.engine import note_moved, sealing_of
from server.central.storage.lookup import rows_of_records
from server.central.storage.records import Key, sealed_name
from server.central.storage.tables import feed_entry, feed_head, record
from server.central.storage.upsert import put_missing

_HEAD = ("feed", "head", "n", "x")
_PLACED = ("feed", "type", "id", "ver", "gone")
_ENTRY = ("feed", "type", "id", "seq", "ver", "gone")
_VIEW_BYTES = 400
_PAGE = "500"


@dataclass(slots=True)
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


@dataclass(frozen=True, slots=True)
class Head:
    """Where a feed stands: its last number, how many records it holds, the XOR over their checksums."""

    head: int
    n: int
    x: str


@dataclass(slots=True)
class _Growing:
    """A head while entries are placed."""

    head: int
    n: int
    x: int

    def take(self, before: Placed | None, after: Placed) -> None:
        """Count an entry in; its number is that of the head."""
        self.head += 1
        if not after.gone:
            self.n += 1
            self.x ^= checksum(after.type, after.id, after.ver)
        if before is not None and not before.gone:
            self.n -= 1
            self.x ^= checksum(before.type, before.id, before.ver)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed with the document as JSON, which is None where the record is gone."""

    feed: str
    seq: int
    type: str
    id: str
    ver: int
    doc: bytes | None


def lock_heads(connection: Connection, feeds: Iterable[str]) -> dict[str, Head]:
    """The heads, for this transaction alone. Always in sorted order, so that no two wait for each other."""
    names = sorted(set(feeds))
    query, these = _locking_query(is_postgresql(connection)), {"feeds": names}
    heads = {feed: Head(head, n, x) for feed, head, n, x in rows_of(connection, query, these)}
    if len(heads) < len(names):
        # Two that make the same feed at once may get in each other's way: then one of them is tried again.
        put_missing(connection, feed_head, [_blank(name) for name in names if name not in heads])
        heads = {feed: Head(head, n, x) for feed, head, n, x in rows_of(connection, query, these)}
    return heads


def placed_records(connection: Connection, keys: Collection[Key]) -> list[Placed]:
    """Where the records stand now."""
    return [Placed(*row) for row in rows_of_records(connection, feed_entry, _PLACED, keys)]


def place(connection: Connection, wanted: Iterable[Placed], before: Iterable[Placed]) -> None:
    """Let the records stand as wanted; those that stand so already are left alone."""
    standing = {one.place: one for one in before}
    moved = [one for one in wanted if standing.get(one.place) != one] if standing else list(wanted)
    if not moved:
        return
    locked = lock_heads(connection, {one.feed for one in moved})
    heads = {feed: _Growing(at.head, at.n, int(at.x, 16)) for feed, at in locked.items()}
    new: list[Values] = []
    changed: list[Values] = []
    for one in moved:
        known = standing.get(one.place) if standing else None
        head = heads[one.feed]
        head.take(known, one)
        (changed if known else new).append((one.feed, one.type, one.id, head.head, one.ver, one.gone))
    insert_rows(connection, feed_entry, _ENTRY, new)
    put_rows(connection, feed_entry, _ENTRY, changed)
    rows = [(feed, at.head, at.n, f"{at.x:016x}") for feed, at in sorted(heads.items())]
    put_rows(connection, feed_head, _HEAD, rows)
    note_moved(connection, {feed: at.head for feed, at in heads.items()})


def heads_of(connection: Connection, feeds: Collection[str]) -> dict[str, Head]:
    """Where the feeds stand; one that nothing was ever placed in stands at nought."""
    found = rows_of(connection, _heads_query(is_postgresql(connection)), {"feeds": list(feeds)})
    known = {feed: Head(head, n, x) for feed, head, n, x in found}
    return {feed: known.get(feed, Head(0, 0, f"{0:016x}")) for feed in feeds}


def entries_after(
    connection: Connection, cursor: Mapping[str, int], most: int, most_bytes: int
) -> list[Item]:
    """The next entries after the cursor, feed by feed in sorted order, with the documents of now.

    At most so many, 500 of each feed, and no further one once their documents come to so many bytes.
    """
    items: list[Item] = []
    size = 0
    for feed, seq in sorted(cursor.items()):
        if len(items) >= most or size >= most_bytes:
            break
        found = _entries(connection, feed, seq, most - len(items), most_bytes - size)
        items += found
        size += sum(len(item.doc or b"") for item in found)
    return items


def _entries(connection: Connection, feed: str, seq: int, most: int, most_bytes: int) -> list[Item]:
    after = {"this": feed, "after": seq, "most": most, "most_bytes": most_bytes}
    rows = rows_of(connection, _entries_query(), after)
    sealing = sealing_of(connection)
    sealing.look_up(seal for _, _, _, _, gone, _, seal, *_ in rows if not gone)
    items = []
    for at, kind, entity, ver, gone, now, seal, content, coded_text, *_ in rows:
        doc = coded_text.encode()
        if seal and not gone:
            doc = _unsealed(sealing, seal, sealed_name(kind, entity, now), bytes(content))
        items.append(Item(feed, at, kind, entity, ver, None if gone else doc))
    return items


def _unsealed(sealing: Sealing, seal: int, name: str, content: bytes) -> bytes | None:
    try:
        return sealing.unseal(seal, name, content)
    except Destroyed:
        return None


# Statements are made once: to make one takes longer than to run it.
@cache
def _entries_query() -> Select[tuple[Any, ...]]:
    # A number that the planner can see: it looks up so many records, and never reads a table for a page.
    after = (feed_entry.c.feed == bindparam("this")) & (feed_entry.c.seq > bindparam("after"))
    first = select(feed_entry).where(after).order_by(feed_entry.c.seq).limit(literal_column(_PAGE))
    entry = first.subquery("entry").c
    of_record = (record.c.type == entry.type) & (record.c.id == entry.id)
    # The version of now: what a document was sealed under may be newer than the entry.
    known = (record.c.ver.label("now"), record.c.seal, record.c.content)
    coded = case((record.c.seal == OPEN, cast(record.c.coded, Text)), else_="").label("coded")
    size = func.coalesce(func.length(record.c.content), _VIEW_BYTES).label("size")
    page = (
        select(entry.seq, entry.type, entry.id, entry.ver, entry.gone, *known, coded, size)
        .where(of_record)
        .order_by(entry.seq)
        .limit(bindparam("most", type_=Integer))
        .subquery()
    )
    before = (func.sum(page.c.size).over(order_by=page.c.seq) - page.c.size).label("before")
    fitting = select(page, before).subquery()
    return select(fitting).where(fitting.c.before < bindparam("most_bytes")).order_by(fitting.c.seq)


@cache
def _heads_query(postgresql: bool) -> Select[tuple[Any, ...]]:
    columns = (feed_head.c.feed, feed_head.c.head, feed_head.c.n, feed_head.c.x)
    return select(*columns).where(given(postgresql, feed_head.c.feed, "feeds"))


@cache
def _locking_query(postgresql: bool) -> Select[tuple[Any, ...]]:
    return _heads_query(postgresql).order_by(feed_head.c.feed).with_for_update()


def _blank(feed: str) -> dict[str, str | int]:
    return {"feed": feed, "head": 0, "n": 0, "x": f"{0:016x}"}
