"""Alerts and sights on a gateway's disk, for as long as somebody may have to be told of them."""

import json
from typing import Any

from models.alerts.alert import Alert, Sight
from models.alerts.known import KEPT
from models.codec import from_document, to_document

Told = Alert | Sight
_KINDS: dict[str, type[Alert] | type[Sight]] = {"alert": Alert, "sight": Sight}


def keep(connection: Any, told: Told) -> None:
    """Keep one, in the caller's transaction; drop what is older than anybody is told of."""
    kind = "alert" if isinstance(told, Alert) else "sight"
    doc = json.dumps(to_document(told), ensure_ascii=False, separators=(",", ":"))
    at = told.at.timestamp()
    connection.execute("INSERT OR IGNORE INTO alert VALUES (?, ?, ?, ?)", (told.id, kind, at, doc))
    connection.execute("DELETE FROM alert WHERE at < ?", (at - 2 * KEPT.total_seconds(),))


def kept(connection: Any) -> tuple[Told, ...]:
    """All that are kept, oldest first."""
    rows = connection.execute("SELECT kind, doc FROM alert ORDER BY at, id").fetchall()
    return tuple(from_document(_KINDS[kind], json.loads(doc)) for kind, doc in rows)
