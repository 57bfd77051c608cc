"""One record of a person's calls, read beside their history for as long as that is allowed."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from console.runtime.store import Store
from console.runtime.waiting import Wait, wait_for
from models.access.judging import Verdict
from models.notes.note import Note
from models.people.operator import Operator

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
class Shown:
    """What is read: a note with all that is known of its call; nothing while `note` is None.

    `over`: it was open, and may be read no longer. `own`: it is the operator's, who goes on writing it.
    """

    note: Note | None = None
    beside: tuple[object, ...] = ()
    over: bool = False
    own: bool = False


class RecordHere:
    """Lives on the io thread. What was granted for a time is put away at its end, off line too."""

    def __init__(
        self,
        me: Operator,
        of_call: Callable[[str], Awaitable[tuple[object, ...]]],
        access: Access,
        spawn: Callable[[Coroutine[Any, Any, object]], None],
        wait: Wait = wait_for,
    ) -> None:
        self._me = me
        self._of_call = of_call
        self._access = access
        self._spawn = spawn
        self._wait = wait
        self._keeping = False
        self.shown: Store[Shown] = Store(Shown())

    async def open(self, note: str, call: str) -> None:
        """Show a record, if it may be read; that leaves an entry in the trace for each part of it.

        One of the operator's own is only pointed out, unless the operator leads: it is written on the desk.
        """
        shown = await self._read(note, call)
        self.shown.publish(shown)
        if shown.note is None or shown.own:
            return
        parts = (one for one in shown.beside if getattr(one, "note", "") == note)
        self._access.saw((shown.note, *parts), "case")
        if not self._keeping:
            self._keeping = True
            self._spawn(self._keep())

    async def look(self) -> None:
        """Something came, or time has passed: show it as it is now, or that it is over."""
        shown = self.shown.value
        if shown.note is None or shown.own:
            return
        now = await self._read(shown.note.id, shown.note.call)
        if self.shown.value is shown and now != shown:
            self.shown.publish(now if now.note else Shown(over=True))

    def put_away(self) -> None:
        """Nothing is read here any more."""
        self.shown.publish(Shown())

    async def _keep(self) -> None:
        try:
            while self.shown.value.note is not None:
                await self._wait(asyncio.Event(), LOOK_AGAIN_SECONDS)
                await self.look()
        finally:
            self._keeping = False

    async def _read(self, note: str, call: str) -> Shown:
        beside = await self._of_call(call)
        notes = (one for one in beside if isinstance(one, Note) and one.id == note)
        found = next((one for one in notes if self._access.readable(one, beside).allowed), None)
        if found is None:
            return Shown()
        return Shown(found, beside, own=found.author == self._me.id and not self._me.leads)
