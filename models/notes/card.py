"""What a lead sees of a note without reading it."""

from dataclasses import dataclass
from datetime import datetime

from models.notes.note import Note, NoteState


@dataclass(frozen=True, slots=True)
class NoteCard:
    """A view of a note without its text; `level` is a risk level's code or empty."""

    id: str
    call: str
    author: str
    site: str
    category: str
    level: str
    state: NoteState
    opened_at: datetime
    finished_at: datetime | None = None
    incomplete: bool = False
    """Handed in with a reason for what is missing: it is to be completed."""


def card_of(note: Note, level: str) -> NoteCard:
    """The card of a note whose assessment stands at a level ("" where there is none)."""
    return NoteCard(
        note.id,
        note.call,
        note.author,
        note.site,
        note.body.category,
        level,
        note.state,
        note.opened_at,
        note.finished_at,
        bool(note.incomplete_reason),
    )
