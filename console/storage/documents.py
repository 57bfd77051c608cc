"""Values to the text that a row holds and back."""

import json
import re
from datetime import UTC, datetime
from typing import Any

from models.access.grant import ENTITY as GRANT
from models.access.grant import Grant
from models.calls.card import CallCard
from models.codec import Document, from_document, to_document
from models.notes.card import NoteCard
from models.operation import Operation
from models.people.caller import CallerCard
from models.people.staff import CARD as STAFF_CARD
from models.people.staff import StaffCard
from models.sync import held
from models.sync.reduce import ENTITIES

CARD = "note.card"
CALLER = "line.caller"
CALL_CARD = "call.card"
_VIEWS: dict[str, type[Any]] = {
    CARD: NoteCard,
    CALL_CARD: CallCard,
    CALLER: CallerCard,
    STAFF_CARD: StaffCard,
    GRANT: Grant,
    held.CARD: held.HeldCard,
}
# Neither SQLite nor PostgreSQL keeps these in a text.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_TIMES = ("opened_at", "entered_at", "answered_at", "last_at", "at")


def dump(document: Document) -> str:
    """The text of a document."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Document:
    """The document of a text."""
    document: Document = json.loads(text)
    return document


def storable(operation: Operation) -> Operation:
    """The act as it will be read back: plain values, U+0000 and lone surrogates as U+FFFD."""
    return from_document(Operation, _clean(to_document(operation)))


def dump_operation(operation: Operation) -> str:
    """The text of an act."""
    return dump(to_document(operation))


def load_operation(text: str) -> Operation:
    """The act of a text."""
    return from_document(Operation, load(text))


def entity_of(kind: str, document: Document | None) -> Any:
    """The entity or view that a document holds; None for none and for types of a newer server."""
    known = ENTITIES[kind][0] if kind in ENTITIES else _VIEWS.get(kind)
    return None if known is None or document is None else from_document(known, document)


def moment(at: datetime) -> str:
    """A time as it is compared in an index: ISO 8601 in UTC."""
    return at.astimezone(UTC).isoformat()


def indexed(kind: str, entity: str, document: Document | None) -> dict[str, str | int]:
    """The columns beside a document by which it is found."""
    known = document or {}
    at = next((known[name] for name in _TIMES if known.get(name)), "")
    return {
        "at": moment(datetime.fromisoformat(at)) if at else "",
        "call": entity if kind == "call" else str(known.get("call", "")),
        "author": str(known.get("author", "")),
        "state": str(known.get("state", "")),
        "tail": tail_of(str(known.get("number", ""))),
        "conflicts": _undecided(known) if kind == "note" else 0,
    }


def _undecided(note: Document) -> int:
    return sum(not one.get("settled") for one in note.get("versions") or ())


def tail_of(number: str) -> str:
    """The digits of a number from the last to the first."""
    return "".join(sign for sign in reversed(number) if sign.isdigit())


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value
