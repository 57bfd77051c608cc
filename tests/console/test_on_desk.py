"""What is told of a call comes from its own note, and words for it go there, whichever note is in front."""

from console.notes.service import NotesService
from console.on_desk import OnDesk
from console.referrals.service import ReferralsService
from console.risk.service import RiskService
from models.clock import ManualClock
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from tests.console.desk import IDENTITY, MemoryJournal, never


async def _invited(*_: str) -> str:
    return ""


def test_a_call_whose_note_lies_behind_another_is_told_of_and_written_about() -> None:
    journal, clock = MemoryJournal(), ManualClock()
    notes = NotesService(journal, clock, never, IDENTITY, ("full", 1))
    risk = RiskService(journal, clock, IDENTITY)
    notes.desk.watch(lambda desk: risk.open_for(desk.note))
    desk = OnDesk(notes, risk, ReferralsService(journal, clock, IDENTITY, _invited))
    mother = notes.open_for("mother")
    risk.answer(Item.PLAN_WEEK, AskState.YES)
    child = notes.open_for("child")
    told = desk.known_of("mother")
    assert (told.note, told.level, told.red) == (mother.id, Level.R3, True)
    assert (desk.known_of("child").note, desk.known_of("child").red) == (child.id, False)
    assert not desk.known_of("nobody").note
    desk.keep("mother", ("母亲在门口", "已联系学校"))
    desk.keep("nobody", ("谁的",))
    drafts = [one for one in journal.operations if one.type == "note.draft.put"]
    assert {one.id for one in drafts} == {mother.id}
    assert [line["text"] for line in drafts[-1].body["log"]] == ["母亲在门口", "已联系学校"]
    assert notes.desk.value.note == child
