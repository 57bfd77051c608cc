"""What nobody may forget: rescues under way, records not closed, calls that are due, unfinished notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.cases.closing import Closing, RecordState
from models.followups.callback import Callback
from models.followups.followup import Followup
from models.notes.card import NoteCard
from models.notes.note import Note, NoteState
from models.referrals.referral import Referral
from models.risk.level import Level

SOON = timedelta(hours=12)
"""A follow-up that falls due within the next shift is handed over with those that are due."""


@dataclass(frozen=True, slots=True)
class Unclosed:
    """A record of R3 or R4 that is not closed: what is missing, and the number to call back."""

    note: Note
    number: str
    peak: Level
    closing: Closing


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A record that is a draft still, or was handed in incomplete; ids, codes and times only."""

    note: str
    call: str
    author: str
    opened_at: datetime
    category: str
    level: str
    state: RecordState


@dataclass(frozen=True, slots=True)
class OpenTasks:
    """All of it, each kind in the order in which it is looked at.

    `agreed` are the notes with an agreed follow-up, `signed` those under which a lead's reason stands, `mine`
    all referrals of the operator who asks, ended ones too.
    """

    rescues: tuple[Referral, ...] = ()
    unclosed: tuple[Unclosed, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()
    callbacks: tuple[Callback, ...] = ()
    followups: tuple[Followup, ...] = ()
    agreed: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()
    mine: tuple[Referral, ...] = ()

    @property
    def count(self) -> int:
        """How many there are in all."""
        kinds = (self.rescues, self.unclosed, self.unfinished, self.callbacks, self.followups)
        return sum(map(len, kinds))

    @property
    def red(self) -> int:
        """How many of them are red: rescues under way, and records that are not closed."""
        return len(self.rescues) + len(self.unclosed)

    def closing_of(self, note: str) -> Closing:
        """What is missing at a record; nothing where it is not among those that are open."""
        return next((one.closing for one in self.unclosed if one.note.id == note), Closing())


def open_rescues(referrals: Iterable[Referral]) -> tuple[Referral, ...]:
    """The red tasks: every rescue that nobody has ended, the oldest first."""
    found = (one for one in referrals if one.is_rescue and one.is_open)
    return tuple(sorted(found, key=lambda one: (one.opened_at, one.id)))


def by_danger(unclosed: Iterable[Unclosed]) -> tuple[Unclosed, ...]:
    """R4 before R3; of each, who waits longest."""
    return tuple(sorted(unclosed, key=lambda one: (one.peak != Level.R4, one.note.opened_at, one.note.id)))


def due_by(followups: Iterable[Followup], moment: datetime) -> tuple[Followup, ...]:
    """The follow-ups that are due by a moment, the first one first."""
    due = (one for one in followups if one.is_open and one.due_at <= moment)
    return tuple(sorted(due, key=lambda one: (one.due_at, one.id)))


def unfinished_note(note: Note, level: str) -> Unfinished | None:
    """What is unfinished about a note; None where it is complete."""
    return _unfinished(note, note.body.category, level, note.state, incomplete=bool(note.incomplete_reason))


def unfinished_card(card: NoteCard) -> Unfinished | None:
    """The same by a note's card."""
    return _unfinished(card, card.category, card.level, card.state, incomplete=card.incomplete)


def _unfinished(
    note: Note | NoteCard, category: str, level: str, state: NoteState, *, incomplete: bool
) -> Unfinished | None:
    if state is NoteState.FINISHED and not incomplete:
        return None
    shown = RecordState.DRAFT if state is NoteState.DRAFT else RecordState.INCOMPLETE
    return Unfinished(note.id, note.call, note.author, note.opened_at, category, level, shown)
