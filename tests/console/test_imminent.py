"""A danger to others that is imminent behaves as R4, said once, and nothing else does."""

import pytest

from console.imminent import Imminent
from console.notes.service import Desk, NotesService
from console.risk.service import RiskService
from models.clock import ManualClock
from models.risk.level import Level
from models.risk.trail import Ground
from tests.console.desk import IDENTITY, MemoryJournal, never


class Work:
    def __init__(self) -> None:
        journal, clock = MemoryJournal(), ManualClock()
        self.notes = NotesService(journal, clock, never, IDENTITY, ("full", 1))
        self.risk = RiskService(journal, clock, IDENTITY)
        self.notes.desk.watch(self._follow)
        self.notes.desk.watch(Imminent(self.risk).see_desk)
        self.notes.open_for("call")

    def _follow(self, desk: Desk) -> None:
        self.risk.open_for(desk.note)

    @property
    def levels(self) -> list[Level]:
        assessment = self.risk.assessment.value
        assert assessment is not None
        return [one.level for one in assessment.judgements]


def test_a_yes_gives_r4_once_and_alarms() -> None:
    work = Work()
    work.notes.choose_category("C6")
    work.notes.edit("imminent", "yes")
    work.notes.edit("reported_to", "值班组长")
    assert work.levels == [Level.R4]
    assert work.risk.assessment.value is not None
    assert work.risk.assessment.value.peak is Level.R4


@pytest.mark.parametrize("said", ["no", "refused", "unclear", ""])
def test_anything_else_gives_nothing(said: str) -> None:
    work = Work()
    work.notes.choose_category("C6")
    work.notes.edit("imminent", said)
    assert work.levels == []


def test_in_another_category_the_field_says_nothing_until_it_is_that_one() -> None:
    work = Work()
    work.notes.choose_category("C5")
    work.notes.edit("imminent", "yes")
    assert work.levels == []
    work.notes.choose_category("C6")
    assert work.levels == [Level.R4]


def test_taking_the_word_back_lowers_nothing() -> None:
    work = Work()
    work.notes.choose_category("C6")
    work.notes.edit("imminent", "yes")
    work.notes.edit("imminent", "no")
    assert work.levels == [Level.R4]


def test_the_level_is_the_note_s_and_nobody_s_own() -> None:
    work = Work()
    work.risk.judge(Level.R4)
    work.notes.choose_category("C6")
    work.notes.edit("imminent", "yes")
    assessment = work.risk.assessment.value
    assert assessment is not None
    assert [one.ground for one in assessment.judgements] == [None, Ground.IMMINENT]
    assert assessment.own_level is Level.R4


def test_the_note_of_another_call_is_judged_by_its_own_words() -> None:
    work = Work()
    work.notes.choose_category("C6")
    work.notes.edit("imminent", "yes")
    work.notes.open_for("other")
    assert work.levels == []
