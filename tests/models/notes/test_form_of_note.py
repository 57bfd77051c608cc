"""Which form a note is in: that of the text that stands, on the console and on the server alike."""

from datetime import UTC, datetime
from typing import Any

from models.codec import to_document
from models.notes.joining import joined
from models.notes.note import DraftVersion, Note, NoteBody
from models.notes.reduce import reduce
from models.operation import Operation, Outcome

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NOTE = Note("n", "c", "zhang", "beijing", "full", 1, NOW, written="w")


def put(body: NoteBody, on: str = "w") -> Operation:
    content: dict[str, Any] = {**to_document(body), "on": on}
    return Operation("p", "note.draft.put", "n", "zhang", NOW, content, 4)


def form_of(note: Note | None) -> tuple[str, int]:
    assert note is not None
    return note.form, note.form_version


def test_a_text_brings_its_form() -> None:
    reduced = reduce(NOTE, put(NoteBody("S1", form="silent", form_version=3)), 4)
    assert form_of(reduced.entity) == ("silent", 3)


def test_a_text_of_a_program_that_names_no_form_leaves_it() -> None:
    content = {"category": "S1", "values": {}, "log": [], "on": "w"}
    reduced = reduce(NOTE, Operation("p", "note.draft.put", "n", "zhang", NOW, content, 4), 4)
    assert reduced.outcome is Outcome.APPLIED
    assert form_of(reduced.entity) == ("full", 1)


def test_a_text_that_lost_keeps_its_form_and_brings_it_when_it_is_chosen() -> None:
    body = NoteBody("S1", {"x": "话"}, form="silent", form_version=3)
    lost = reduce(NOTE, put(body, on="another"), 4).entity
    assert lost is not None
    assert form_of(lost) == ("full", 1)
    assert lost.versions == (DraftVersion("p", NOW, body),)
    content = {"versions": ["p"], "body": to_document(body), "on": "w"}
    chosen = reduce(lost, Operation("s", "note.versions.settle", "n", "zhang", NOW, content, 4), 5)
    assert form_of(chosen.entity) == ("silent", 3)


def test_of_two_texts_the_form_is_that_of_the_category() -> None:
    mine = NoteBody("", {"a": "1"}, form="full", form_version=1)
    other = NoteBody("S1", {"b": "2"}, form="silent", form_version=3)
    assert joined(mine, other, {}).form == "silent"
    assert joined(other, mine, {}).form == "silent"
    both = joined(NoteBody("C3", form="full", form_version=2), other, {})
    assert (both.category, both.form, both.form_version) == ("C3", "full", 2)
