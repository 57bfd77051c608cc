"""A stored note comes back to the desk, in the state in which all that was written here leaves it."""

from collections.abc import Sequence

from console.notes.service import NotesService
from console.runtime.journal import Journal
from console.shelf import Shelf
from console.storage.values import Record
from models.notes.note import Note, NoteState


async def as_written(
    note: Note, shelf: Shelf, journal: Journal, notes: NotesService, only_if_free: bool
) -> tuple[Record, Sequence[object]] | None:
    """A stored note and all that belongs to its call, with every word that was typed here until now.

    Read again while something is being written: on an earlier text the author's next words would come to
    lie beside those that were still on their way. None where there is no such note; with `only_if_free` also
    where another lies on the desk by now, or where it is finished.
    """
    read, found = -1, None
    while read != journal.written:
        read = journal.written
        await journal.flush()
        entities = await shelf.of_call(note.call)
        record = await shelf.record("note", note.id)
        if only_if_free and (notes.desk.value.note is not None or not _is_open(record)):
            return None
        found = None if record is None else (record, entities)
        # What was typed since is on no way yet.
        notes.leave()
    return found


def _is_open(record: Record | None) -> bool:
    return record is not None and record.entity.state is NoteState.DRAFT
