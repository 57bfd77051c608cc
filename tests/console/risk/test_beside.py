"""Each answer goes to the assessment it was given on, whichever note is in front when it is heard."""

from console.risk.service import STILL_HEARD, RiskService
from models.clock import ManualClock
from models.notes.note import Note
from models.operation import Operation
from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from models.risk.trail import Dial, Phase
from tests.console.desk import IDENTITY, MemoryJournal


def note(name: str) -> Note:
    return Note(name, f"call-{name}", IDENTITY.operator.id, "beijing", "full", 1, ManualClock().now())


def service(journal: MemoryJournal) -> RiskService:
    """The mother's assessment was left for the child's."""
    risk = RiskService(journal, ManualClock(), IDENTITY)
    risk.open_for(note("mother"))
    risk.open_for(note("child"))
    return risk


def of(risk: RiskService, name: str) -> Assessment:
    known = risk.of_note(name)
    assert known
    return known


def test_an_answer_given_just_before_another_note_came_to_the_front_stays_where_it_was_given() -> None:
    journal = MemoryJournal()
    risk = service(journal)
    told: list[Assessment | None] = []
    risk.aside.watch(told.append)
    risk.answer(Item.PLAN_72H, AskState.YES, "mother")
    risk.rate(Dial.HOPE, Phase.BEFORE, 20, "mother")
    risk.judge(Level.R4, "child")
    mother, child = of(risk, "mother"), of(risk, "child")
    assert [(one.item, one.n) for one in mother.answers] == [(Item.PLAN_72H, 1)]
    assert [(one.value, one.n) for one in mother.ratings] == [(20, 2)]
    assert (child.answers, child.level) == ((), Level.R4)
    assert risk.assessment.value == child
    assert told[-1] == mother
    # Both reached R4, one of them behind the other: each is on its way at once.
    assert [one.id for one in journal.urgent] == ["mother", "child"]


def test_a_note_that_is_not_open_is_answered_nowhere() -> None:
    journal = MemoryJournal()
    risk = service(journal)
    risk.answer(Item.PLAN_72H, AskState.YES, "stranger")
    risk.respond("cssrs", "q1", "yes", "stranger")
    risk.lower(Level.R0, "不", "stranger")
    assert journal.operations == []


def test_a_stored_assessment_is_at_hand_behind_another_and_never_replaces_what_is_known() -> None:
    journal = MemoryJournal()
    risk = service(journal)
    stored = Assessment("old", "old", "call-old", IDENTITY.operator.id, "beijing")
    risk.lay_beside(note("old"), stored)
    risk.answer(Item.ACTING, AskState.NO, "old")
    risk.lay_beside(note("old"), stored)
    risk.open_for(note("old"))
    assert risk.assessment.value is not None
    assert [one.item for one in risk.assessment.value.answers] == [Item.ACTING]
    risk.lay_beside(note("blank"), None)
    assert risk.of_note("blank") is None


def test_a_second_word_said_here_reaches_an_assessment_that_lies_behind_another() -> None:
    journal = MemoryJournal()
    risk = service(journal)
    risk.answer(Item.PLAN, AskState.YES, "mother")
    risk.lower(Level.R1, "听错了", "mother")
    mother = of(risk, "mother")
    waiting = mother.standing.waiting
    assert waiting
    place = {"note": mother.note, "call": mother.call, "site": mother.site}
    body = {**place, "lowering": waiting.op, "agrees": True}
    risk.hear(Operation("word", "risk.second", mother.id, "wang", ManualClock().now(), body))
    assert of(risk, "mother").level is Level.R1


def test_of_a_month_of_notes_only_the_open_and_the_last_are_at_hand() -> None:
    risk = service(MemoryJournal())
    for n in range(100):
        risk.open_for(note(f"n{n}"))
        risk.keep_open({"mother", f"n{n}"})
    known = [name for name in ("mother", "child", *(f"n{n}" for n in range(100))) if risk.of_note(name)]
    assert known == ["mother", *(f"n{n}" for n in range(100 - STILL_HEARD - 1, 100))]
