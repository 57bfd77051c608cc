"""Another category opens another form: nothing typed is lost, and the record says which form it was."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.notes.service import NotesService
from models.clock import ManualClock
from models.codec import from_document
from models.notes.filling import elsewhere, field_of, visible
from models.notes.forms import NoteForms
from models.notes.note import Note, NoteBody, Value
from resources import hotline
from tests.console.desk import IDENTITY, MemoryJournal, never

Forms = NoteForms


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> NoteForms:
    folder: Path = tmp_path_factory.mktemp("kept")
    return hotline.load("jinzhong", None, folder).forms


def service(journal: MemoryJournal, forms: NoteForms) -> NotesService:
    return NotesService(journal, ManualClock(), never, IDENTITY, forms.usual.stamp, forms=forms.stamps)


def on_desk(notes: NotesService) -> Note:
    note = notes.desk.value.note
    assert note is not None
    return note


CATEGORIES = [*(f"C{n}" for n in range(1, 7)), *(f"S{n}" for n in range(1, 10))]
KEYS = [
    "complaint",
    "place",
    "sex",
    "outcome",
    "harassment_marks",
    "follow_up_result",
    "crisis_event",
    "own_key",
]
values: st.SearchStrategy[Value] = (
    st.text(max_size=4) | st.integers(0, 99) | st.lists(st.text(max_size=3), max_size=3).map(tuple)
)
acts = st.lists(
    st.tuples(st.just("category"), st.sampled_from(CATEGORIES))
    | st.tuples(st.just("edit"), st.tuples(st.sampled_from(KEYS), values))
    | st.tuples(st.just("line"), st.text(min_size=1, max_size=4)),
    max_size=14,
)


@given(acts)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_order_of_categories_and_edits_loses_a_value(
    forms: NoteForms, acts: list[tuple[str, object]]
) -> None:
    journal = MemoryJournal()
    notes = service(journal, forms)
    notes.open_for("call")
    typed: dict[str, Value] = {}
    said: list[str] = []
    for kind, what in acts:
        if kind == "category":
            notes.choose_category(str(what))
        elif kind == "edit":
            assert isinstance(what, tuple)
            typed[what[0]] = what[1]
            notes.edit(*what)
        else:
            said.append(str(what))
            notes.add_log_line(str(what))
    notes.leave()
    note = on_desk(notes)
    assert dict(note.body.values) == typed
    assert [line.text for line in note.body.log] == said
    _is_all_in_sight(forms, note)
    stored = from_document(Note, journal.records()[note.id])
    assert (stored.form, stored.form_version, stored.body) == (note.form, note.form_version, note.body)
    assert (note.form, note.form_version) == forms.of(note.body.category).stamp


def _is_all_in_sight(forms: Forms, note: Note) -> None:
    """What is filled in is on the form or in the list of what is not."""
    form = forms.to_write(note)
    shown = {field.key for field in visible(form, note.body.category, note.body.values)}
    listed = set(elsewhere(form, note.body))
    for key, value in note.body.values.items():
        empty = value in ("", ()) or (isinstance(value, str) and not value.strip())
        assert empty or field_of(key) in shown or key in listed


def test_the_form_follows_the_category_into_the_record(forms: NoteForms) -> None:
    journal = MemoryJournal()
    notes = service(journal, forms)
    note = notes.open_for("call")
    assert (note.form, note.form_version) == ("full", 1)
    seen: list[tuple[str, object]] = []
    for category in ("S1", "C2", "S7", "C3", "S5"):
        notes.choose_category(category)
        document: Mapping[str, object] = journal.records()[note.id]
        seen.append((category, document["form"]))
    assert seen == [
        ("S1", "silent"),
        ("C2", "crisis"),
        ("S7", "follow_up"),
        ("C3", "full"),
        ("S5", "type_only"),
    ]


def test_a_draft_goes_on_in_the_version_it_was_begun_with_until_its_category_changes(
    forms: NoteForms,
) -> None:
    journal = MemoryJournal()
    notes = service(journal, forms)
    old = Note("n", "c", IDENTITY.operator.id, "beijing", "full", 0, ManualClock().now(), NoteBody("C1"))
    notes.bring_back(old)
    notes.edit("complaint", "话")
    assert (on_desk(notes).form_version, on_desk(notes).body.form_version) == (0, 0)
    assert (on_desk(notes).body.form, on_desk(notes).form) == ("full", "full")
    notes.choose_category("C3")
    assert on_desk(notes).form_version == 1
    assert on_desk(notes).body.values == {"complaint": "话"}
