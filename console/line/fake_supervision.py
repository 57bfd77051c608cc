"""A lead's part in the conversations of other seats of the scripted line."""

from collections.abc import Callable
from datetime import datetime

from console.line.done import GATEWAY_LOST, Done
from models.calls.call import Call
from models.calls.events import CallEvent, HandedOver, Watched, Watching
from models.calls.place import CONVERSATION, is_at


class ScriptedSupervision:
    """See `supervision.Supervision`. `seat` is "" while there is no connection."""

    def __init__(
        self,
        seat: Callable[[], str],
        known: Callable[[str], Call | None],
        mark: Callable[[str], tuple[str, str, datetime]],
        tell: Callable[[CallEvent], None],
    ) -> None:
        self._seat = seat
        self._known = known
        self._mark = mark
        self._tell = tell

    async def watch(self, call: str, how: Watching) -> Done:
        """The lead's telephone is there at once."""
        return self._happen(call, Watched(*self._mark(call), self._seat(), "", how))

    async def take_over(self, call: str) -> Done:
        """The conversation is this seat's at once."""
        return self._happen(call, HandedOver(*self._mark(call), self._seat(), ""))

    def _happen(self, call: str, event: CallEvent) -> Done:
        known = self._known(call)
        if not self._seat():
            return GATEWAY_LOST
        if known is None:
            return Done(False, "not_yours")
        if known.state not in CONVERSATION or is_at(known, self._seat()):
            return Done(False, "not_now")
        self._tell(event)
        return Done(True)
