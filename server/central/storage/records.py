"""Records as sealed documents with the columns by which the server finds them."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from operator import attrgetter
from typing import Any

import orjson
from sqlalchemy import Connection, Select, select, text

from models.codec import Document
from server.central.sealing.coded import coded_of
from server.central.sealing.pages import Destroyed
from server.central.sealing.sealing import OPEN, Sealing
from server.central.sealing.vocabulary import Vocabulary
from server.central.storage.bulk import Values, given, insert_rows, is_postgresql, put_rows, rows_of
from server.central.storage.engine import sealing_of, vocabulary_of
from server.central.storage.lookup import rows_of_records
from server.central.storage.tables import record

Key = tuple[str, str]
Caller = tuple[str, str]
"""A number at a site: the site and the keyed hash."""


# Not frozen, as its neighbours are: that would double what it costs to make one, and a push makes thousands.
@dataclass(slots=True)
class Outline:
    """What the server knows of a record without unsealing it. Empty columns are those its type does not have.

    `level` is the peak of an assessment, or how far another record is (sync/columns.py), `caller` the keyed
    hash of the number of an incoming call, `at` when a call came (ISO 8601 in UTC, so that it sorts), `taken`
    when this server first took the record (seconds since 1970, UTC): what rights that end are counted from;
    `seal` names its key.
    """

    type: str
    id: str
    ver: int
    site: str
    author: str = ""
    call: str = ""
    note: str = ""
    level: str = ""
    caller: str = ""
    at: str = ""
    taken: float = 0.0
    seal: int = OPEN

    @property
    def key(self) -> Key:
        """Type and id."""
        return self.type, self.id


@dataclass(slots=True)
class Kept(Outline):
    """One record with its document."""

    doc: Document = field(default_factory=dict)


_values_of = attrgetter(*Outline.__slots__)
_OUTLINE = tuple(record.c[name] for name in Outline.__slots__)
_SEAL = Outline.__slots__.index("seal")
_WRITTEN = (*Outline.__slots__, "content", "coded")
_HAS_CALL = text("record.call <> ''")


def encoded(document: Any) -> bytes:
    """A document as JSON."""
    try:
        return orjson.dumps(document)
    except TypeError:
        # A number too long for the quick way.
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def sealed_name(kind: str, entity: str, version: int) -> str:
    """What the document of one version of a record is sealed under."""
    return f"record/{kind}/{entity}/{version}"


def find_records(connection: Connection, keys: Collection[Key]) -> dict[Key, Kept]:
    """Those of the records that exist, unsealed; one whose key was destroyed has no document and no key."""
    rows = rows_of_records(connection, record, _WRITTEN, keys)
    sealing = sealing_of(connection)
    sealing.look_up(row[_SEAL] for row in rows)
    found: dict[Key, Kept] = {}
    for *outline, content, coded in rows:
        kept = Outline(*outline)
        doc = coded if kept.seal == OPEN else _unsealed(sealing, kept, bytes(content))
        found[kept.key] = Kept(*(*outline, doc)) if doc else _emptied(kept)
    return found


def records_of_calls(connection: Connection, calls: Collection[str]) -> list[Outline]:
    """All that belongs to the calls: themselves, notes, assessments, referrals."""
    if not calls:
        return []
    query = _outlines_query(is_postgresql(connection))
    return [Outline(*row) for row in rows_of(connection, query, {"calls": list(calls)})]


def write_records(connection: Connection, records: Iterable[Kept], known: Collection[Key]) -> None:
    """Seal and write records; `known` are those that stand in the database in an earlier version."""
    sealing = sealing_of(connection)
    new: list[Kept] = []
    changed: list[Kept] = []
    for kept in records:
        (changed if known and kept.key in known else new).append(kept)
    codes = vocabulary_of(connection)
    insert_rows(connection, record, _WRITTEN, (_row(sealing, codes, kept) for kept in new))
    put_rows(connection, record, _WRITTEN, [_row(sealing, codes, kept) for kept in changed])


def _row(sealing: Sealing, codes: Vocabulary, kept: Kept) -> Values:
    content = None
    if kept.seal != OPEN:
        content = sealing.seal(kept.seal, sealed_name(kept.type, kept.id, kept.ver), encoded(kept.doc))
    return (*_values_of(kept), content, orjson.dumps(coded_of(kept.type, kept.doc, codes)))


def _unsealed(sealing: Sealing, kept: Outline, content: bytes) -> Document:
    name = sealed_name(kept.type, kept.id, kept.ver)
    try:
        document: Document = orjson.loads(sealing.unseal(kept.seal, name, content))
    except Destroyed:
        return {}
    return document


def _emptied(kept: Outline) -> Kept:
    """A record whose key was destroyed."""
    return replace(Kept(*_values_of(kept)), seal=OPEN)


# Statements are made once: to make one takes longer than to run it.
@cache
def _outlines_query(postgresql: bool) -> Select[tuple[Any, ...]]:
    return select(*_OUTLINE).where(given(postgresql, record.c.call, "calls"), _HAS_CALL)
