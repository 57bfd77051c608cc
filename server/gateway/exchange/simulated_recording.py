"""The recording of the simulated exchange's conversations: nothing is kept, only told."""

from models.calls.events import Taped, Taping
from models.calls.place import CONVERSATION
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.exchange.switchboard import Switchboard


class SimulatedRecording:
    """See `recording.Recording`."""

    def __init__(self, board: Switchboard) -> None:
        self._board = board

    async def tape(self, call: str, on: bool) -> None:
        """Pause or go on."""
        known = self._board.running(call, *CONVERSATION).tape
        if known is None:
            raise ExchangeRefused("not_now")
        state = Taping.ON if on else Taping.PAUSED
        self._board.happened(Taped(*self._board.mark(call), state, known.recording))
