"""The list of calls that are owed: taken and dialled with one key, the result asked at the end."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Any

from console.line.done import Done
from console.line.outgoing import Outgoing
from console.runtime.journal import Writes
from console.runtime.store import Store
from console.session.identity import Identity
from models.calls.call import Call
from models.calls.events import Answered, CallEvent, Ended
from models.calls.outgoing import Placed
from models.clock import Clock
from models.codec import to_document
from models.followups.callback import Callback, Result, Why
from models.followups.owed import callback_id
from models.followups.reduce import ADD, ATTEMPT, CLOSE, TAKE, reduce
from models.ids import new_id
from models.operation import Operation
from models.people.number import normalise

_NOBODY_TRIED = ("cancelled", "phone")
"""Ends of a call from here after which nothing was tried at the other end."""
_FRESH = ("id", "author", "taken", "attempts", "closing", "closed_at", "closed_by")


@dataclass(frozen=True, slots=True)
class Tried:
    """A call that is made for a call-back; `over`: its result is wanted. `how` is what the line said."""

    callback: str
    call: str
    reached: bool = False
    over: bool = False
    how: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """What is owed, the one that was due first at the head, and the call that is made for one of them."""

    owed: tuple[Callback, ...] = ()
    tried: Tried | None = None


Command = Callable[[Coroutine[Any, Any, Done]], Awaitable[str]]
"""Let the line do something; answers "" or why it refused."""


class FollowupsService:
    """Lives on the io thread; `read` gives what is stored, after all that was written."""

    def __init__(
        self,
        journal: Writes,
        clock: Clock,
        identity: Identity,
        line: Outgoing,
        command: Command,
        read: Callable[[], Awaitable[tuple[Callback, ...]]],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._identity = identity
        self._line = line
        self._command = command
        self._read = read
        self._known: dict[str, Callback] = {}
        self.due: Store[Due] = Store(Due())

    async def refresh(self) -> None:
        """Take over what the server told."""
        self._known = {one.id: one for one in await self._read()}
        self._publish()

    async def dial(self, callback: str) -> None:
        """Take it and call; the hotline's number is shown. Not while the result of another is wanted."""
        known = self._known.get(callback)
        if known is None or self.due.value.tried is not None:
            return
        call = new_id()
        self._show(Tried(callback, call))
        self._take(known, on=True)
        dial = normalise(known.number)
        why = await self._command(self._line.dial_out(call, dial, "", callback))
        if why and self._is(call):
            self._let_be(callback)

    def hear(self, event: CallEvent) -> None:
        """What the line tells of the call that is made for one of them."""
        tried = self.due.value.tried
        if isinstance(event, Placed) and event.about in self._known and event.seat == self._identity.seat:
            self._show(Tried(event.about, event.call))
        elif tried is None or event.call != tried.call:
            return
        elif isinstance(event, Answered):
            self._show(replace(tried, reached=True))
        elif isinstance(event, Ended):
            if event.cause in _NOBODY_TRIED:
                self._let_be(tried.callback)
            else:
                self._show(replace(tried, over=True, how=event.cause))

    def answer(self, result: Result, how: str = "") -> None:
        """What came of the call; the call-back is done, or owed still."""
        tried = self.due.value.tried
        known = self._known.get(tried.callback) if tried else None
        if tried is None or known is None:
            return
        body = {"result": result, "call": tried.call, "how": how or tried.how}
        after = self._act(known, ATTEMPT, body)
        self._show(None)
        if after is not None and after.is_open:
            self._take(after, on=False)

    def ask_for(self, call: Call) -> None:
        """The caller of this call asks to be called back; asked twice it is one."""
        name, now = callback_id(call.id, Why.ASKED), self._clock.now()
        if name in self._known or not normalise(call.number):
            return
        me = self._identity.operator
        made = (name, call.id, me.site, me.id, Why.ASKED, call.number, now, now)
        owed = Callback(*made, line=call.dialled, name=me.name)
        body = {key: value for key, value in to_document(owed).items() if key not in _FRESH}
        self._perform(None, self._operation(ADD, name, body))

    def close(self, callback: str) -> None:
        """Close one that expired without anybody having been reached."""
        known = self._known.get(callback)
        if known is not None and known.is_expired(self._clock.now()):
            self._act(known, CLOSE, {})

    def _let_be(self, callback: str) -> None:
        self._show(None)
        known = self._known.get(callback)
        if known is not None:
            self._take(known, on=False)

    def _take(self, known: Callback, *, on: bool) -> None:
        self._act(known, TAKE, {"on": on, "name": self._identity.operator.name})

    def _is(self, call: str) -> bool:
        tried = self.due.value.tried
        return tried is not None and tried.call == call

    def _act(self, known: Callback, kind: str, body: Mapping[str, object]) -> Callback | None:
        return self._perform(known, self._operation(kind, known.id, body))

    def _perform(self, known: Callback | None, operation: Operation) -> Callback | None:
        after = reduce(known, operation, 0).entity
        if after is not None:
            self._known[after.id] = after
            self._publish()
        self._journal.write(operation, urgent=True)
        return after

    def _show(self, tried: Tried | None) -> None:
        self.due.publish(replace(self.due.value, tried=tried))

    def _publish(self) -> None:
        owed = (one for one in self._known.values() if one.is_open)
        ordered = tuple(sorted(owed, key=lambda one: (one.due_at, one.id)))
        self.due.publish(replace(self.due.value, owed=ordered))

    def _operation(self, kind: str, target: str, body: Mapping[str, object]) -> Operation:
        return Operation(new_id(), kind, target, self._identity.operator.id, self._clock.now(), body)
