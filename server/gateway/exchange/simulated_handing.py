"""Conversations of the simulated exchange that are left, come back to and given away."""

from models.calls.call import CallState, PartyPhase
from models.calls.events import Released, Resumed
from models.calls.place import CONVERSATION
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.exchange.switchboard import Switchboard


class SimulatedHanding:
    """See `handing.Handing`."""

    def __init__(self, board: Switchboard) -> None:
        self._board = board

    async def leave(self, call: str) -> None:
        """The operator is out of it; a held caller comes to the others first."""
        known = self._board.running(call, *CONVERSATION)
        if not any(party.phase is PartyPhase.JOINED for party in known.parties.values()):
            raise ExchangeRefused("not_now")
        if known.state is CallState.HELD:
            self._board.happened(Resumed(*self._board.mark(call)))
        self._board.happened(Released(*self._board.mark(call), True))

    async def come_back(self, call: str, _seat: str, /) -> None:
        """The operator is in it again."""
        if self._board.running(call, CallState.RELEASED, *CONVERSATION).state is CallState.RELEASED:
            self._board.happened(Released(*self._board.mark(call), False))
