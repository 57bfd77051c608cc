"""What can be heard of the simulated caller besides the voice: keys, and how well the line carries."""

from models.calls.call import CallState
from models.calls.place import CONVERSATION
from models.calls.pressing import Pressed
from models.calls.quality import Grade, Measured, Sample, grade_of
from server.gateway.exchange.switchboard import Switchboard


class CallerLine:
    """What can no longer happen to a call does nothing."""

    def __init__(self, board: Switchboard) -> None:
        self._board = board

    def presses(self, call: str, keys: str) -> None:
        """The caller presses keys of their telephone."""
        if self._talks(call):
            for key in keys:
                self._board.happened(Pressed(*self._board.mark(call), key))

    def carries(self, call: str, sample: Sample) -> None:
        """The line loses, delays or carries so from now on; only another grade is told."""
        grade, known = grade_of(sample), self._board.calls[call].quality
        if self._talks(call) and grade is not (known.grade if known else Grade.GOOD):
            figures = (round(sample.lost_percent), round(sample.jitter_ms), round(sample.round_trip_ms))
            self._board.happened(Measured(*self._board.mark(call), grade, *figures))

    def _talks(self, call: str) -> bool:
        return self._board.calls[call].state in (*CONVERSATION, CallState.RELEASED)
