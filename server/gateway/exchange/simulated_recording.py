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

    async def being_written(self) -> frozenset[str]:
        """Those of the conversations that go on; no file has ever a word of them."""
        picture = self._board.picture()
        if picture.problem:
            raise ExchangeRefused(picture.problem)
        return frozenset(call.tape.recording for call in picture.calls if call.tape)

    def call_of(self, recording: str) -> str:
        """A recording is named as its call."""
        return recording
