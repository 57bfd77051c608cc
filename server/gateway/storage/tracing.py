"""The gateway's own chain of the trace: who listened, whispered, joined, took over, and who was refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from models.codec import from_document, to_document
from models.ids import new_id
from models.people.operator import GATEWAY
from models.trace.chain import Place, beginning, canonical, following
from models.trace.entry import Entry
from models.trace.joining import Stretch
from models.trace.receipt import Receipt
from models.trace.tracing import Traced

_EPOCH, _TOLD = "trace_epoch", "trace_told"
_MOST = 500
_LAST = "SELECT n, hash FROM trace ORDER BY n DESC LIMIT 1"


class Tracing:
    """A part of the outbox; every method works in the caller's transaction."""

    def __init__(self, connection: Any, get: Callable[[str], str], put: Callable[..., None]) -> None:
        self._connection = connection
        self._get = get
        self._put = put

    def append(self, one: Traced) -> None:
        """Put it at the end of the chain."""
        if not self._get(_EPOCH):
            self._put(**{_EPOCH: new_id(), _TOLD: "0"})
        place = self._last()
        self._write(place, Entry.of(place.n + 1, one.at, one.actor, GATEWAY, one.what))

    def pending(self) -> Stretch | None:
        """The first entries that the server has not heard of; None where it heard of all."""
        told = int(self._get(_TOLD) or "0")
        rows = self._connection.execute(
            "SELECT text, hash FROM trace WHERE n > ? ORDER BY n LIMIT ?", (told, _MOST)
        ).fetchall()
        if not rows:
            return None
        start = Place(told, self._hash_at(told) or "")
        entries = tuple(json.loads(text) for text, _ in rows)
        return Stretch(self._get(_EPOCH), GATEWAY, self._beginning(), start, entries, rows[-1][1])

    def receipted(self, receipt: Receipt) -> bool:
        """The server holds the chain up to there; False where it holds another one.

        Then what it has not heard goes on in a chain of its own: nothing of it is lost.
        """
        if receipt.epoch != self._get(_EPOCH):
            return True
        if self._hash_at(receipt.place.n) == receipt.place.head:
            self._put(**{_TOLD: str(receipt.place.n)})
            return True
        told = int(self._get(_TOLD) or "0")
        rows = self._connection.execute("SELECT text FROM trace WHERE n > ? ORDER BY n", (told,)).fetchall()
        self._connection.execute("DELETE FROM trace")
        self._put(**{_EPOCH: new_id(), _TOLD: "0"})
        for (text,) in rows:
            place = self._last()
            self._write(place, replace(from_document(Entry, json.loads(text)), n=place.n + 1))
        return False

    def tell_again(self) -> None:
        """The server was restored and may have lost entries."""
        self._put(**{_TOLD: "0"})

    def _write(self, place: Place, entry: Entry) -> None:
        text = canonical(to_document(entry))
        grown = following(place, text)
        self._connection.execute("INSERT INTO trace VALUES (?, ?, ?)", (grown.n, text, grown.head))

    def _last(self) -> Place:
        row = self._connection.execute(_LAST).fetchone()
        return Place(*row) if row else self._beginning()

    def _beginning(self) -> Place:
        return beginning(self._get(_EPOCH), GATEWAY, GATEWAY)

    def _hash_at(self, n: int) -> str | None:
        if n == 0:
            return self._beginning().head
        row = self._connection.execute("SELECT hash FROM trace WHERE n = ?", (n,)).fetchone()
        return str(row[0]) if row else None
