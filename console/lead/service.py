"""What the shift lead sees: cards of all notes, and in full what reached R3 or R4."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.runtime.store import Store
from models.calls.call import Call
from models.clock import Clock
from models.notes.card import NoteCard
from models.notes.note import Note
from models.referrals.referral import Referral
from models.risk.assessment import Assessment

ReadCards = Callable[[datetime, datetime], Awaitable[tuple[NoteCard, ...]]]
ReadOfCall = Callable[[str], Awaitable[tuple[object, ...]]]

SHIFT = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class FullRecord:
    """A record of another operator that a lead may read."""

    note: Note
    call: Call | None
    assessment: Assessment | None
    referrals: tuple[Referral, ...]


class LeadService:
    """Reads anew after each round of sync."""

    def __init__(self, read_cards: ReadCards, read_of_call: ReadOfCall, clock: Clock) -> None:
        self._read_cards = read_cards
        self._read_of_call = read_of_call
        self._clock = clock
        self._open = ""
        self.cards: Store[tuple[NoteCard, ...]] = Store(())
        self.record: Store[FullRecord | None] = Store(None)

    async def refresh(self) -> None:
        """Publish the cards of the last twelve hours and the opened record as it is now."""
        now = self._clock.now()
        self.cards.publish(await self._read_cards(now - SHIFT, now + SHIFT))
        await self._read_open()

    async def open(self, note: str) -> None:
        """Show one record in full, if it may be read here."""
        self._open = note
        await self._read_open()

    async def _read_open(self) -> None:
        card = next((one for one in self.cards.value if one.id == self._open), None)
        entities = await self._read_of_call(card.call) if card else ()
        notes = [one for one in entities if isinstance(one, Note) and one.id == self._open]
        self.record.publish(_full(notes[0], entities) if notes else None)


def _full(note: Note, entities: tuple[object, ...]) -> FullRecord:
    calls = [one for one in entities if isinstance(one, Call)]
    assessments = [one for one in entities if isinstance(one, Assessment) and one.note == note.id]
    referrals = tuple(one for one in entities if isinstance(one, Referral) and one.note == note.id)
    return FullRecord(note, calls[0] if calls else None, assessments[0] if assessments else None, referrals)
