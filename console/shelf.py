"""What the services of one operator read from the local database and write into it."""

import hashlib
import hmac
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from console.runtime.db_thread import DbThread
from console.runtime.journal import DiskTrouble
from console.storage.values import Indexing, ListedNote, Record
from models.operation import Operation
from models.people.caller import CallerCard, caller_key
from models.people.number import normalise
from models.referrals.referral import Referral
from models.risk.safety_plan import SafetyPlan
from models.trace.entry import Happening

_NAMING = b"xinqiao names of witnesses"


class Shelf:
    """Each call is one piece of work on the db thread; raises DiskTrouble where the disk refuses."""

    def __init__(self, db: DbThread[Any], caller_secret: bytes) -> None:
        self._db = db
        self._caller_secret = caller_secret

    async def share_naming(self) -> None:
        """Name what a restored server has lost like every other workstation of the site does."""
        if not self._caller_secret:
            return
        name = hmac.new(self._caller_secret, _NAMING, hashlib.sha256).digest()
        with suppress(DiskTrouble):
            # Until the next sign-in it is named by this workstation alone then, and told twice at worst.
            await self._db.run(lambda storage: storage.witnesses.share(name))

    async def perform(self, operations: Sequence[Operation]) -> None:
        """Make acts durable."""
        await self._db.run(lambda storage: storage.perform(operations))

    async def trace(self, what: Happening) -> None:
        """Write down what the operator did or saw."""
        await self._db.run(
            lambda storage: storage.trace.write(
                what.act, what.type, what.id, where=what.where, reason=what.reason
            )
        )

    async def record(self, kind: str, entity: str) -> Record | None:
        """One record, to be shown; None where it is not known."""
        found: Record | None = await self._db.run(lambda storage: storage.record(kind, entity))
        return found

    async def plan(self, note: str) -> SafetyPlan | None:
        """The safety plan that belongs to a note; it has the note's id."""
        found = await self.record("safety_plan", note)
        return found.entity if found is not None else None

    async def of_call(self, call: str) -> tuple[Any, ...]:
        """All that belongs to a call, to be shown."""
        records = await self._db.run(lambda storage: storage.of_call(call))
        return tuple(record.entity for record in records)

    async def same_number(self, call: str, most: int) -> tuple[str, ...]:
        """The last other calls of the number of a call."""
        found: tuple[str, ...] = await self._db.run(lambda storage: storage.same_number.calls(call, most))
        return found

    async def open_notes(self) -> tuple[ListedNote, ...]:
        """This operator's notes that are not finished, oldest first."""
        listed: tuple[ListedNote, ...] = await self._db.run(lambda storage: storage.open_notes())
        return listed

    async def open_referrals(self) -> tuple[Referral, ...]:
        """This operator's referrals of this shift that are not at their end."""
        known: tuple[Referral, ...] = await self._db.run(
            lambda storage: storage.open_referrals.of_this_shift()
        )
        return known

    async def index_some(self, most: int) -> Indexing:
        """Take at most so many more records into the index of the search; how far it is."""
        told: Indexing = await self._db.run(lambda storage: storage.search.index_some(most))
        return told

    async def cards(self, since: Any, until: Any) -> Any:
        """The note cards of a span of time, and the calls that nobody answered."""
        return await self._db.run(lambda storage: storage.cards(since, until))

    async def alerts(self, since: Any) -> tuple[Any, ...]:
        """Alerts and who has seen them since a moment."""
        found: tuple[Any, ...] = await self._db.run(lambda storage: storage.alerts.since(since))
        return found

    async def past_of(self, note: str) -> tuple[Operation, ...]:
        """The acts on a note that were done here and are still known."""
        acts: tuple[Operation, ...] = await self._db.run(lambda storage: storage.histories.of_note(note))
        return acts

    async def caller(self, number: str) -> CallerCard | None:
        """What the line knows of a number."""
        key = caller_key(self._caller_secret, normalise(number))
        card: CallerCard | None = await self._db.run(lambda storage: storage.caller_card(key))
        return card
