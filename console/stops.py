"""When the text of an open note comes to a stop without anybody saying so: hang-up, and alarm."""

from typing import Protocol

from console.calls.service import LineView
from console.runtime.store import Store
from models.notes.note import Stop
from models.risk.assessment import Assessment


class StopCall(Protocol):
    """Keeps the text of the note of a call, if it is open, as it stands."""

    def __call__(self, why: Stop, call: str, /) -> None:
        """Keep it for ever."""
        ...


class Stops:
    """Each stop of a call once: the end of the call, and the moment it reaches R3, then R4."""

    def __init__(self, stop: StopCall) -> None:
        self._stop = stop
        self._ended: set[str] = set()
        self._alarmed: dict[str, str] = {}

    def watch(self, calls: Store[LineView], *assessments: Store[Assessment | None]) -> None:
        """Look at all that comes."""
        calls.watch(self.see_calls)
        for assessment in assessments:
            assessment.watch(self.see_assessment)

    def see_calls(self, view: LineView) -> None:
        """A call may have ended."""
        for call in view.calls:
            if call.ended_at and call.id not in self._ended:
                self._ended.add(call.id)
                self._stop(Stop.HANG_UP, call.id)

    def see_assessment(self, assessment: Assessment | None) -> None:
        """The level may have risen to where somebody is alarmed."""
        peak = assessment.peak if assessment else None
        if assessment is None or peak is None or not peak.alarming:
            return
        if self._alarmed.get(assessment.note, "") < peak:
            self._alarmed[assessment.note] = peak
            self._stop(Stop.LEVEL, assessment.call)
