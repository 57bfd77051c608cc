"""Leaving, sharing and giving away a conversation of the scripted line."""

from collections.abc import Callable
from datetime import datetime

from console.line.done import GATEWAY_LOST, Done
from console.line.handing import Colleagues
from models.calls.brief import Brief
from models.calls.call import Call, CallState, PartyPhase
from models.calls.events import CallEvent, HandedOver, Invited, Released
from models.calls.place import CONVERSATION
from models.ids import new_id
from models.shifts.colleague import Colleague

_NOT_NOW = Done(False, "not_now")


class ScriptedHanding:
    """See `handing.Handing`. The script lets third parties and colleagues ring and answer."""

    def __init__(
        self,
        known: Callable[[str], Call | None],
        mark: Callable[[str], tuple[str, str, datetime]],
        happen: Callable[[str, tuple[CallState, ...], CallEvent], Done],
        tell: Callable[[Colleagues | Brief], bool],
    ) -> None:
        self._known = known
        self._mark = mark
        self._happen = happen
        self._tell = tell
        self.there: tuple[Colleague, ...] = ()
        """Who is to be found at the other seats."""

    async def leave(self, call: str) -> Done:
        """The others go on; a colleague has it then."""
        known = self._known(call)
        parties = known.parties.values() if known else ()
        joined = [party for party in parties if party.phase is PartyPhase.JOINED]
        if known and not joined:
            return _NOT_NOW
        colleague = next((party for party in joined if party.seat), None)
        if colleague:
            return self._happen(call, CONVERSATION, HandedOver(*self._mark(call), colleague.seat, ""))
        return self._happen(call, CONVERSATION, Released(*self._mark(call), True))

    async def come_back(self, call: str) -> Done:
        """The operator is in it again."""
        return self._happen(call, (CallState.RELEASED,), Released(*self._mark(call), False))

    async def ask_colleague(self, call: str, party: str, seat: str, label: str) -> Done:
        """A colleague is being rung."""
        known = self._known(call)
        if known and party in known.parties:
            return Done(True)
        return self._happen(call, CONVERSATION, Invited(*self._mark(call), party, "", label, seat))

    async def transfer(self, call: str, dial: str, seat: str, label: str) -> Done:
        """The operator is out, somebody is being called."""
        if not seat and not (dial.isascii() and dial.isdigit() and 3 <= len(dial) <= 16):
            return Done(False, "bad_number")
        known = self._known(call)
        if known and any(party.phase is not PartyPhase.LEFT for party in known.parties.values()):
            return _NOT_NOW
        left = self._happen(call, CONVERSATION, Released(*self._mark(call), True))
        if left.ok:
            there = Invited(*self._mark(call), new_id(), "" if seat else dial, label, seat)
            self._happen(call, (CallState.RELEASED,), there)
        return left

    async def tell_colleague(self, brief: Brief) -> Done:
        """It stands in the pictures from now on."""
        known = self._known(brief.call)
        if known is None or known.state not in CONVERSATION:
            return Done(False, "not_yours") if known is None else _NOT_NOW
        return Done(True) if self._tell(brief) else GATEWAY_LOST

    async def ask_colleagues(self, on: bool) -> Done:
        """Those of the script are there."""
        told = self._tell(Colleagues(self.there if on else ()))
        return Done(True) if told else GATEWAY_LOST
