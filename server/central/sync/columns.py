"""A document's columns, by which its record is found and shared out."""

from collections.abc import Callable
from datetime import UTC, datetime

from models.calls.call import Call
from models.calls.events import Direction
from models.codec import Document, from_document
from models.notes.note import NoteState
from models.people.caller import caller_key
from models.people.number import normalise
from models.people.person import Person
from models.risk.assessment import Assessment

SecretOf = Callable[[str], bytes]
CLOSED, DRAFT, MERGED = "C", "D", "M"
"""In the column of the level, so that the few are found among the many: what is owed, agreed or marked is at
its end; a note is not handed in; a person was said to be another one."""
PERSONAL = frozenset({"callback", "person", "case", "caller_plan", "followup", "contact", "mark", "phrase"})
"""What belongs to a person over many calls, or to an operator. A `closing` in its document ended it."""
Columns = tuple[str, str, str, str, str, str]
"""Author, call, note, level, caller and at, as records.Outline has them."""


def columns_of(kind: str, entity: str, document: Document, site: str, secret_of: SecretOf) -> Columns:
    """The columns that a record's document asks for; `secret_of` gives a site's caller secret."""
    if kind == "call":
        return _of_call(entity, from_document(Call, document), site, secret_of)
    if kind in PERSONAL:
        return _of_person(kind, entity, document)
    level = _level_of(kind, document)
    note = entity if kind == "note" else document.get("note", "")
    return document["author"], document["call"], note, level, "", ""


def _level_of(kind: str, document: Document) -> str:
    if kind == "risk":
        return from_document(Assessment, document).peak or ""
    return DRAFT if kind == "note" and document.get("state") == NoteState.DRAFT else ""


def _of_person(kind: str, entity: str, document: Document) -> Columns:
    """It is found by the call it came of, where there is one.

    What is known of a person outlives their calls: it is sealed and erased by itself, with their cases. Its
    time is that of their last call.
    """
    closed = CLOSED if document.get("closing") else ""
    call, at = str(document.get("call", "")), ""
    if kind == "person":
        person = from_document(Person, document)
        met = person.met
        call, at = entity, _in_utc(met[0].call_at) if met else ""
        closed = MERGED if person.same_as else ""
    elif kind == "case":
        call = str(document["person"])
    return document["author"], call, "", closed, "", at


def _of_call(entity: str, call: Call, site: str, secret_of: SecretOf) -> Columns:
    number = normalise(call.number) if call.direction is Direction.IN else ""
    caller = caller_key(secret_of(site), number) if number else ""
    return "", entity, "", "", caller, _came_at(call)


def _came_at(call: Call) -> str:
    at: datetime | None = call.entered_at or call.answered_at or call.ended_at
    return _in_utc(at) if at else ""


def _in_utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
