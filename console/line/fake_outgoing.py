"""Calls from a seat of the scripted line."""

from collections.abc import Callable
from datetime import datetime

from console.line.done import GATEWAY_LOST, Done
from models.calls.call import Call
from models.calls.events import CallEvent
from models.calls.outgoing import Placed, Rang
from models.calls.place import ENGAGED, state_at


class ScriptedOutgoing:
    """See `outgoing.Outgoing`. `seat` is "" while there is no connection."""

    def __init__(
        self,
        seat: Callable[[], str],
        calls: dict[str, Call],
        mark: Callable[[str], tuple[str, str, datetime]],
        tell: Callable[[CallEvent], None],
    ) -> None:
        self._seat = seat
        self._calls = calls
        self._mark = mark
        self._tell = tell

    async def dial_out(self, call: str, dial: str, label: str, about: str) -> Done:
        """It rings there at once."""
        seat = self._seat()
        if not seat:
            return GATEWAY_LOST
        if call in self._calls:
            return Done(self._calls[call].seat == seat, "" if self._calls[call].seat == seat else "not_yours")
        if any(state_at(one, seat) in ENGAGED for one in self._calls.values()):
            return Done(False, "not_now")
        self._calls[call] = Call(call)
        self._tell(Placed(*self._mark(call), seat, dial, "12356", "", label, about))
        self._tell(Rang(*self._mark(call)))
        return Done(True)
