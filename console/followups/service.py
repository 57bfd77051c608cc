"""The list of calls that are owed: taken and dialled with one key, the result asked at the end."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any

from console.followups.owing import Due, Owing, Tried
from console.line.done import Done
from console.line.outgoing import Outgoing
from console.runtime.store import Store
from console.session.identity import Identity
from models.calls.call import Call
from models.calls.events import Answered, CallEvent, Ended
from models.calls.outgoing import Placed
from models.clock import Clock
from models.followups.callback import Callback, Result, Why
from models.followups.dates import Calendar
from models.followups.followup import UNREACHED, Followup
from models.followups.in_note import number_to_call
from models.followups.known import Owed
from models.followups.owed import callback_id
from models.ids import new_id
from models.notes.note import Value
from models.people.number import normalise

_NOBODY_TRIED = ("cancelled", "phone")
"""Ends of a call from here after which nothing was tried at the other end."""

Command = Callable[[Coroutine[Any, Any, Done]], Awaitable[str]]
"""Let the line do something; answers "" or why it refused."""


class FollowupsService:
    """Lives on the io thread. `note_of` gives the note of a call, "" where there is none yet.

    `said_in` gives what the fields of the open note of a call say.
    """

    def __init__(
        self,
        owing: Owing,
        clock: Clock,
        identity: Identity,
        line: Outgoing,
        command: Command,
        calendar: Calendar,
    ) -> None:
        self._owing = owing
        self._clock = clock
        self._identity = identity
        self._line = line
        self._command = command
        self._calendar = calendar
        self.note_of: Callable[[str], str] = lambda _call: ""
        self.said_in: Callable[[str], Mapping[str, Value]] = lambda _call: {}
        self.due: Store[Due] = owing.due

    async def refresh(self) -> None:
        """Take over what the server told."""
        await self._owing.refresh()

    async def dial(self, owed: str) -> None:
        """Take it and call; the hotline's number is shown. Not while the result of another is wanted.

        Nor where the person wishes no contact and no lead has opened it.
        """
        known = self._owing.get(owed)
        if known is None or self.due.value.tried is not None or not self._owing.may_call(known):
            return
        call = new_id()
        self._owing.show(Tried(owed, call))
        for one in self._owing.beside(known):
            self._take(one, on=True)
        dial = normalise(known.number if isinstance(known, Callback) else known.dial)
        why = await self._command(self._line.dial_out(call, dial, "", owed))
        if why and self._is(call):
            self._let_be(owed)

    def hear(self, event: CallEvent) -> None:
        """What the line tells of the call that is made for one of them."""
        tried = self.due.value.tried
        if isinstance(event, Placed) and event.seat == self._identity.seat and self._owing.get(event.about):
            self._owing.show(Tried(event.about, event.call))
        elif tried is None or event.call != tried.call:
            return
        elif isinstance(event, Answered):
            self._owing.show(replace(tried, reached=True))
        elif isinstance(event, Ended):
            if event.cause in _NOBODY_TRIED:
                self._let_be(tried.callback)
            else:
                self._owing.show(replace(tried, over=True, how=event.cause))

    def answer(self, result: Result, how: str = "", source: str = "") -> None:
        """What came of the call, with who says so where that is asked; it is done, or owed still.

        It holds of every abandoned call of the number that the call was made for, each by its own act. One
        that came in meanwhile is owed as before.
        """
        tried = self.due.value.tried
        known = self._owing.get(tried.callback) if tried else None
        if tried is None or known is None:
            return
        body = {"result": result, "call": tried.call, "how": how or tried.how, "source": source}
        body["name"] = self._identity.operator.name
        served = self._served(known)
        acted = [
            self._owing.act(one, "attempt", {**body, **self._of_series(one, result, tried)}) for one in served
        ]
        self._owing.show(None)
        for after in acted:
            if after is not None and after.is_open:
                self._take(after, on=False)

    def ask_for(self, call: Call, number: str = "") -> None:
        """The caller of this call asks to be called back, at this number or the one known; twice it is one.

        Nobody is called back where none is known: who was handed over by 110 is not called at 110.
        """
        plain = number or number_to_call(call, self.said_in(call.id))
        if not normalise(plain):
            return
        me, now = self._identity.operator, self._clock.now()
        made = (callback_id(call.id, Why.ASKED), call.id, me.site, me.id, Why.ASKED, plain, now, now)
        self._owing.add(Callback(*made, line=call.dialled, name=me.name))

    def close(self, callback: str) -> None:
        """Close a call-back that expired without anybody having been reached.

        With it go the other abandoned calls of its number that expired; a younger one stays owed.
        """
        known = self._owing.get(callback)
        now = self._clock.now()
        for one in self._owing.beside(known) if known else ():
            if isinstance(one, Callback) and one.is_expired(now):
                self._owing.act(one, "close", {})

    def _of_series(self, known: Owed, result: Result, tried: Tried) -> dict[str, object]:
        """What an attempt of a follow-up says besides: its date, the call's note, when it is tried again."""
        if not isinstance(known, Followup):
            return {}
        said: dict[str, object] = {"step": known.step, "note": self.note_of(tried.call)}
        if result in UNREACHED:
            rule = known.series.retry_hours
            said["again"] = self._calendar.again(self._clock.now(), rule, known.agreed.windows).isoformat()
        return said

    def _let_be(self, owed: str) -> None:
        self._owing.show(None)
        known = self._owing.get(owed)
        for one in self._served(known) if known else ():
            self._take(one, on=False)

    def _served(self, known: Owed) -> tuple[Owed, ...]:
        """What the call that was made serves: all that were taken for it, which outlasts a new start."""
        me = self._identity.operator.id
        others = self._owing.beside(known)[1:]
        return (known, *(one for one in others if one.taken and one.taken.on and one.taken.by == me))

    def _take(self, known: Owed, *, on: bool) -> None:
        self._owing.act(known, "take", {"on": on, "name": self._identity.operator.name})

    def _is(self, call: str) -> bool:
        tried = self.due.value.tried
        return tried is not None and tried.call == call
