"""The simulated exchange's queue: ranks, hours, another hotline."""

from models.calls.call import CallState
from models.calls.queueing import Rank
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.exchange.queueing import QueueRules
from server.gateway.exchange.switchboard import Switchboard


class SimulatedQueueing:
    """See `queueing.Queueing`."""

    def __init__(self, board: Switchboard) -> None:
        self._board = board

    async def rank(self, call: str, rank: Rank, seat: str, /) -> None:
        """At once."""
        self._board.running(call, CallState.WAITING, CallState.RINGING)
        self._board.turns.give(call, rank, seat)

    async def keep(self, rules: QueueRules, /) -> None:
        """From the next caller on."""
        if self._board.problem:
            raise ExchangeRefused(self._board.problem)
        self._board.turns.rules = rules
