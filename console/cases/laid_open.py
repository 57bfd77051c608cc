"""A safety plan or a referral laid open beside a person's history, and which record is asked for there."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from console.runtime.store import Store
from console.storage.values import Record
from models.access.judging import Verdict
from models.notes.card import NoteCard
from models.notes.note import Note
from models.referrals.referral import Referral
from models.risk.safety_plan import SafetyPlan

SAFETY_PLAN, REFERRAL = "safety_plan", "referral"
_CARD = "note.card"


class Access(Protocol):
    """What somebody may read, and that it was read."""

    def readable(self, note: Note, beside: Iterable[object] = ()) -> Verdict:
        """Whether a note may be read now, by all that is known of its call."""
        ...

    def saw(self, entities: Iterable[object], where: str) -> None:
        """These were opened in a view."""
        ...


@dataclass(frozen=True, slots=True)
class Laid:
    """What lies open: a plan, a referral, or (`locked`) neither, as the record of `call` may not be read."""

    record: SafetyPlan | Referral | None = None
    call: str = ""
    locked: bool = False


class LaidOpen:
    """Lives on the io thread. Whoever may read the record that it belongs to may read it."""

    def __init__(
        self,
        read: Callable[[str, str], Awaitable[Record | None]],
        of_call: Callable[[str], Awaitable[tuple[object, ...]]],
        access: Access,
    ) -> None:
        self._read = read
        self._of_call = of_call
        self._access = access
        self.laid: Store[Laid] = Store(Laid())
        self.wanted: Store[NoteCard | None] = Store(None)

    async def open(self, kind: str, name: str) -> None:
        """Lay a safety plan or referral open; that leaves an entry in the trace."""
        found = await self._read(kind, name)
        record = found.entity if found is not None else None
        if not isinstance(record, (SafetyPlan, Referral)):
            return
        beside = await self._of_call(record.call)
        notes = (one for one in beside if isinstance(one, Note) and one.id == record.note)
        if not any(self._access.readable(note, beside).allowed for note in notes):
            self.laid.publish(Laid(None, record.call, locked=True))
            return
        self._access.saw((record,), "case")
        self.wanted.publish(None)
        self.laid.publish(Laid(record, record.call))

    async def want(self, card: str) -> None:
        """Offer to ask for the record of a card."""
        found = await self._read(_CARD, card)
        self.laid.publish(Laid())
        self.wanted.publish(found.entity if found is not None else None)

    def put_away(self) -> None:
        """Nothing lies open, and nothing is asked for."""
        self.laid.publish(Laid())
        self.wanted.publish(None)
