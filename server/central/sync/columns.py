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
            return replace(_of_author(kept, kept.doc), level=peak or "")
        case "note":
            return replace(_of_author(kept, kept.doc), note=kept.id)
    return _of_author(kept, kept.doc)


def _of_author(kept: Kept, document: Document) -> Kept:
    return replace(kept, author=document["author"], call=document["call"], note=document.get("note", ""))


def _of_call(kept: Kept, call: Call, secret_of: SecretOf) -> Kept:
    number = normalise(call.number) if call.direction is Direction.IN else ""
    caller = caller_key(secret_of(kept.site), number) if number else ""
    return replace(kept, call=kept.id, caller=caller, at=_came_at(call))


def _came_at(call: Call) -> str:
    at: datetime | None = call.entered_at or call.answered_at or call.ended_at
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else ""
