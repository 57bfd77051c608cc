"""A record on paper: all that was written, the number masked, practice and drafts marked on every page."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.lead.service import FullRecord
from console.presenters.printing import printed_record
from console.presenters.reading import RecordTexts
from models.calls.call import Call
from models.calls.events import Origin
from models.notes.note import LogLine, Note, NoteBody, NoteState
from models.risk.safety_plan import PlanStep, SafetyPlan, Wording
from resources import hotline
from resources.texts import t
from widgets.printing.view import PrintedRecord

AT = datetime(2026, 1, 1, 8, tzinfo=UTC)
BODY = NoteBody("C3", {"complaint": "睡不着\u202e😭", "gone": "旧字段"}, (LogLine("l", AT, "说了<b>话</b>"),))
NOTE = Note("n" * 32, "c", "zhang", "jinzhong", "full", 1, AT, BODY, state=NoteState.FINISHED)
CALL = Call("c", number="13834400011", origin=Origin.LINE, entered_at=AT)
PLAN = SafetyPlan(
    NOTE.id, NOTE.id, "c", "zhang", "jinzhong", AT, words=(Wording("o", AT, "zhang", PlanStep.OWN, "听歌"),)
)


@pytest.fixture
def texts(tmp_path: Path) -> RecordTexts:
    return RecordTexts(hotline.load("jinzhong", None, tmp_path))


def on_paper(
    texts: RecordTexts, note: Note = NOTE, call: Call | None = CALL, practice: bool = False
) -> PrintedRecord:
    record = FullRecord(note, call, None, (), (PLAN,))
    return printed_record(record, texts, "晋中 12356", {"zhang": "张医生"}, practice)


def lines(page: PrintedRecord) -> list[tuple[str, str]]:
    return [*page.head, *(line for part in page.parts for line in part.lines)]


def test_every_word_is_on_the_page_and_the_number_is_masked(texts: RecordTexts) -> None:
    said = lines(on_paper(texts))
    words = [text for _, text in said]
    for expected in ("睡不着\u202e😭", "旧字段", "说了<b>话</b>", "听歌", "张医生", "138****0011"):
        assert expected in words, expected
    assert not any("13834400011" in text for text in words)
    assert (t("printing.level"), "RX") in said


def test_a_real_record_that_is_done_is_marked_as_secret_alone(texts: RecordTexts) -> None:
    assert on_paper(texts).marks == (t("printing.secret"),)


@pytest.mark.parametrize("by", ["call", "program"])
def test_practice_is_marked_whether_the_call_or_the_program_says_so(texts: RecordTexts, by: str) -> None:
    call = replace(CALL, origin=Origin.PRACTICE) if by == "call" else CALL
    assert t("printing.practice") in on_paper(texts, call=call, practice=by == "program").marks


def test_a_draft_says_so(texts: RecordTexts) -> None:
    assert t("printing.draft") in on_paper(texts, note=replace(NOTE, state=NoteState.DRAFT)).marks


def test_without_a_number_the_page_says_that_there_is_none(texts: RecordTexts) -> None:
    for call in (None, replace(CALL, number="")):
        assert (t("printing.number"), t("calls.number_withheld")) in on_paper(texts, call=call).head


def test_a_record_of_a_form_that_is_not_here_is_whole_and_says_so(texts: RecordTexts) -> None:
    words = [text for _, text in lines(on_paper(texts, note=replace(NOTE, form="theirs", form_version=9)))]
    assert t("notes.form_missing", form="theirs", version=9) in words
    assert "睡不着\u202e😭" in words
