"""Two notes open at once: each keeps its words, its risk and its stops."""

from console.notes.service import NotesService
from console.risk.service import RiskService
from models.clock import ManualClock
from models.codec import from_document
from models.notes.note import Note, Signing, Stop
from models.notes.signing import is_altered, signed_by
from models.risk.quick_screen import AskState, Item
from tests.console.desk import IDENTITY, MemoryJournal, never


def service(journal: MemoryJournal, clock: ManualClock | None = None) -> NotesService:
    return NotesService(journal, clock or ManualClock(), never, IDENTITY, ("full", 1))


def stored(journal: MemoryJournal, note: str) -> Note:
    return from_document(Note, journal.records()[note])


def test_a_note_left_for_another_is_beside_it_with_all_its_words() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    mother = notes.open_for("mother")
    notes.edit("complaint", "女儿两天没有回家")
    child = notes.open_for("child")
    desk = notes.desk.value
    assert desk.note is not None
    assert (desk.note.id, [one.id for one in desk.beside]) == (child.id, [mother.id])
    notes.edit("complaint", "我在桥上")
    notes.bring_forward(mother.id)
    desk = notes.desk.value
    assert desk.note is not None
    assert desk.note.body.values == {"complaint": "女儿两天没有回家"}
    assert [one.body.values["complaint"] for one in desk.beside] == ["我在桥上"]
    assert stored(journal, child.id).body.values == {"complaint": "我在桥上"}


def test_what_is_in_front_or_unknown_is_not_brought_forward() -> None:
    notes = service(MemoryJournal())
    first = notes.open_for("call")
    before = notes.desk.value
    for note in (first.id, "unknown"):
        notes.bring_forward(note)
    assert notes.desk.value == before


def test_a_call_that_ends_behind_another_note_keeps_its_text_as_a_stop() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    mother = notes.open_for("mother")
    notes.edit("complaint", "女儿两天没有回家")
    notes.open_for("child")
    notes.stop(Stop.HANG_UP, "mother")
    last = journal.operations[-1]
    assert (last.id, last.body["stop"]) == (mother.id, "hang_up")
    assert last.body["values"] == {"complaint": "女儿两天没有回家"}
    assert last in journal.urgent
    count = len(journal.operations)
    notes.stop(Stop.HANG_UP, "mother")
    notes.stop(Stop.HANG_UP, "nobody")
    assert len(journal.operations) == count


def test_the_note_behind_stays_when_the_one_in_front_is_handed_in() -> None:
    notes = service(MemoryJournal())
    mother = notes.open_for("mother")
    notes.open_for("child")
    notes.finish()
    assert notes.desk.value.note is None
    assert [one.id for one in notes.desk.value.beside] == [mother.id]
    notes.bring_forward(mother.id)
    assert notes.desk.value.note == mother


def test_the_first_words_on_a_stored_note_stand_on_its_text_also_beside_another() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    notes.bring_back(Note("old", "c", "zhang", "beijing", "full", 1, ManualClock().now(), written="w1"))
    notes.open_for("child")
    notes.bring_forward("old")
    notes.edit("complaint", "接着写")
    notes.leave()
    notes.edit("complaint", "接着写完")
    notes.leave()
    drafts = [act for act in journal.operations if act.type == "note.draft.put"]
    assert [act.body.get("on") for act in drafts] == ["w1", None]


def test_each_note_keeps_its_assessment() -> None:
    journal = MemoryJournal()
    notes, risk = service(journal), RiskService(journal, ManualClock(), IDENTITY)
    notes.desk.watch(lambda desk: risk.open_for(desk.note))
    mother = notes.open_for("mother")
    risk.answer(Item.IDEATION_2W, AskState.YES)
    notes.open_for("child")
    assert risk.assessment.value is not None
    assert risk.assessment.value.answers == ()
    risk.answer(Item.ACTING, AskState.YES)
    notes.bring_forward(mother.id)
    kept = risk.assessment.value
    assert kept is not None
    assert [one.item for one in kept.answers] == [Item.IDEATION_2W]
    risk.answer(Item.PLAN, AskState.NO)
    kept = risk.assessment.value
    assert kept is not None
    numbers = [one.n for one in kept.answers]
    assert numbers == sorted(set(numbers)), "an answer has a place of its own"


def test_a_note_is_signed_as_it_is_handed_in_and_again_after_a_correction() -> None:
    journal, clock = MemoryJournal(), ManualClock()
    notes = service(journal, clock)
    note = notes.open_for("call")
    notes.edit("complaint", "失眠")
    line = notes.add_log_line()
    assert line
    notes.edit_log(line.id, "接通")
    notes.finish()
    clock.forward(60)
    finished = stored(journal, note.id)
    assert signed_by(finished, Signing.AUTHOR) is not None
    notes.bring_back(finished)
    notes.edit("complaint", "失眠三周")
    notes.leave()
    assert is_altered(stored(journal, note.id))
    notes.finish()
    assert not is_altered(stored(journal, note.id))
    assert [act.type for act in journal.operations].count("note.finish") == 1


def test_a_finished_note_that_was_only_looked_at_is_not_signed_twice() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    note = notes.open_for("call")
    notes.finish()
    notes.bring_back(stored(journal, note.id))
    notes.finish()
    assert [act.type for act in journal.operations].count("note.sign") == 1


def test_words_typed_while_another_note_comes_to_the_front_stay_where_they_were_typed() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    mother = notes.open_for("mother")
    line = notes.add_log_line()
    assert line
    child = notes.open_for("child")
    notes.edit("complaint", "女儿两天没有回家", mother.id)
    notes.edit_log(line.id, "母亲哭泣", mother.id)
    notes.choose_category("C5", mother.id)
    late = notes.add_log_line("同意联系学校", mother.id)
    assert late
    assert notes.desk.value.note == child
    body = stored(journal, mother.id).body
    assert body.values == {"complaint": "女儿两天没有回家"}
    assert [one.text for one in body.log] == ["母亲哭泣", "同意联系学校"]
    assert body.category == "C5"
    assert notes.desk.value.beside[0].body == body
    notes.edit("complaint", "谁的", "unknown")
    assert child.id not in {act.id for act in journal.operations if act.type == "note.draft.put"}
