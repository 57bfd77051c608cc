"""Seats of the scripted line: there is one console for each, and nobody wraps up but by the script."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from console.line.done import GATEWAY_LOST, Done
from models.shifts.duty import Duty, DutyState


class ScriptedSeating:
    """See `seating.Seating`. `duties` are the seats as the script has them."""

    def __init__(
        self, connected: Callable[[], str], duties: dict[str, Duty], tell: Callable[[Duty], None]
    ) -> None:
        self._connected = connected
        self._duties = duties
        self._tell = tell

    def ask(self) -> None:
        """Nobody else holds the seat."""

    async def give(self, _wish: str, _on: bool) -> Done:
        """Nobody asks for a seat."""
        return Done(False, "not_now") if self._connected() else GATEWAY_LOST

    async def lengthen(self, seat: str, minutes: int) -> Done:
        """A wrap-up of the script lasts longer."""
        if not self._connected():
            return GATEWAY_LOST
        duty = self._duties.get(seat)
        if duty is None or duty.state is not DutyState.WRAP_UP or duty.until is None:
            return Done(False, "not_now")
        until = duty.until + timedelta(minutes=minutes)
        self._duties[seat] = replace(duty, until=until, lengthened=duty.lengthened + minutes)
        self._tell(self._duties[seat])
        return Done(True)
