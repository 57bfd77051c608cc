"""A document's columns, by which its record is found and shared out."""

from collections.abc import Callable
from datetime import UTC, datetime

from models.calls.call import Call
from models.calls.events import Direction
from models.codec import Document, from_document
from models.people.caller import caller_key
from models.people.number import normalise
from models.risk.assessment import Assessment

SecretOf = Callable[[str], bytes]
CLOSED = "C"
"""In the column of the level: what is owed, agreed or marked is at its end."""
PERSONAL = frozenset({"callback", "person", "case", "caller_plan", "followup", "contact", "mark", "phrase"})
"""What belongs to a person over many calls, or to an operator over all of them; its document names what ended it in `closing`."""
Columns = tuple[str, str, str, str, str, str]
"""Author, call, note, level, caller and at, as records.Outline has them."""


def columns_of(kind: str, entity: str, document: Document, site: str, secret_of: SecretOf) -> Columns:
    """The columns that a record's document asks for; `secret_of` gives a site's caller secret."""
    if kind == "call":
        return _of_call(entity, from_document(Call, document), site, secret_of)
    if kind in PERSONAL:
        # It is found by the call it came of, where there is one.
        closed = CLOSED if document.get("closing") else ""
        return document["author"], document.get("call", ""), "", closed, "", ""
    level = (from_document(Assessment, document).peak or "") if kind == "risk" else ""
    note = entity if kind == "note" else document.get("note", "")
    return document["author"], document["call"], note, level, "", ""


def _of_call(entity: str, call: Call, site: str, secret_of: SecretOf) -> Columns:
    number = normalise(call.number) if call.direction is Direction.IN else ""
    caller = caller_key(secret_of(site), number) if number else ""
    return "", entity, "", "", caller, _came_at(call)


def _came_at(call: Call) -> str:
    at: datetime | None = call.entered_at or call.answered_at or call.ended_at
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else ""
