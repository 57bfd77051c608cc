"""Notes that somebody looks at: told when they are not as they were, and no longer than somebody looks."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from console.notes.beside import BesideService, Sources, Told
from console.storage.values import Record
from models.clock import ManualClock
from models.notes.note import Note, NoteState
from models.operation import Operation
from tests.console.desk import IDENTITY, MemoryJournal

NOTE = Note("a", "call", "zhang", "beijing", "full", 1, datetime(2026, 11, 23, 8, tzinfo=UTC))


class SettledJournal(MemoryJournal):
    """Has kept all it was given."""

    async def flush(self) -> None:
        """Come back at once."""


class Shelf:
    """Holds notes as another part may change them."""

    def __init__(self) -> None:
        self.notes = {"a": NOTE, "b": replace(NOTE, id="b")}
        self.told: list[Mapping[str, Note]] = []
        sources = Sources(self.record, self.here, self.server)
        self.beside = BesideService(SettledJournal(), ManualClock(), IDENTITY, sources, lambda _what: None)
        self.beside.known.watch(self.told.append)
        self.told.clear()

    async def record(self, _kind: str, name: str) -> Record | None:
        note = self.notes.get(name)
        return Record("note", name, 1, note, 0) if note else None

    async def here(self, _note: str) -> tuple[Operation, ...]:
        return ()

    async def server(self, _note: str) -> Told:
        raise AssertionError("nobody asked for the past")


def test_what_is_not_as_it_was_is_told_once_for_all() -> None:
    shelf = Shelf()

    async def story() -> None:
        await shelf.beside.look("a")
        await shelf.beside.look("b")
        await shelf.beside.look_again()
        assert len(shelf.told) == 2, "nothing is new"
        shelf.notes = {name: replace(one, state=NoteState.FINISHED) for name, one in shelf.notes.items()}
        await shelf.beside.look_again()

    asyncio.run(story())
    assert len(shelf.told) == 3
    assert {one.state for one in shelf.told[-1].values()} == {NoteState.FINISHED}


def test_what_nobody_looks_at_is_not_read_again_and_comes_back_when_somebody_does() -> None:
    shelf = Shelf()

    async def story() -> None:
        await shelf.beside.look("a")
        await shelf.beside.look("b")
        shelf.beside.forget("a")
        await shelf.beside.look_again()
        assert set(shelf.beside.known.value) == {"b"}
        await shelf.beside.look("a")

    asyncio.run(story())
    assert set(shelf.told[-1]) == {"a", "b"}
