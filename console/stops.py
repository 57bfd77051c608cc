"""When the text of the note on the desk comes to a stop without anybody saying so: hang-up, and alarm."""

from collections.abc import Callable

from console.calls.service import LineView
from console.notes.service import Desk
from console.runtime.store import Store
from models.notes.note import Stop
from models.risk.assessment import Assessment


class Stops:
    """Each stop of a call once: the end of the call, and the moment it reaches R3, then R4."""

    def __init__(self, desk: Store[Desk], stop: Callable[[Stop], None]) -> None:
        self._desk = desk
        self._stop = stop
        self._ended: set[str] = set()
        self._alarmed: dict[str, str] = {}

    def see_calls(self, view: LineView) -> None:
        """A call may have ended."""
        note = self._desk.value.note
        for call in view.calls:
            if call.ended_at and call.id not in self._ended:
                self._ended.add(call.id)
                if note is not None and note.call == call.id:
                    self._stop(Stop.HANG_UP)

    def see_assessment(self, assessment: Assessment | None) -> None:
        """The level may have risen to where somebody is alarmed."""
        peak = assessment.peak if assessment else None
        if assessment is None or peak is None or not peak.alarming:
            return
        if self._alarmed.get(assessment.note, "") < peak:
            self._alarmed[assessment.note] = peak
            note = self._desk.value.note
            if note is not None and note.id == assessment.note:
                self._stop(Stop.LEVEL)
