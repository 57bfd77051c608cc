"""What each act does to a note."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from models.codec import from_document
from models.notes import signing
from models.notes.note import DraftVersion, Note, NoteBody, NoteState
from models.operation import Operation, Outcome, Reduced

ENTITY = "note"
OPEN = "note.open"


def reduce(note: Note | None, operation: Operation, version: int) -> Reduced[Note]:
    """The note after one act; `version` counts the acts applied so far.

    A draft that was written on another text than the one that stands replaces nothing: it is kept as a draft
    version and the act is `superseded`.
    """
    if note is None:
        return _opened(operation)
    match operation.type:
        case "note.draft.put":
            return _put(note, operation, version)
        case "note.versions.settle":
            return _settled(note, operation, version)
        case "note.finish":
            return _finished(note, operation)
        case "note.sign" | "note.addendum":
            return signing.reduce(note, operation)
        case "note.open":
            return Reduced(note, Outcome.SUPERSEDED, "exists")
    return Reduced(note, Outcome.REJECTED, "unknown_type")


def opened(operation: Operation) -> Mapping[str, Any]:
    """What the act that opens a note says of it."""
    return {**operation.body, "id": operation.id, "author": operation.actor}


def _opened(operation: Operation) -> Reduced[Note]:
    if operation.type != OPEN:
        return Reduced(None, Outcome.HELD, "unknown_entity")
    return Reduced(from_document(Note, opened(operation)), Outcome.APPLIED)


def _put(note: Note, operation: Operation, version: int) -> Reduced[Note]:
    body = from_document(NoteBody, operation.body)
    if not _sees_what_stands(note, operation, version):
        lost = DraftVersion(operation.op, operation.at, body)
        return Reduced(replace(note, versions=(*note.versions, lost)), Outcome.SUPERSEDED, "base")
    return Reduced(_written(note, body, operation), Outcome.APPLIED)


def _written(note: Note, body: NoteBody, operation: Operation) -> Note:
    """The note with a new text, in the form in which that was written."""
    form, version = (body.form, body.form_version) if body.form else (note.form, note.form_version)
    return replace(
        note, body=body, form=form, form_version=version, updated_at=operation.at, written=operation.op
    )


def _sees_what_stands(note: Note, operation: Operation, version: int) -> bool:
    """True where the author saw the text that stands now.

    A text is named by the act that wrote it. A program before schema 3 gave no more than the number of the
    record's version, which a server that was put back gives twice.
    """
    on = operation.body.get("on")
    return operation.base == version if on is None else on == note.written


def _settled(note: Note, operation: Operation, version: int) -> Reduced[Note]:
    """Decide between the text and those beside it: the named ones are done with, a `body` is the new text.

    The text that gives way is kept among the versions. A body that was chosen without seeing what stands
    there now is one more version, and nothing is decided.
    """
    chosen = operation.body.get("body")
    named = frozenset(map(str, operation.body["versions"]))
    if chosen is not None and not _sees_what_stands(note, operation, version):
        lost = DraftVersion(operation.op, operation.at, from_document(NoteBody, chosen))
        return Reduced(replace(note, versions=(*note.versions, lost)), Outcome.SUPERSEDED, "base")
    if not any(one.op in named for one in note.unsettled):
        return Reduced(note, Outcome.SUPERSEDED, "settled")
    versions = tuple(
        replace(one, settled=operation.op) if one.op in named and not one.settled else one
        for one in note.versions
    )
    if chosen is None:
        return Reduced(replace(note, versions=versions), Outcome.APPLIED)
    given_way = DraftVersion(operation.op, note.updated_at or note.opened_at, note.body, operation.op)
    body = from_document(NoteBody, chosen)
    after = _written(note, body, operation)
    return Reduced(replace(after, versions=(*versions, given_way)), Outcome.APPLIED)


def _finished(note: Note, operation: Operation) -> Reduced[Note]:
    """Hand a note in. One that was incomplete is handed in once more when nothing is missing."""
    reason = str(operation.body.get("incomplete_reason", ""))
    if note.state is not NoteState.FINISHED:
        done = replace(note, state=NoteState.FINISHED, finished_at=operation.at, incomplete_reason=reason)
        return Reduced(done, Outcome.APPLIED)
    if note.incomplete_reason and not reason:
        return Reduced(replace(note, incomplete_reason=""), Outcome.APPLIED)
    return Reduced(note, Outcome.SUPERSEDED, "finished")
