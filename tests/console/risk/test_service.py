from datetime import UTC, datetime

from console.risk.service import RiskService
from models.clock import ManualClock
from models.notes.note import Note
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from models.risk.trail import Dial, Phase
from tests.console.desk import IDENTITY, MemoryJournal

NOTE = Note("n", "c", "zhang", "beijing", "full", 1, datetime(2026, 1, 1, tzinfo=UTC))


def test_every_answer_is_an_act_and_an_alarming_one_is_urgent() -> None:
    journal = MemoryJournal()
    risk = RiskService(journal, ManualClock(), IDENTITY)
    risk.open_for(NOTE)
    risk.answer(Item.IDEATION_2W, AskState.YES)
    assert not journal.urgent
    risk.answer(Item.PLAN_72H, AskState.YES)
    assert len(journal.urgent) == 1
    risk.rate(Dial.DISTRESS, Phase.BEFORE, 92)
    risk.judge(Level.R4)
    assert len(journal.urgent) == 1, "the level did not rise again"
    document = journal.records()["n"]
    assert [answer["item"] for answer in document["answers"]] == ["ideation_2w", "plan_72h"]
    assessment = risk.assessment.value
    assert assessment
    assert assessment.level is Level.R4


def test_the_same_note_keeps_its_answers_and_another_starts_blank() -> None:
    risk = RiskService(MemoryJournal(), ManualClock(), IDENTITY)
    risk.open_for(NOTE)
    risk.answer(Item.PLAN, AskState.YES)
    risk.open_for(NOTE)
    assert risk.assessment.value
    assert risk.assessment.value.answers
    risk.open_for(None)
    risk.answer(Item.PLAN, AskState.YES)
    assert risk.assessment.value is None
