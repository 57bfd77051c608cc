"""A document's columns, by which its record is found and shared out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from models.calls.call import Call
from models.calls.events import Direction
from models.codec import Document, from_document
from models.people.caller import caller_key
from models.people.number import normalise
from models.risk.assessment import Assessment
from server.central.storage.records import Kept

SecretOf = Callable[[str], bytes]


def with_columns(kept: Kept, secret_of: SecretOf) -> Kept:
    """The record with the columns that its document asks for; `secret_of` gives a site's caller secret."""
    match kept.type:
        case "call":
            return _of_call(kept, from_document(Call, kept.doc), secret_of)
        case "risk":
            peak = from_document(Assessment, kept.doc).peak
            return _of_author(kept, kept.doc, level=peak or "")
    return _of_author(kept, kept.doc)


def _of_author(kept: Kept, document: Document, level: str = "") -> Kept:
    note = kept.id if kept.type == "note" else document.get("note", "")
    return _filled(kept, document["author"], document["call"], note, level)


def _of_call(kept: Kept, call: Call, secret_of: SecretOf) -> Kept:
    number = normalise(call.number) if call.direction is Direction.IN else ""
    caller = caller_key(secret_of(kept.site), number) if number else ""
    return replace(kept, call=kept.id, caller=caller, at=_came_at(call))


def _filled(kept: Kept, author: str, call: str, note: str, level: str) -> Kept:
    # Every column by name takes twice as long, and this is done for each act.
    return Kept(
        kept.type,
        kept.id,
        kept.ver,
        kept.site,
        author,
        call,
        note,
        level,
        taken=kept.taken,
        seal=kept.seal,
        doc=kept.doc,
    )


def _came_at(call: Call) -> str:
    at: datetime | None = call.entered_at or call.answered_at or call.ended_at
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else ""
