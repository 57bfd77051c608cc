"""Signing a note, and adding to one that was handed in: acts that are only ever added."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Protocol, TypeVar

from models.codec import from_document, to_document
from models.notes.limits import storable
from models.notes.note import Addendum, Note, Signature, Signing
from models.operation import Operation, Outcome, Reduced

SIGN = "note.sign"
ADD = "note.addendum"
LATE_AFTER = timedelta(hours=24)
"""What is added longer after the call than the note itself may be changed is marked as late."""

_DIGEST = re.compile("[0-9a-f]{64}")


class _Act(Protocol):
    @property
    def op(self) -> str: ...

    @property
    def at(self) -> Any: ...


Entry = TypeVar("Entry", bound=_Act)


def digest_of(note: Note) -> str:
    """SHA-256, in hexadecimal, of what a signature stands under: whose note of which call, form and text.

    Whether it was handed in, who signed and what was added are no part of it.
    """
    content = {
        "id": note.id,
        "call": note.call,
        "author": note.author,
        "form": note.form,
        "form_version": note.form_version,
        "body": _plain(to_document(note.body)),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """The value as every database keeps it, so that it is the same everywhere."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {storable(str(key)): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def sign_body(note: Note, role: Signing, reason: str = "") -> Mapping[str, Any]:
    """What the act says by which a note is signed as it stands."""
    return {"role": role.value, "digest": digest_of(note), "reason": reason}


def is_good(note: Note, signature: Signature) -> bool:
    """True where the note still says what was signed."""
    return signature.digest == digest_of(note)


def signed_by(note: Note, role: Signing) -> Signature | None:
    """The last signature in a role that is good for the text which stands; None without one."""
    digest = digest_of(note) if note.signatures else ""
    good = [one for one in note.signatures if one.role is role and one.digest == digest]
    return good[-1] if good else None


def is_altered(note: Note) -> bool:
    """True where the author's last signature stands under another text than the one that is there."""
    mine = [one for one in note.signatures if one.role is Signing.AUTHOR]
    return bool(mine) and not is_good(note, mine[-1])


def is_late(note: Note, addendum: Addendum) -> bool:
    """True for what was added when the note itself could not be changed any more."""
    return addendum.at - note.opened_at >= LATE_AFTER


def reduce(note: Note, operation: Operation) -> Reduced[Note]:
    """The note after somebody signed it or added to it; the order of arrival does not matter.

    Only the author signs as its author, and nobody a note of their own as a lead. A signature under a text
    that does not stand is kept: that the text was changed is what it tells.
    """
    if operation.type == ADD:
        return _added(note, operation)
    signature = from_document(Signature, _entry(operation))
    if not _DIGEST.fullmatch(signature.digest):
        return Reduced(note, Outcome.REJECTED, "digest")
    if (signature.role is Signing.AUTHOR) != (signature.actor == note.author):
        return Reduced(note, Outcome.REJECTED, "role")
    return Reduced(replace(note, signatures=_add(note.signatures, signature)), Outcome.APPLIED)


def _added(note: Note, operation: Operation) -> Reduced[Note]:
    addendum = from_document(Addendum, _entry(operation))
    if not addendum.text.strip():
        return Reduced(note, Outcome.REJECTED, "empty")
    return Reduced(replace(note, addenda=_add(note.addenda, addendum)), Outcome.APPLIED)


def _entry(operation: Operation) -> Mapping[str, Any]:
    told = {"op": operation.op, "at": operation.at.isoformat(), "actor": operation.actor}
    return {**operation.body, **told}


def _add(entries: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    if any(known.op == entry.op for known in entries):
        return entries
    return tuple(sorted((*entries, entry), key=lambda one: (one.at, one.op)))
