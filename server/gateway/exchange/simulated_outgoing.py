"""Calls from the simulated exchange."""

from collections.abc import Callable

from models.calls.call import Call
from models.calls.outgoing import Placed
from models.calls.place import ENGAGED, state_at
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.exchange.simulated_handing import DIAL
from server.gateway.exchange.switchboard import Switchboard


class SimulatedOutgoing:
    """See `outgoing.Outgoing`."""

    def __init__(self, board: Switchboard, calling: Callable[[str], None]) -> None:
        self._board = board
        self._calling = calling

    async def place(self, call: str, seat: str, dial: str, shown: str, /) -> None:
        """It rings and is answered there as the pace or the scene says."""
        board = self._board
        if board.problem:
            raise ExchangeRefused(board.problem)
        if call in board.calls:
            return
        if not DIAL.fullmatch(dial):
            raise ExchangeRefused("bad_number")
        if any(state_at(one, seat) in ENGAGED for one in board.calls.values()):
            raise ExchangeRefused("not_now")
        board.calls[call] = Call(call)
        board.happened(Placed(*board.mark(call), seat, dial, shown))
        self._calling(call)
