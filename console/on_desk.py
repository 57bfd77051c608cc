"""What the open note of a call says, in front or behind another, and words that go into it."""

from console.calls.handing import Known
from console.notes.service import NotesService
from console.referrals.service import ReferralsService
from console.risk.service import RiskService


class OnDesk:
    """Lives on the io thread."""

    def __init__(self, notes: NotesService, risk: RiskService, referrals: ReferralsService) -> None:
        self.notes = notes
        self.risk = risk
        self.referrals = referrals

    def known_of(self, call: str) -> Known:
        """Note, level and red mark of a call; nothing where no note of it is open."""
        note = self.notes.of_call(call)
        if note is None:
            return Known()
        assessed = self.risk.of_note(note.id)
        peak = assessed.peak if assessed else None
        rescue = any(one.is_open for one in self.referrals.of_note(note.id))
        return Known(note.id, peak or "", rescue or (peak is not None and peak.alarming))

    def keep(self, call: str, lines: tuple[str, ...]) -> None:
        """Put lines into the course of the call, each with its time, and save them at once."""
        note = self.notes.of_call(call)
        if note is None:
            return
        for text in lines:
            self.notes.add_log_line(text, note.id)
        self.notes.leave()
