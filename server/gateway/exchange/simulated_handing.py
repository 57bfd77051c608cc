"""Conversations of the simulated exchange that are left, come back to and given away."""

import re
from collections.abc import Callable

from models.calls.call import Call, CallState, PartyPhase
from models.calls.events import Invited, Offered, PartyRang, Released, Resumed
from models.calls.place import CONVERSATION, colleague_at
from models.ids import new_id
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.exchange.switchboard import Switchboard

DIAL = re.compile(r"[0-9]{3,16}")


class SimulatedHanding:
    """See `handing.Handing`."""

    def __init__(self, board: Switchboard, calling: Callable[[str, str], None]) -> None:
        self._board = board
        self._calling = calling

    async def leave(self, call: str) -> None:
        """The operator is out of it; a held caller comes to the others first."""
        known = self._board.running(call, *CONVERSATION)
        others = [party for party in known.parties.values() if party.phase is PartyPhase.JOINED]
        if not others:
            raise ExchangeRefused("not_now")
        if known.state is CallState.HELD:
            self._board.happened(Resumed(*self._board.mark(call)))
        colleague = next((party for party in others if party.seat), None)
        if colleague:
            self._board.hand_over(known, colleague)
        else:
            self._board.happened(Released(*self._board.mark(call), True))

    async def come_back(self, call: str, _seat: str, /) -> None:
        """The operator is in it again."""
        if self._board.running(call, CallState.RELEASED, *CONVERSATION).state is CallState.RELEASED:
            self._board.happened(Released(*self._board.mark(call), False))

    async def ask_colleague(self, call: str, party: str, seat: str, label: str) -> None:
        """Ring at the colleague's seat."""
        known = self._board.running(call, *CONVERSATION)
        if party in known.parties:
            return
        if seat == known.holder or colleague_at(known, seat):
            raise ExchangeRefused("not_now")
        self._ring_at(known, party, seat, label)

    async def transfer(self, call: str, dial: str, seat: str, label: str) -> None:
        """The operator is out; it rings there, and in the queue again where nobody answers."""
        known = self._board.running(call, *CONVERSATION)
        if not seat and not DIAL.fullmatch(dial):
            raise ExchangeRefused("bad_number")
        here = any(party.phase is not PartyPhase.LEFT for party in known.parties.values())
        if seat == known.holder or here:
            raise ExchangeRefused("not_now")
        if known.state is CallState.HELD:
            self._board.happened(Resumed(*self._board.mark(call)))
        self._board.happened(Released(*self._board.mark(call), True))
        party = new_id()
        if seat:
            self._ring_at(known, party, seat, label)
            return
        self._board.happened(Invited(*self._board.mark(call), party, dial, label))
        self._calling(call, party)

    def _ring_at(self, known: Call, party: str, seat: str, label: str) -> None:
        board, call = self._board, known.id
        board.happened(Invited(*board.mark(call), party, "", label, seat))
        board.happened(PartyRang(*board.mark(call), party))
        entered_at = known.entered_at or board.moment()
        board.happened(Offered(*board.mark(call), seat, known.number, known.dialled, entered_at))
