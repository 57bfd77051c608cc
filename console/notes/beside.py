"""What stands beside the text of a note: signatures, additions, and what it said before."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from console.runtime.journal import DiskTrouble, Durable
from console.runtime.store import Store
from console.session.identity import Identity
from console.storage.values import Record
from models.clock import Clock
from models.ids import new_id
from models.notes.history import Stage, stages
from models.notes.note import Note, Signing
from models.notes.signing import ADD, SIGN, sign_body
from models.operation import Operation
from models.trace.entry import Act, Happening


class Journal(Protocol):
    """The way to the disk."""

    def write(self, *operations: Operation, urgent: bool = False) -> Durable:
        """Queue acts."""
        ...

    def flush(self) -> Awaitable[None]:
        """Wait until all that was queued is on disk."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """What the server tells of a note's past; `why` there is nothing, "" where there is."""

    acts: tuple[Operation, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """The history of a note as far as it is known; `why`: what of it could not be asked for, a code."""

    note: Note
    stages: tuple[Stage, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where notes and their past are read: here, and at the server."""

    record: Callable[[str, str], Awaitable[Record | None]]
    here: Callable[[str], Awaitable[tuple[Operation, ...]]]
    server: Callable[[str], Awaitable[Told]]


class BesideService:
    """Lives on the io thread; what was looked at is `known` by the id of the note."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        identity: Identity,
        sources: Sources,
        saw: Callable[[Happening], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._me = identity.operator
        self._sources = sources
        self._saw = saw
        self.known: Store[Mapping[str, Note]] = Store({})
        self.past: Store[Past | None] = Store(None)

    async def look(self, note: str) -> None:
        """Read a note as it is here now."""
        await self._look([note])

    async def look_again(self) -> None:
        """Something came from the server: read anew what was looked at."""
        await self._look(tuple(self.known.value))

    def forget(self, note: str) -> None:
        """Nobody looks at it any more."""
        self.known.publish({name: one for name, one in self.known.value.items() if name != note})

    async def add(self, note: str, text: str) -> None:
        """Put words beside a note that was handed in; nothing where there are none."""
        if text.strip():
            await self._act(ADD, note, {"text": text})

    async def sign(self, note: Note, role: Signing, reason: str = "") -> None:
        """Sign a note as it stands, as its author or, with a reason, as a lead."""
        await self._act(SIGN, note.id, sign_body(note, role, reason))

    async def remember(self, note: str) -> None:
        """Gather what a note said before: what is known here at once, what the server has once it answers.

        That somebody looked goes into the trace.
        """
        self.past.publish(None)
        await self._journal.flush()
        record = await self._sources.record("note", note)
        if record is None or not isinstance(record.entity, Note):
            return
        found: Note = record.entity
        self._saw(Happening(Act.READ, "note", note, where="history"))
        here = await self._sources.here(note)
        known = Past(found, stages(found, here), why="asking")
        self.past.publish(known)
        told = await self._sources.server(note)
        if self.past.value is known:
            both = stages(found, (*told.acts, *here))
            self.past.publish(replace(known, stages=both, names=told.names, why=told.why))

    async def _look(self, notes: Sequence[str]) -> None:
        """Read notes and tell of them together, where one is not as it was."""
        found: dict[str, Note] = {}
        for note in notes:
            try:
                record = await self._sources.record("note", note)
            except DiskTrouble:
                break
            if record is not None and isinstance(record.entity, Note):
                found[note] = record.entity
        after = {**self.known.value, **found}
        if after != self.known.value:
            self.known.publish(after)

    async def _act(self, kind: str, note: str, body: Mapping[str, object]) -> None:
        act = Operation(new_id(), kind, note, self._me.id, self._clock.now(), body)
        self._journal.write(act, urgent=True)
        await self._journal.flush()
        await self.look(note)
