"""What the shift lead's desk shows, as values."""

from dataclasses import dataclass
from datetime import datetime

from models.calls.events import Watching
from models.notes.note import NoteState
from models.shifts.duty import BreakReason, DutyState
from widgets.base.timeline import Point

ALARMING = ("R4", "R3")


@dataclass(frozen=True, slots=True)
class OperatorView:
    """One operator on duty and the present state; ``level`` is that of the running call, "" without one.

    ``until`` is when wrap-up ends by itself, ``lengthened`` by how many minutes that was moved;
    ``unanswered`` counts rings in a row.
    """

    id: str
    name: str
    title: str
    seat: str
    state: DutyState
    since: datetime
    reason: BreakReason | None = None
    level: str = ""
    until: datetime | None = None
    lengthened: int = 0
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class TalkView:
    """A conversation of another seat since a moment; ``level`` is "" where none is known.

    ``held``: the caller hears music; ``how``: the lead's own part in it.
    """

    call: str
    seat: str
    name: str
    since: datetime
    level: str = ""
    held: bool = False
    how: Watching = Watching.GONE


@dataclass(frozen=True, slots=True)
class ShiftNoteView:
    """One note of the shift without its text.

    ``seen`` tells whether a lead acknowledged its alert; None where nobody keeps that: nothing asks for it.
    """

    id: str
    at: datetime
    operator: str
    category: str
    level: str
    state: NoteState
    seen: bool | None = None

    @property
    def waits(self) -> bool:
        """True while the alert waits for a lead's acknowledgement."""
        return self.alarming and self.seen is False

    @property
    def alarming(self) -> bool:
        """True where the lead is alerted."""
        return self.level in ALARMING


@dataclass(frozen=True, slots=True)
class ScreenAnswer:
    """One item of the quick screen with its answer in words; ``tone`` as for tags."""

    item: str
    answer: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class AskView:
    """A record whose full text may be asked for, for so many hours at most; ``state``: what came of it."""

    id: str
    heading: str
    level: str
    longest_hours: int
    state: str = ""
    tone: str = "soft"
    waits: bool = False


@dataclass(frozen=True, slots=True)
class AskedView:
    """What was asked with one instrument beside the quick screen, and what it came to, "" for nothing."""

    name: str
    result: str
    answers: tuple[ScreenAnswer, ...]


@dataclass(frozen=True, slots=True)
class LoweringView:
    """Somebody's wish for a lower level, by its act; levels as they are said."""

    id: str
    who: str
    stood: str
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordText:
    """The whole of a record, to be read: masked number, named fields, log, screen, referral.

    ``masked`` tells that the whole number can be asked for, ``until`` how long the record may be read,
    ``call`` which call it is about, ``lowering`` what waits for a second person's word, ``trail`` how
    the level came about, in order.
    """

    id: str
    heading: str
    level: str
    reason: str
    number: str
    masked: bool = False
    until: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    log: tuple[tuple[datetime, str], ...] = ()
    screen: tuple[ScreenAnswer, ...] = ()
    ratings: tuple[tuple[str, str], ...] = ()
    asked: tuple[AskedView, ...] = ()
    plan: tuple[tuple[str, str], ...] = ()
    trail: tuple[Point, ...] = ()
    referral: tuple[Point, ...] = ()
    seen: bool | None = None
    seen_by: str = ""
    call: str = ""
    lowering: LoweringView | None = None


def by_urgency(notes: tuple[ShiftNoteView, ...]) -> tuple[ShiftNoteView, ...]:
    """Return R4, then R3, of each the unseen before the seen, then the rest; newest first among equals."""

    def rank(note: ShiftNoteView) -> tuple[int, bool, float]:
        place = ALARMING.index(note.level) if note.alarming else len(ALARMING)
        return place, note.alarming and note.seen is True, -note.at.timestamp()

    return tuple(sorted(notes, key=rank))
