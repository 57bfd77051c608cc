"""What each act does to a note."""

from dataclasses import replace

from models.codec import from_document
from models.notes.note import DraftVersion, Note, NoteBody, NoteState
from models.operation import Operation, Outcome, Reduced

ENTITY = "note"


def reduce(note: Note | None, operation: Operation, version: int) -> Reduced[Note]:
    """The note after one act; `version` counts the acts applied so far.

    A draft on an outdated base replaces nothing: it is kept as a draft version and the act is `superseded`.
    """
    if note is None:
        return _opened(operation)
    match operation.type:
        case "note.draft.put":
            return _put(note, operation, version)
        case "note.finish":
            return _finished(note, operation)
        case "note.open":
            return Reduced(note, Outcome.SUPERSEDED, "exists")
    return Reduced(note, Outcome.REJECTED, "unknown_type")


def _opened(operation: Operation) -> Reduced[Note]:
    if operation.type != "note.open":
        return Reduced(None, Outcome.HELD, "unknown_entity")
    note = from_document(Note, {**operation.body, "id": operation.id, "author": operation.actor})
    return Reduced(note, Outcome.APPLIED)


def _put(note: Note, operation: Operation, version: int) -> Reduced[Note]:
    body = from_document(NoteBody, operation.body)
    if operation.base != version:
        lost = DraftVersion(operation.op, operation.at, body)
        return Reduced(replace(note, versions=(*note.versions, lost)), Outcome.SUPERSEDED, "base")
    return Reduced(replace(note, body=body, updated_at=operation.at), Outcome.APPLIED)


def _finished(note: Note, operation: Operation) -> Reduced[Note]:
    if note.state is NoteState.FINISHED:
        return Reduced(note, Outcome.SUPERSEDED, "finished")
    done = replace(
        note,
        state=NoteState.FINISHED,
        finished_at=operation.at,
        incomplete_reason=str(operation.body.get("incomplete_reason", "")),
    )
    return Reduced(done, Outcome.APPLIED)
