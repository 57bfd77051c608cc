from dataclasses import replace
from datetime import UTC, datetime

from console.risk.service import RiskService
from models.clock import ManualClock
from models.notes.note import Note
from models.risk.level import Level
from models.risk.questionnaire import Instruments
from models.risk.quick_screen import AskState, Item
from models.risk.reduce import reduce
from models.risk.trail import Dial, Phase
from resources.instruments.questionnaires import NAMES, load, shipped
from tests.console.desk import IDENTITY, MemoryJournal

NOTE = Note("n", "c", "zhang", "beijing", "full", 1, datetime(2026, 1, 1, tzinfo=UTC))
INSTRUMENTS = Instruments(tuple(load(shipped(name)) for name in NAMES), (("k10", "meteor"),))


def _answering(journal: MemoryJournal) -> RiskService:
    risk = RiskService(journal, ManualClock(), IDENTITY, INSTRUMENTS)
    risk.open_for(NOTE)
    return risk


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


def test_a_scale_is_kept_once_it_is_complete_and_again_when_it_changes() -> None:
    journal = MemoryJournal()
    risk = _answering(journal)
    for number in range(1, 11):
        risk.respond("k10", f"i{number}", "2")
    risk.respond("k10", "i1", "2")
    risk.respond("k10", "i1", "5")
    assessment = risk.assessment.value
    assert assessment
    assert [(one.points, one.weights, one.band) for one in assessment.scores] == [
        (20, "meteor", "mild"),
        (23, "meteor", "mild"),
    ]
    assert assessment.level is None, "a scale gives no level"


def test_a_question_of_the_cssrs_raises_and_is_urgent() -> None:
    journal = MemoryJournal()
    risk = _answering(journal)
    risk.respond("cssrs", "q1", "yes")
    assert not journal.urgent
    risk.respond("cssrs", "q5", "yes")
    assert len(journal.urgent) == 1
    assert risk.assessment.value
    assert risk.assessment.value.level is Level.R3


def test_the_elements_have_no_total_without_licensed_points() -> None:
    risk = _answering(MemoryJournal())
    for item in ("hope", "distress"):
        risk.respond("elements12", item, "yes")
    assert risk.assessment.value
    assert len(risk.assessment.value.responses) == 2
    assert risk.assessment.value.scores == ()


def test_an_instrument_that_is_not_in_use_is_not_asked() -> None:
    journal = MemoryJournal()
    risk = _answering(journal)
    risk.respond("other", "i1", "1")
    assert not journal.operations


def test_a_wish_for_a_lower_level_waits_and_is_made_once() -> None:
    journal = MemoryJournal()
    risk = _answering(journal)
    risk.lower(Level.R1, "没有什么可降")
    risk.answer(Item.PLAN, AskState.YES)
    risk.lower(Level.R3, "不低")
    risk.lower(Level.R1, "计划已放弃")
    risk.lower(Level.R0, "再说一次")
    assert [one.type for one in journal.operations] == ["risk.answer", "risk.lower"]
    assessment = risk.assessment.value
    assert assessment
    waiting = assessment.standing.waiting
    assert assessment.level is Level.R3
    assert waiting
    assert (waiting.upto, waiting.stood, waiting.to) == (1, Level.R3, Level.R1)


def test_a_second_person_s_word_is_an_act_of_its_own() -> None:
    journal = MemoryJournal()
    risk = _answering(journal)
    risk.answer(Item.PLAN, AskState.YES)
    risk.lower(Level.R1, "计划已放弃")
    assessment = risk.assessment.value
    assert assessment
    (wish,) = assessment.lowerings
    risk.second(assessment, wish.op, True)
    assert len(journal.operations) == 2, "nobody agrees to an own wish"
    lead = replace(IDENTITY, operator=replace(IDENTITY.operator, id="lead"))
    beside = RiskService(journal, ManualClock(), lead, INSTRUMENTS)
    beside.second(assessment, "another", True)
    assert len(journal.operations) == 2
    beside.second(assessment, wish.op, True)
    (*_, act) = journal.operations
    assert (act.type, act.actor, act.body["agrees"]) == ("risk.second", "lead", True)
    lowered = reduce(assessment, act, 0).entity
    assert lowered
    assert lowered.level is Level.R1
