"""Giving an own record to a lead for a time, and taking it back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from console.runtime.store import Store
from console.sync.grants import Sharing
from models.access.matrix import Entity
from models.trace.entry import Act, Happening, as_code


class Sharer(Protocol):
    """The server, as far as giving needs it."""

    def of_note(self, note: str, /) -> Awaitable[Sharing | str]:
        """Whom a note can be given to and who has it; else why that is not known."""
        ...

    def ask(self, note: str, reason: str, hours: int, to: str, /) -> Awaitable[str]:
        """ "" where it was given, otherwise why not."""
        ...

    def take_back(self, grant: str, /) -> Awaitable[str]:
        """ "" where it was taken back, otherwise why not."""
        ...


class Stage(StrEnum):
    """What became of the last wish: none yet, asking, done, refused."""

    NONE = "none"
    WAITING = "waiting"
    GIVEN = "given"
    TAKEN_BACK = "taken_back"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Shared:
    """The note in question ("": none), what the server told of it, and the last wish (`why`: a code)."""

    note: str = ""
    sharing: Sharing = field(default_factory=Sharing)
    stage: Stage = Stage.NONE
    why: str = ""


class SharingService:
    """Lives on the io thread; every step goes into the trace, here and at the server."""

    def __init__(self, server: Sharer, saw: Callable[[Happening], object]) -> None:
        self._server = server
        self._saw = saw
        self.shared: Store[Shared] = Store(Shared())

    async def open(self, note: str) -> None:
        """Ask who could have this note and who has it."""
        self.shared.publish(Shared(note, stage=Stage.WAITING))
        await self._look(note, Stage.NONE)

    async def give(self, note: str, to: str, reason: str, hours: int) -> None:
        """Let a lead read a note for so many hours."""
        if not reason.strip() or not to:
            self._refused(note, "reason_wanted" if to else "no_account")
            return
        if not self._begins(note):
            return
        self._saw(Happening(Act.GRANTED, Entity.NOTE.value, note, where=as_code(to)))
        why = await self._server.ask(note, reason, hours, to)
        await self._done(note, why, Stage.GIVEN)

    async def take_back(self, note: str, grant: str) -> None:
        """End it now."""
        if not self._begins(note):
            return
        self._saw(Happening(Act.WITHDRAWN, Entity.NOTE.value, note, where=as_code(grant)))
        await self._done(note, await self._server.take_back(grant), Stage.TAKEN_BACK)

    def close(self) -> None:
        """Nothing of it stays in sight."""
        self.shared.publish(Shared())

    def _begins(self, note: str) -> bool:
        """False where the server is asked about this note still: a second press is none."""
        shared = self.shared.value
        if shared.note == note:
            if shared.stage is Stage.WAITING:
                return False
            self.shared.publish(replace(shared, stage=Stage.WAITING))
        return True

    async def _done(self, note: str, why: str, stage: Stage) -> None:
        if why:
            self._refused(note, why)
        else:
            await self._look(note, stage)

    async def _look(self, note: str, stage: Stage) -> None:
        told = await self._server.of_note(note)
        if self.shared.value.note != note:
            return
        if isinstance(told, str):
            self._refused(note, told)
        else:
            self.shared.publish(Shared(note, told, stage))

    def _refused(self, note: str, why: str) -> None:
        if self.shared.value.note == note:
            self.shared.publish(replace(self.shared.value, stage=Stage.REFUSED, why=why))
