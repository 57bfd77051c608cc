"""What operators told their colleagues of calls, on a gateway's disk for as long as the call goes on."""

import json
from typing import Any

from models.calls.brief import Brief
from models.codec import from_document, to_document


def keep(connection: Any, brief: Brief) -> None:
    """Keep the last words of a seat about a call, in the caller's transaction."""
    doc = json.dumps(to_document(brief), ensure_ascii=False, separators=(",", ":"))
    connection.execute("DELETE FROM brief WHERE call = ? AND seat = ?", (brief.call, brief.seat))
    connection.execute("INSERT INTO brief (call, seat, doc) VALUES (?, ?, ?)", (brief.call, brief.seat, doc))


def forget(connection: Any, call: str) -> None:
    """The call is over, and with it what was told of it."""
    connection.execute("DELETE FROM brief WHERE call = ?", (call,))


def kept(connection: Any) -> tuple[Brief, ...]:
    """All that are kept, in the order in which they were told."""
    rows = connection.execute("SELECT doc FROM brief ORDER BY n").fetchall()
    return tuple(from_document(Brief, json.loads(doc)) for (doc,) in rows)
