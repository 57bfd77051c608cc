"""Conversations of an Asterisk that are left, come back to and given away."""

from models.calls.call import CallState
from models.calls.place import CONVERSATION
from server.gateway.exchange.asterisk_floor import Part
from server.gateway.exchange.asterisk_moves import CALLER_ROOM, Moves, fetched
from server.gateway.exchange.port import ExchangeRefused


class AsteriskHanding:
    """See `handing.Handing`."""

    def __init__(self, moves: Moves) -> None:
        self._moves = moves

    async def leave(self, call: str) -> None:
        """Hang the operator's telephone up; a held caller is brought to the others first."""
        moves = self._moves
        known = moves.call(call)
        if not moves.link.floor.others(call):
            raise ExchangeRefused("not_now")
        await moves.gather(call)
        if known.state is CallState.HELD:
            await moves.send(call, CallState.HELD, CALLER_ROOM)
        await moves.end(moves.leg(call, Part.PHONE))

    async def come_back(self, call: str, seat: str, /) -> None:
        """Fetch the telephone of the seat into the room; once is enough."""
        moves = self._moves
        moves.call(call, CallState.RELEASED, *CONVERSATION)
        if moves.link.floor.find(call, Part.PHONE) is None:
            await moves.fetch(fetched(call, Part.PHONE, seat), seat, "XINQIAO_FETCHED")
