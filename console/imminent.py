"""A danger to others that is imminent behaves as R4: leads are told at once, the record stays open."""

from typing import Protocol

from console.notes.service import Desk
from console.runtime.store import Store
from models.risk.assessment import Assessment
from models.risk.imminent import is_news
from models.risk.level import Level
from models.risk.trail import Ground


class Judges(Protocol):
    """Where a level is given."""

    assessment: Store[Assessment | None]

    def judge(self, level: Level, note: str = "", ground: Ground | None = None) -> None:
        """Give it."""
        ...


class Imminent:
    """Gives R4 once for a note of that category in which somebody said so.

    What two people lowered afterwards is not raised again by the same word.
    """

    def __init__(self, risk: Judges) -> None:
        self._risk = risk

    def see_desk(self, desk: Desk) -> None:
        """The note in front may say so now."""
        note, assessment = desk.note, self._risk.assessment.value
        if note is None or assessment is None or assessment.note != note.id:
            return
        if is_news(assessment, note.body.category, note.body.values):
            self._risk.judge(Level.R4, ground=Ground.IMMINENT)
