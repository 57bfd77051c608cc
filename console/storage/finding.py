"""Reading for the search, on a connection of its own that never writes: nothing waits for it."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlcipher3

from console.storage.connecting import connect_reading
from console.storage.documents import entity_of, load
from console.storage.errors import StorageError
from console.storage.found import Choices, Hit, Hits, Whose
from console.storage.indexing import time_of
from console.storage.matching import expression, span
from models.access.grant import ENTITY as GRANT
from models.codec import Document
from models.notes.note import Note
from models.people.number import mask, mask_within
from models.search.known import CALLER_PLAN, CASE, KNOWN, PERSON, alias_of
from models.search.query import Part, Query, Snippet, number_words, parse
from models.search.texts import CALL, NOTE, RISK, parts_of
from models.search.wish import PAGE, Wish

# The index leads to a few records too many where a term mixes words and signs; so many are read in one go.
_MOST_READ = 300
# CROSS JOIN keeps the order: the index first, from its end, as far as the page goes.
_FOUND = (
    "SELECT s.rowid, w.type, w.id, w.call, w.level, w.city,"
    " CASE w.type WHEN 'person' THEN (SELECT doc FROM search_person WHERE id = w.id) ELSE r.doc END"
    " FROM search_text s"
    " CROSS JOIN search_row w ON w.n = s.rowid"
    " CROSS JOIN record r ON r.type = w.type AND r.id = w.id"
    " WHERE s.search_text MATCH ? AND s.rowid >= ? AND s.rowid < ?"
    " AND r.gone = 0 AND r.doc IS NOT NULL ORDER BY s.rowid DESC"
)
_ONE = "SELECT doc FROM record WHERE type = ? AND id = ? AND gone = 0 AND doc IS NOT NULL"
_NAMES = (
    "SELECT p.doc FROM search_person p CROSS JOIN record r ON r.type = 'person' AND r.id = p.id"
    " WHERE p.id = ? AND r.gone = 0"
)
_OF_CALL = (
    "SELECT type, doc FROM record WHERE call = ? AND gone = 0 AND doc IS NOT NULL AND type <> 'note.card'"
    " ORDER BY at, id"
)
_CHOICES = (
    "SELECT DISTINCT author FROM search_row WHERE author <> '' ORDER BY 1",
    "SELECT DISTINCT category FROM search_row WHERE category <> '' ORDER BY 1",
    "SELECT DISTINCT city FROM search_row WHERE city <> '' ORDER BY 1",
)


class Finder:
    """Lives on a thread of its own; opens the file when first asked. Raises StorageError where that fails."""

    def __init__(self, path: Path, key: bytes, operator: str) -> None:
        self._path = path
        self._key = key
        self._operator = operator
        self._connection: Any = None

    def find(self, wish: Wish, before: int | None = None, page: int = PAGE) -> Hits:
        """The next page of what is found, newest first; nothing for an empty wish."""
        query = parse(wish.text)
        asked = expression(query, wish.filters)
        if not asked or (query.empty and (wish.text.strip() or not wish.filters.any)):
            return Hits()
        hits: list[Hit] = []
        read = 0
        with closing(self._cursor(_FOUND, (asked, *span(wish.filters, before)))) as rows:
            for row in rows:
                read += 1
                hit = self._hit(query, row)
                if hit is not None:
                    hits.append(hit)
                if len(hits) == page or read == _MOST_READ:
                    return Hits(tuple(hits), row[0])
        return Hits(tuple(hits))

    def of_call(self, call: str) -> tuple[object, ...]:
        """All that is known of a call."""
        return tuple(entity_of(kind, load(doc)) for kind, doc in self._all(_OF_CALL, (call,)))

    def choices(self) -> Choices:
        """What there is to filter by."""
        return Choices(*(tuple(str(row[0]) for row in self._all(one, ())) for one in _CHOICES))

    def close(self) -> None:
        """Let the file go; the next search opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _all(self, statement: str, given: Sequence[Any]) -> list[Any]:
        with closing(self._cursor(statement, given)) as cursor:
            rows: list[Any] = cursor.fetchall()
        return rows

    def _cursor(self, statement: str, given: Sequence[Any]) -> Any:
        if self._connection is None:
            self._connection = connect_reading(self._path, self._key)
        try:
            return self._connection.execute(statement, given)
        except sqlcipher3.DatabaseError as error:
            self.close()
            raise StorageError(self._path) from error

    def _hit(self, query: Query, row: Any) -> Hit | None:
        n, kind, entity, call, level, city, text = row
        document = load(text)
        if kind == CALL:
            number = str(document.get("number", ""))
            if query.number not in number_words(number):
                return None
            note = self._note_of_call(call)
            return Hit(kind, entity, n, level, city, note, self._beside(note), number=mask(number))
        snippet = _snippet(query, kind, document)
        if snippet is None:
            return None
        if kind in KNOWN:
            return Hit(
                kind, entity, n, level, city, None, (), snippet, whose=self._whose(kind, entity, n, document)
            )
        note = self._note(document if kind == NOTE else self._document(NOTE, str(document.get("note", ""))))
        return Hit(kind, entity, n, level, city, note, self._beside(note), snippet)

    def _whose(self, kind: str, entity: str, n: int, document: Document) -> Whose:
        field = {CASE: "person", CALLER_PLAN: "about"}.get(kind)
        name = str(document[field]) if field else entity
        names = [document] if kind == PERSON else [load(row[0]) for row in self._all(_NAMES, (name,))]
        # A plan may be about a number; its label holds no more of that than everybody sees.
        label = mask_within(str(document.get("label") or ""))
        mine = {document.get("author"), *(document.get("counsellors") or ())}
        return Whose(
            name if names else "",
            (alias_of(names[0]) if names else "") or label,
            time_of(n),
            str(document.get("site", "")),
            self._operator in mine,
            bool(document.get("closing")),
        )

    def _document(self, kind: str, entity: str) -> Document | None:
        found = self._all(_ONE, (kind, entity))
        return load(found[0][0]) if found else None

    def _note(self, document: Document | None) -> Note | None:
        note: Note | None = entity_of(NOTE, document)
        return note

    def _note_of_call(self, call: str) -> Note | None:
        """The note of a call: of several, one's own."""
        notes = [entity_of(kind, load(doc)) for kind, doc in self._all(_OF_CALL, (call,)) if kind == NOTE]
        return min(notes, key=lambda note: note.author != self._operator, default=None)

    def _beside(self, note: Note | None) -> tuple[object, ...]:
        """Grants, and of another operator's note how dangerous it was: one's own is one's own."""
        if note is None:
            return ()
        kinds = (GRANT,) if note.author == self._operator else (GRANT, RISK)
        rows = self._all(_OF_CALL, (note.call,))
        return tuple(entity_of(kind, load(doc)) for kind, doc in rows if kind in kinds)


def _snippet(query: Query, kind: str, document: Document) -> Snippet | None:
    parts = parts_of(kind, document)
    if not query.empty:
        return query.found_in(parts)
    longest = max(parts, key=lambda part: len(part.text), default=Part("", ""))
    return query.snippet(longest)
