"""What the shift lead sees: cards of all notes, and in full what reached R3 or R4."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from console.runtime.store import Store
from console.runtime.waiting import Wait, wait_for
from models.access.judging import Verdict
from models.calls.call import Call
from models.calls.card import CallCard
from models.clock import Clock
from models.notes.card import NoteCard
from models.notes.note import Note
from models.referrals.referral import Referral
from models.risk.assessment import Assessment
from models.risk.safety_plan import SafetyPlan

ReadCards = Callable[[datetime, datetime], Awaitable[tuple[tuple[NoteCard, ...], tuple[CallCard, ...]]]]
ReadOfCall = Callable[[str], Awaitable[tuple[object, ...]]]

SHIFT = timedelta(hours=12)
MOST_CARDS = 150
"""More notes at once nobody reads; the search finds the others."""
LOOK_AGAIN_SECONDS = 15.0


class Access(Protocol):
    """What somebody may read, and that it was read."""

    def readable(self, note: Note, beside: Iterable[object] = ()) -> Verdict:
        """Whether a note may be read now, by all that is known of its call."""
        ...

    def saw(self, entities: Iterable[object], where: str) -> None:
        """These were opened in a view."""
        ...


@dataclass(frozen=True, slots=True)
class FullRecord:
    """A record of another operator that a lead may read; `beside` is all that is known of its call."""

    note: Note
    call: Call | None
    assessment: Assessment | None
    referrals: tuple[Referral, ...]
    beside: tuple[object, ...] = ()


class LeadService:
    """Reads anew after each round of sync."""

    def __init__(self, read_cards: ReadCards, read_of_call: ReadOfCall, clock: Clock, access: Access) -> None:
        self._read_cards = read_cards
        self._read_of_call = read_of_call
        self._clock = clock
        self._access = access
        self._open = self._call = ""
        self._back = SHIFT
        self.cards: Store[tuple[NoteCard, ...]] = Store(())
        self.missed: Store[tuple[CallCard, ...]] = Store(())
        self._logged = ""
        self.wanted: Store[NoteCard | None] = Store(None)
        self.record: Store[FullRecord | None] = Store(None)

    async def refresh(self) -> None:
        """Publish the notes since the chosen moment, who was missed in the last twelve hours, and the opened
        record as it is now.
        """
        now = self._clock.now()
        cards, missed = await self._read_cards(now - SHIFT, now + SHIFT)
        if self._back > SHIFT:
            older, _ = await self._read_cards(now - self._back, now + SHIFT)
            cards = older[:MOST_CARDS]
        self.cards.publish(cards)
        self.missed.publish(missed)
        await self._read_open()

    async def look_back(self, back: timedelta) -> None:
        """Show the notes of so long a time; the newest, where there are very many."""
        self._back = max(SHIFT, back)
        await self.refresh()

    async def open(self, note: str, call: str = "") -> None:
        """Show one record in full, if it may be read here; otherwise its card is `wanted`.

        `call` is its call, for a record that is older than the cards that are shown.
        """
        self._open, self._call = note, call
        self._logged = ""
        await self._read_open()

    async def keep(self, wait: Wait = wait_for) -> None:
        """Look again and again whether the opened record may still be read, until cancelled: off line too."""
        while True:
            await wait(asyncio.Event(), LOOK_AGAIN_SECONDS)
            if self.record.value is not None:
                await self._read_open()

    async def _read_open(self) -> None:
        opened = self._open
        card = next((one for one in self.cards.value if one.id == opened), None)
        call = card.call if card else self._call
        entities = await self._read_of_call(call) if call else ()
        if opened != self._open:
            # Another one was opened meanwhile, and is being read.
            return
        notes = [one for one in entities if isinstance(one, Note) and one.id == opened]
        readable = [note for note in notes if self._access.readable(note, entities).allowed]
        self._log(readable, entities)
        self.record.publish(full_record(readable[0], entities) if readable else None)
        self.wanted.publish(None if readable else card)

    def _log(self, readable: Sequence[Note], entities: Sequence[object]) -> None:
        """Each opening of a record leaves its entries once, however often it is read anew."""
        if not readable or self._logged == self._open:
            return
        self._logged = self._open
        of_note = (one for one in entities if isinstance(one, (Assessment, SafetyPlan, Referral)))
        self._access.saw((*readable, *(one for one in of_note if one.note == self._open)), "lead")


def full_record(note: Note, entities: tuple[object, ...]) -> FullRecord:
    """A note with all of its call that belongs to it."""
    calls = [one for one in entities if isinstance(one, Call)]
    assessments = [one for one in entities if isinstance(one, Assessment) and one.note == note.id]
    referrals = tuple(one for one in entities if isinstance(one, Referral) and one.note == note.id)
    call, assessment = calls[0] if calls else None, assessments[0] if assessments else None
    return FullRecord(note, call, assessment, referrals, entities)
