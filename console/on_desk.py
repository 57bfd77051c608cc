"""What the note on the desk says of a call, and words that go into it."""

from console.calls.handing import Known
from console.notes.service import NotesService
from console.referrals.service import ReferralsService
from console.risk.service import RiskService


class OnDesk:
    """Lives on the io thread."""

    def __init__(self, notes: NotesService, risk: RiskService, referrals: ReferralsService) -> None:
        self._notes = notes
        self._risk = risk
        self._referrals = referrals

    def known_of(self, call: str) -> Known:
        """Note, level and red mark of a call; nothing where another note lies on the desk."""
        note, assessed = self._notes.desk.value.note, self._risk.assessment.value
        if note is None or note.call != call:
            return Known()
        peak = assessed.peak if assessed and assessed.note == note.id else None
        rescue = any(one.is_open for one in self._referrals.referrals.value)
        return Known(note.id, peak or "", rescue or (peak is not None and peak.alarming))

    def keep(self, call: str, lines: tuple[str, ...]) -> None:
        """Put lines into the course of the call, each with its time, and save them at once."""
        note = self._notes.desk.value.note
        if note is None or note.call != call:
            return
        for text in lines:
            if (line := self._notes.add_log_line()) is not None:
                self._notes.edit_log(line.id, text)
        self._notes.leave()
