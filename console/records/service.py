"""My records of today, and all that is still to be done."""

from collections.abc import Awaitable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from console.runtime.journal import Writes
from console.runtime.store import Store
from console.session.identity import Identity
from console.storage.values import ListedNote
from models.cases.open_tasks import OpenTasks
from models.clock import Clock
from models.ids import new_id
from models.notes.note import Note, NoteState, Signing
from models.notes.signing import SIGN, sign_body
from models.operation import Operation
from models.referrals.reduce import SECOND
from models.referrals.referral import Referral, Step

ADVANCE = "referral.advance"


class Reads(Protocol):
    """What is read of the local database."""

    def my_notes(self, since: datetime, until: datetime, /) -> Awaitable[tuple[ListedNote, ...]]:
        """This operator's notes of a span of time."""
        ...

    def open_tasks(self, everyone: bool, /) -> Awaitable[OpenTasks]:
        """What is still to be done by this operator, or by the whole site."""
        ...

    def listed(self, notes: Sequence[str], /) -> Awaitable[tuple[ListedNote, ...]]:
        """These notes of this operator."""
        ...


class RecordsService:
    """Reads the lists anew whenever something was written or pulled; lives on the io thread."""

    def __init__(self, shelf: Reads, journal: Writes, clock: Clock, identity: Identity) -> None:
        self._shelf = shelf
        self._journal = journal
        self._clock = clock
        self._me = identity.operator
        self.records: Store[tuple[ListedNote, ...]] = Store(())
        self.open: Store[OpenTasks] = Store(OpenTasks())

    async def refresh(self) -> None:
        """Publish what is to be done, and the records since midnight here, at least those of the last eight
        hours; an older one for as long as it is not closed.
        """
        now = self._clock.now()
        midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        since = min(midnight, now - timedelta(hours=8))
        tasks = await self._shelf.open_tasks(self._me.leads)
        recent = await self._shelf.my_notes(since, now + timedelta(days=1))
        here = {one.note.id for one in recent}
        mine = (one.note for one in tasks.unclosed if one.note.author == self._me.id)
        older = await self._shelf.listed(tuple(note.id for note in mine if note.id not in here))
        self.open.publish(tasks)
        self.records.publish((*recent, *older))

    def sign(self, note: Note, reason: str) -> bool:
        """Sign as a lead that the record of a colleague may stay as it is, for this reason.

        False where that is not to be: no reason, an own note, one that is not handed in yet.
        """
        if not reason.strip() or not self._me.leads or note.author == self._me.id:
            return False
        if note.state is not NoteState.FINISHED:
            return False
        self._act(SIGN, note.id, dict(sign_body(note, Signing.LEAD, reason.strip())))
        return True

    def advance(self, referral: Referral, step: Step, detail: str) -> None:
        """Note how a rescue went, whoever began it; an end without safety waits for a second person."""
        self._act(ADVANCE, referral.id, {"step": step, "detail": detail})

    def second(self, referral: Referral, agrees: bool) -> None:
        """Say a second person's word about the end of a rescue; nothing about a wish of one's own."""
        waiting = referral.waiting
        if waiting is not None and waiting.by != self._me.id:
            self._act(SECOND, referral.id, {"closing": waiting.op, "agrees": agrees})

    def _act(self, kind: str, entity: str, body: dict[str, object]) -> None:
        operation = Operation(new_id(), kind, entity, self._me.id, self._clock.now(), body)
        self._journal.write(operation, urgent=True)
