"""The index of the search, kept in the transaction that writes a record."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from console.storage.documents import load
from console.storage.indexing_known import concerned, keep_names, level_known
from models.codec import Document, from_document
from models.risk.assessment import Assessment
from models.search.known import CASE, KNOWN, PERSON
from models.search.query import number_words
from models.search.texts import CALL, KINDS, NOTE, PLACE, REFERRAL, RISK, parts_of, placed_at
from models.search.tokens import tokens_of
from resources.places.spoken import city_in

UNASSESSED = "RX"
_IN_A_SECOND = 256


@dataclass(frozen=True, slots=True)
class _Beside:
    """By what a record is filtered; of a call it is what its note says."""

    author: str = ""
    category: str = ""
    level: str = UNASSESSED
    city: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the index: its number, which is the time of its record, and the digest of what is in it."""

    n: int
    beside: _Beside
    digest: int


def second_of(at: datetime) -> int:
    """The first number of a row whose record began in this second."""
    return int(at.timestamp()) * _IN_A_SECOND


def time_of(n: int) -> datetime:
    """When the record of a row began, or changed last, to the second."""
    return datetime.fromtimestamp(n // _IN_A_SECOND, UTC)


def code_token(kind: str, code: str) -> str:
    """The token of a code in the index; a code may hold any signs, a token letters and digits alone."""
    return kind + code.encode().hex()


def follow(connection: Connection, kind: str, entity: str, document: Document | None) -> None:
    """Bring the index up to what a record says now."""
    if document is None:
        return
    if kind == RISK:
        _follow_level(connection, document)
    elif kind in KINDS:
        _put(connection, kind, entity, document)
        if kind == PERSON and document.get("joined"):
            # Whoever was parted from somebody may be as before while the others are not.
            _concerned(connection, entity, document)


def enqueue_all(connection: Connection) -> None:
    """Let every record come into the index, the newest first."""
    connection.exec_driver_sql("DELETE FROM search_pending")
    connection.exec_driver_sql(
        "INSERT INTO search_pending (type, id) SELECT type, id FROM record"
        " WHERE type IN ('note', 'referral', 'call', 'safety_plan', 'person', 'case', 'caller_plan')"
        " ORDER BY at DESC"
    )


def index_some(connection: Connection, most: int) -> None:
    """Take the next records that wait into the index."""
    found = connection.exec_driver_sql(
        "SELECT p.n, p.type, p.id, r.doc FROM search_pending p"
        " LEFT JOIN record r ON r.type = p.type AND r.id = p.id ORDER BY p.n LIMIT ?",
        (most,),
    ).all()
    for row in found:
        if row.doc is not None:
            _put(connection, row.type, row.id, load(row.doc))
    if found:
        connection.exec_driver_sql("DELETE FROM search_pending WHERE n <= ?", (found[-1].n,))


def _put(connection: Connection, kind: str, entity: str, document: Document) -> None:
    known = _row(connection, kind, entity)
    if kind == PERSON:
        keep_names(connection, entity, document)
    beside = _beside(connection, kind, entity, document)
    singles, pairs = tokens_of(part.text for part in parts_of(kind, document))
    codes = " ".join(_codes(kind, document, beside))
    digest = _digest(singles, pairs, codes)
    at = placed_at(kind, document)
    first = second_of(datetime.fromisoformat(at)) if at else 0
    in_time = known is not None and known.n // _IN_A_SECOND == first // _IN_A_SECOND
    if known and in_time and known.digest == digest:
        return
    if known:
        connection.exec_driver_sql("DELETE FROM search_text WHERE rowid = ?", (known.n,))
        connection.exec_driver_sql("DELETE FROM search_row WHERE n = ?", (known.n,))
    n = known.n if known and in_time else _free(connection, first)
    call = entity if kind == CALL or kind in KNOWN else str(document.get("call", ""))
    connection.exec_driver_sql(
        "INSERT INTO search_row (n, type, id, call, author, category, level, city, digest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (n, kind, entity, call, beside.author, beside.category, beside.level, beside.city, digest),
    )
    connection.exec_driver_sql(
        "INSERT INTO search_text (rowid, singles, pairs, codes) VALUES (?, ?, ?, ?)",
        (n, singles, pairs, codes),
    )
    if kind == NOTE and (known is None or known.beside != beside):
        _again(connection, call)
    elif kind == PERSON and (known is None or known.beside != beside):
        _concerned(connection, entity, document)


def _again(connection: Connection, call: str) -> None:
    """What else is known of a call is filtered by what its note says."""
    others = connection.exec_driver_sql(
        "SELECT s.type, s.id, r.doc FROM search_row s JOIN record r ON r.type = s.type AND r.id = s.id"
        " WHERE s.call = ? AND s.type <> ? AND r.doc IS NOT NULL",
        (call, NOTE),
    ).all()
    for other in others:
        _put(connection, other.type, other.id, load(other.doc))


def _follow_level(connection: Connection, document: Document) -> None:
    note = str(document.get("note", ""))
    known = _row(connection, NOTE, note)
    if known is None or known.beside.level == _level(document):
        return
    _anew(connection, NOTE, note)


def _concerned(connection: Connection, person: str, document: Document) -> None:
    for kind, entity in concerned(connection, person, document):
        _anew(connection, kind, entity)


def _anew(connection: Connection, kind: str, entity: str) -> None:
    found = connection.exec_driver_sql(
        "SELECT doc FROM record WHERE type = ? AND id = ? AND doc IS NOT NULL", (kind, entity)
    ).scalar()
    if found is not None:
        _put(connection, kind, entity, load(found))


def _beside(connection: Connection, kind: str, entity: str, document: Document) -> _Beside:
    if kind == NOTE:
        body = document.get("body") or {}
        place = str((body.get("values") or {}).get(PLACE, ""))
        risk = connection.exec_driver_sql(
            "SELECT doc FROM record WHERE type = ? AND id = ? AND doc IS NOT NULL", (RISK, entity)
        ).scalar()
        level = _level(load(risk)) if risk is not None else UNASSESSED
        return _Beside(str(document.get("author", "")), str(body.get("category", "")), level, _city(place))
    if kind in KNOWN:
        level = level_known(connection, kind, entity, document) or UNASSESSED
        # A case is somebody's; who calls, and how they are answered, concerns everybody at the line.
        mine = str(document.get("counsellor") or document.get("author", "")) if kind == CASE else ""
        return _Beside(mine, level=level)
    call = entity if kind == CALL else str(document.get("call", ""))
    found = connection.exec_driver_sql(
        "SELECT author, category, level, city FROM search_row WHERE call = ? AND type = ? LIMIT 1",
        (call, NOTE),
    ).first()
    beside = _Beside(*found) if found else _Beside()
    if kind != REFERRAL:
        return beside
    city = beside.city or _city(str(document.get(PLACE, "")))
    return replace(beside, author=str(document.get("author", "")), city=city)


def _codes(kind: str, document: Document, beside: _Beside) -> Iterable[str]:
    yield code_token("k", kind)
    yield code_token("l", beside.level)
    for letter, code in (("a", beside.author), ("c", beside.category), ("g", beside.city)):
        if code:
            yield code_token(letter, code)
    if kind == CALL:
        for digits in number_words(str(document.get("number", ""))):
            yield "n" + digits


def _row(connection: Connection, kind: str, entity: str) -> _Row | None:
    found: Any = connection.exec_driver_sql(
        "SELECT n, author, category, level, city, digest FROM search_row WHERE type = ? AND id = ?",
        (kind, entity),
    ).first()
    return None if found is None else _Row(found[0], _Beside(*found[1:5]), found[5])


def _free(connection: Connection, first: int) -> int:
    """A number in this second, or in the next one where it is full."""
    while True:
        last = connection.exec_driver_sql(
            "SELECT max(n) FROM search_row WHERE n >= ? AND n < ?", (first, first + _IN_A_SECOND)
        ).scalar()
        if last is None or last + 1 < first + _IN_A_SECOND:
            return first if last is None else int(last) + 1
        first += _IN_A_SECOND


def _level(assessment: Document) -> str:
    peak = from_document(Assessment, assessment).peak
    return peak.value if peak else UNASSESSED


@lru_cache(maxsize=512)
def _city(place: str) -> str:
    return city_in(place) if place else ""


def _digest(*columns: str) -> int:
    told = hashlib.blake2b("\n".join(columns).encode(), digest_size=8).digest()
    return int.from_bytes(told, signed=True)
