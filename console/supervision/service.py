"""Listening, whispering, joining, taking over: what this seat does in a conversation of another one."""

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any

from console.line.done import Done
from console.line.supervision import Supervision
from console.runtime.store import Store
from models.calls.call import Call
from models.calls.events import CallEvent, Ended, HandedOver, Watched, Watching
from models.calls.place import watches
from models.trace.entry import Act, Happening, as_code


@dataclass(frozen=True, slots=True)
class Watch:
    """The conversation that is watched from here, and how; "" for none."""

    call: str = ""
    how: Watching = Watching.GONE


Command = Callable[[Coroutine[Any, Any, Done]], Coroutine[Any, Any, str]]


class SupervisionService:
    """Lives on the io thread. What is shown changes when the line says so; each wish leaves its trace."""

    def __init__(
        self, line: Supervision, command: Command, seat: str, saw: Callable[[Happening], None]
    ) -> None:
        self._line = line
        self._command = command
        self._seat = seat
        self._saw = saw
        self.watch: Store[Watch] = Store(Watch())

    def hear(self, event: CallEvent) -> None:
        """Something happened to a call, perhaps to the one that is watched."""
        match event:
            case Watched(call=call, seat=seat, how=how) if seat == self._seat:
                self._show(call, how)
            case Ended(call=call) if call == self.watch.value.call:
                self._show(call, Watching.GONE)
            case HandedOver(call=call, seat=seat) if seat == self._seat and call == self.watch.value.call:
                self._show(call, Watching.GONE)

    def see(self, calls: Iterable[Call]) -> None:
        """The whole picture of the line."""
        watched = [call for call in calls if watches(call, self._seat)]
        self.watch.publish(Watch(watched[0].id, watched[0].watchers[self._seat].how) if watched else Watch())

    async def take_part(self, call: str, how: Watching) -> None:
        """Listen, be heard by the operator only, join, or be gone."""
        known = self.watch.value
        if how is not Watching.GONE and known.call not in ("", call):
            # One telephone: who goes to another conversation leaves the first.
            await self._command(self._line.watch(known.call, Watching.GONE))
        why = await self._command(self._line.watch(call, how))
        self._saw(Happening(Act.WATCHED, "call", as_code(call), where=how.value, reason=as_code(why)))

    async def take_over(self, call: str) -> None:
        """Make the conversation this seat's."""
        why = await self._command(self._line.take_over(call))
        self._saw(Happening(Act.TOOK_OVER, "call", as_code(call), reason=as_code(why)))

    def _show(self, call: str, how: Watching) -> None:
        if how is Watching.GONE and self.watch.value.call not in ("", call):
            # Of the conversation that was left for this one.
            return
        self.watch.publish(Watch() if how is Watching.GONE else Watch(call, how))
