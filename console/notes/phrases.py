"""The operator's own phrases: kept in the own database, and at every workstation after a sync."""

from collections.abc import Awaitable, Callable

from console.runtime.journal import DiskTrouble, Writes
from console.runtime.store import Store
from console.session.identity import Identity
from console.storage.values import Record
from models.clock import Clock
from models.ids import new_id
from models.notes.phrases import DROP, ENTITY, PUT, Phrase, Phrases, fault_of, reduce
from models.operation import Operation


class PhrasesService:
    """Lives on the io thread."""

    def __init__(
        self,
        journal: Writes,
        clock: Clock,
        identity: Identity,
        record: Callable[[str, str], Awaitable[Record | None]],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._me = identity.operator.id
        self._record = record
        self.phrases: Store[Phrases] = Store(Phrases(self._me, self._me))

    async def refresh(self) -> None:
        """Read what is kept."""
        try:
            record = await self._record(ENTITY, self._me)
        except DiskTrouble:
            return
        if record is not None and isinstance(record.entity, Phrases):
            self.phrases.publish(record.entity)

    def put(self, phrase: str, letters: str, text: str) -> str:
        """Keep a phrase, a new one where `phrase` is ""; why not: `empty`, `long`, `many`, else ""."""
        kept = Phrase(phrase or new_id(), letters.strip(), text)
        fault = fault_of(self.phrases.value, kept)
        if not fault:
            self._act(PUT, {"phrase": kept.id, "letters": kept.letters, "text": kept.text})
        return fault

    def drop(self, phrase: str) -> None:
        """Keep one no longer; nothing where it is not kept."""
        if any(one.id == phrase for one in self.phrases.value.kept):
            self._act(DROP, {"phrase": phrase})

    def _act(self, kind: str, body: dict[str, str]) -> None:
        act = Operation(new_id(), kind, self._me, self._me, self._clock.now(), body)
        self._journal.write(act, urgent=True)
        self.phrases.publish(reduce(self.phrases.value, act, 0).entity or self.phrases.value)
