"""Stored notes come back to the desk, in the state in which all that was written here leaves them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from console.access.service import AccessService
from console.notes.service import NotesService
from console.on_desk import OnDesk
from console.runtime.journal import Journal
from console.shelf import Shelf
from console.storage.values import Record
from models.notes.note import Note, NoteState
from models.referrals.referral import Referral
from models.risk.assessment import Assessment

LATELY = timedelta(hours=12)
"""A shift: an unfinished note older than that waits in the list of my records."""


class ComingBack:
    """Lives on the io thread."""

    def __init__(self, shelf: Shelf, journal: Journal, desk: OnDesk, access: AccessService) -> None:
        self._shelf = shelf
        self._journal = journal
        self._desk = desk
        self._access = access

    async def bring(self, note: Note, *, only_if_free: bool = False) -> None:
        """Put a stored note in front; with `only_if_free` not before another, and not a finished one."""
        found = await as_written(note, self._shelf, self._journal, self._desk.notes, only_if_free)
        if found is not None:
            self._put(found[0].entity, found[1], front=True)

    async def offer(self, drafts: Sequence[Note], now: datetime) -> None:
        """The program begins again, or its database was rebuilt: what was open is open.

        `drafts` from the oldest on: the youngest comes to the front where nothing lies there.
        """
        notes = self._desk.notes
        if drafts and notes.desk.value.note is None:
            await self.bring(drafts[-1], only_if_free=True)
        for one in drafts:
            if now - one.opened_at < LATELY and not notes.is_open(one.id):
                found = await as_written(one, self._shelf, self._journal, notes, only_if_free=False)
                if found is not None and _is_open(found[0]) and not notes.is_open(one.id):
                    self._put(found[0].entity, found[1], front=False)

    def _put(self, note: Note, entities: Sequence[object], front: bool) -> None:
        desk = self._desk
        mine = [one for one in entities if isinstance(one, Assessment) and one.note == note.id]
        known, referred = (mine[0] if mine else None), [one for one in entities if isinstance(one, Referral)]
        if front:
            desk.risk.open_for(note, known)
            desk.referrals.open_for(note.id, referred)
            desk.notes.bring_back(note)
        else:
            desk.risk.lay_beside(note, known)
            desk.referrals.remember(referred)
            desk.notes.lay_beside(note)
        self._access.saw((note, *mine, *referred), "desk")


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
