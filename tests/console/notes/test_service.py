from collections.abc import Callable
from dataclasses import replace

from console.notes.service import NotesService
from console.runtime.problems import Problems
from models.clock import ManualClock
from models.codec import from_document
from models.notes.note import Note, Stop
from tests.console.desk import IDENTITY, MemoryJournal, never


def service(journal: MemoryJournal, clock: ManualClock | None = None) -> NotesService:
    return NotesService(journal, clock or ManualClock(), never, IDENTITY, ("full", 1))


def test_a_note_is_opened_once_for_a_call() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    first = notes.open_for("call")
    assert notes.open_for("call") == first
    assert [operation.type for operation in journal.operations] == ["note.open"]
    assert notes.open_for("other").id != first.id


def test_what_was_typed_is_one_draft_and_stays_with_its_note() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    note = notes.open_for("call")
    notes.edit("complaint", "失眠")
    notes.edit("complaint", "失眠三个月")
    line = notes.add_log_line()
    assert line
    notes.edit_log(line.id, "接通")
    notes.open_for("second")
    document = journal.records()[note.id]
    assert document["body"]["values"] == {"complaint": "失眠三个月"}
    assert [one["text"] for one in document["body"]["log"]] == ["接通"]
    back = notes.open_for("call")
    assert back.body.values["complaint"] == "失眠三个月"


def test_the_category_changes_and_all_that_was_typed_stays() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    note = notes.open_for("call")
    notes.edit("complaint", "话")
    notes.choose_category("C3")
    notes.choose_category("S5")
    body = journal.records()[note.id]["body"]
    assert body["category"] == "S5"
    assert body["values"] == {"complaint": "话"}


def test_a_note_taken_up_again_is_saved_when_its_last_words_are() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    notes.open_for("call")
    notes.edit("complaint", "还没写完")
    notes.open_for("second")
    notes.open_for("call")
    assert notes.desk.value.saved_at is None, "its draft is still on the way"
    journal.all_durable()
    assert notes.desk.value.saved_at is not None


def test_saved_is_said_only_when_all_of_it_is_on_disk() -> None:
    journal, clock = MemoryJournal(), ManualClock()
    notes = service(journal, clock)
    notes.open_for("call")
    notes.edit("complaint", "一")
    assert notes.desk.value.saved_at is None
    notes.leave()
    notes.edit("complaint", "一二")
    journal.all_durable()
    assert notes.desk.value.saved_at is None, "the second key is not on disk yet"
    notes.leave()
    clock.forward(1)
    journal.all_durable()
    assert notes.desk.value.saved_at == clock.now()
    assert not notes.desk.value.saving


def test_a_finished_note_is_pushed_at_once_with_its_last_words() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    note = notes.open_for("call")
    notes.edit("complaint", "最后一句")
    notes.finish("来电者中断")
    assert [act.type for act in journal.urgent[-2:]] == ["note.finish", "note.sign"]
    document = journal.records()[note.id]
    assert document["state"] == "finished"
    assert document["incomplete_reason"] == "来电者中断"
    assert document["body"]["values"] == {"complaint": "最后一句"}
    assert notes.desk.value.note is None


def test_a_note_handed_in_incomplete_is_handed_in_again_when_nothing_is_missing() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    note = notes.open_for("call")
    notes.finish("来电者中断")
    for reason, left in (("还缺", "来电者中断"), ("", "")):
        notes.bring_back(from_document(Note, journal.records()[note.id]))
        notes.edit("complaint", "补上")
        notes.finish(reason)
        assert journal.records()[note.id]["incomplete_reason"] == left
    assert [act.type for act in journal.operations].count("note.finish") == 2


def test_without_a_note_typing_goes_nowhere_and_harms_nothing() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    calls: tuple[Callable[[], object], ...] = (
        lambda: notes.edit("complaint", "x"),
        notes.add_log_line,
        notes.leave,
        notes.finish,
    )
    for call in calls:
        call()
    assert not journal.operations


def test_a_draft_is_pushed_at_a_change_of_category_and_every_ten_seconds_of_typing() -> None:
    journal, clock = MemoryJournal(), ManualClock()
    notes = service(journal, clock)
    notes.open_for("call")
    pushed = []
    for text in ("一", "一二", "一二三"):
        notes.edit("complaint", text)
        notes.leave()
        pushed.append(len(journal.urgent))
        clock.forward(6)
    assert pushed == [2, 2, 3], "the opening, the first draft, and one after twelve seconds"
    notes.choose_category("C3")
    assert len(journal.urgent) == 4


def test_a_text_too_long_for_the_server_is_said_before_it_is_sent() -> None:
    journal, clock = MemoryJournal(), ManualClock()
    problems = Problems(clock)
    notes = NotesService(journal, clock, never, IDENTITY, ("full", 1), problems)
    notes.open_for("call")
    notes.edit("complaint", "长" * 800_000)
    notes.leave()
    assert [one.code for one in problems.store.value] == ["note_too_long"]
    notes.edit("complaint", "短")
    notes.leave()
    assert problems.store.value == ()


def test_each_stop_keeps_its_own_text() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    notes.open_for("call")
    notes.edit("complaint", "一")
    notes.leave()
    notes.stop(Stop.HANG_UP)
    notes.stop(Stop.LEVEL)
    notes.edit("complaint", "二")
    notes.finish()
    drafts = [one.body for one in journal.operations if one.type == "note.draft.put"]
    texts = [(body["stop"], body["values"]["complaint"]) for body in drafts]
    assert texts == [("", "一"), ("hang_up", "一"), ("finish", "二")]


def test_the_first_draft_on_a_stored_note_names_the_text_that_came_to_the_desk() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    note = notes.open_for("call")
    notes.put_away()
    notes.bring_back(replace(note, written="op-7"))
    for text in ("一", "一二"):
        notes.edit("complaint", text)
        notes.leave()
    assert [one.body.get("on") for one in journal.operations if one.type == "note.draft.put"] == [
        "op-7",
        None,
    ]


def test_a_mark_comes_before_the_line_that_waits_for_words() -> None:
    """What is written into that line is said after the mark, and so is its time."""
    journal, clock = MemoryJournal(), ManualClock()
    notes = NotesService(journal, clock, never, IDENTITY, ("full", 1))
    notes.open_for("call")
    waiting = notes.add_log_line()
    clock.forward(90)
    mark = notes.add_log_line("沉默")
    assert waiting
    assert mark
    note = notes.desk.value.note
    assert note
    assert [(one.id, one.text, one.at) for one in note.body.log] == [
        (mark.id, "沉默", mark.at),
        (waiting.id, "", mark.at),
    ]
    notes.edit_log(waiting.id, "又开口")
    clock.forward(5)
    last = notes.add_log_line("哭泣")
    note = notes.desk.value.note
    assert last
    assert note
    assert [one.text for one in note.body.log] == ["沉默", "又开口", "哭泣"]
    assert note.body.log[1].at == mark.at


def test_lines_that_nobody_wrote_into_are_not_handed_in() -> None:
    journal = MemoryJournal()
    notes = service(journal)
    note = notes.open_for("call")
    notes.add_log_line()
    notes.add_log_line("沉默")
    notes.add_log_line(" ")
    notes.finish("还要补")
    assert [one["text"] for one in journal.records()[note.id]["body"]["log"]] == ["沉默"]
    assert journal.records()[note.id]["signatures"]
