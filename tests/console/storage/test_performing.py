"""An act and its place in the outbox are one; drafts replace drafts that never left."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.storage.storage import Storage
from models.notes.note import NoteState
from models.operation import Outcome
from tests.console.storage.acts import (
    CLOCK,
    act,
    answered,
    call_added,
    draft,
    finished,
    note_opened,
    opened,
    pushed,
    text_of,
)


def test_an_act_is_on_disk_with_its_place_in_the_outbox(tmp_path: Path) -> None:
    storage = opened(tmp_path / "a.db")
    storage.perform([note_opened("n"), draft("n", "睡不着")])
    storage.close()
    storage = opened(tmp_path / "a.db")
    assert text_of(storage, "n") == "睡不着"
    assert [one.type for _, one in pushed(storage).rows] == ["note.open", "note.draft.put"]
    storage.close()


def test_thousands_of_saves_are_one_act(storage: Storage) -> None:
    storage.perform([note_opened("n")])
    for length in range(200):
        (result,) = storage.perform([draft("n", "字" * length)])
    assert result.outcome is Outcome.APPLIED
    assert result.version == 2
    assert storage.unsent().count == 2
    assert text_of(storage, "n") == "字" * 199


def test_an_act_that_was_ever_sent_is_never_altered(storage: Storage) -> None:
    storage.perform([note_opened("n"), draft("n", "一")])
    sent = pushed(storage)
    storage.perform([draft("n", "二")])
    again = pushed(storage)
    assert again.rows[:2] == sent.rows
    assert again.rows[2][1].body["on"] == sent.rows[1][1].op
    assert again.rows[2][1].body["values"] == {"complaint": "二"}


def test_a_draft_replaces_no_draft_before_another_act_on_the_note(storage: Storage) -> None:
    storage.perform([note_opened("n"), draft("n", "一"), finished("n"), draft("n", "二")])
    assert [one.type for _, one in pushed(storage).rows] == [
        "note.open",
        "note.draft.put",
        "note.finish",
        "note.draft.put",
    ]


def test_an_act_on_another_record_does_not_keep_a_draft_from_being_replaced(storage: Storage) -> None:
    storage.perform([note_opened("n"), draft("n", "一"), answered("n"), draft("n", "二")])
    assert [one.type for _, one in pushed(storage).rows] == ["note.open", "note.draft.put", "risk.answer"]
    assert text_of(storage, "n") == "二"


def test_the_same_act_twice_is_one(storage: Storage) -> None:
    acts = [note_opened("n"), draft("n", "一")]
    storage.perform(acts)
    storage.perform(acts)
    assert storage.unsent().count == 2


def test_a_malformed_act_is_refused_and_not_kept(storage: Storage) -> None:
    storage.perform([note_opened("n"), draft("n", "一")])
    (result,) = storage.perform([act("note.draft.put", "n", category=7)])
    assert result.outcome is Outcome.REJECTED
    assert storage.unsent().count == 2
    assert text_of(storage, "n") == "一"


def test_a_hundred_thousand_characters(tmp_path: Path) -> None:
    storage = opened(tmp_path / "a.db")
    text = "来电者说\n" * 20_000
    storage.perform([note_opened("n"), draft("n", text)])
    storage.close()
    storage = opened(tmp_path / "a.db")
    assert text_of(storage, "n") == text
    assert pushed(storage).rows[1][1].body["values"] == {"complaint": text}
    storage.close()


@settings(max_examples=40)
@given(text=st.text(st.characters(), max_size=60))
def test_any_text_comes_back_and_what_no_database_keeps_is_marked(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    storage = opened(tmp_path_factory.mktemp("text") / "a.db")
    storage.perform([note_opened("n"), draft("n", text)])
    kept = "".join("\ufffd" if sign == "\0" or "\ud800" <= sign <= "\udfff" else sign for sign in text)
    assert text_of(storage, "n") == kept
    storage.close()


def test_numbers_are_never_given_again(tmp_path: Path) -> None:
    storage = opened(tmp_path / "a.db")
    storage.perform([note_opened("n")])
    assert [seq for seq, _ in pushed(storage).rows] == [1]
    storage.close()
    storage = opened(tmp_path / "a.db")
    storage.perform([draft("n", "一")])
    assert [seq for seq, _ in pushed(storage).rows] == [1, 2]
    storage.close()


def test_unfinished_notes_are_offered_again_with_call_and_assessment(tmp_path: Path) -> None:
    storage = opened(tmp_path / "a.db")
    storage.perform([call_added("call-1"), note_opened("n"), draft("n", "一"), answered("n")])
    storage.perform([note_opened("done"), finished("done")])
    storage.close()
    storage = opened(tmp_path / "a.db")
    (listed,) = storage.open_notes()
    assert listed.note.state is NoteState.DRAFT
    assert listed.note.body.values == {"complaint": "一"}
    assert listed.call is not None
    assert listed.call.number == "13800008000"
    assert listed.assessment is not None
    assert listed.assessment.level == "R4"
    storage.close()


def test_notes_are_found_by_time(storage: Storage) -> None:
    today = CLOCK.now()
    storage.perform([call_added("a", "13800008000"), note_opened("na", "a")])
    storage.perform([call_added("b", "03541234567"), note_opened("nb", "b")])
    day = (today, today + timedelta(days=1))
    assert {one.note.id for one in storage.my_notes(*day)} == {"na", "nb"}
    assert storage.my_notes(today - timedelta(days=1), today) == ()


def test_all_of_a_call(storage: Storage) -> None:
    storage.perform([call_added("call-1"), note_opened("n"), answered("n"), note_opened("m", "call-2")])
    assert {(one.type, one.id) for one in storage.of_call("call-1")} == {
        ("call", "call-1"),
        ("note", "n"),
        ("risk", "n"),
    }


def test_a_draft_for_a_note_that_only_the_server_knows_waits_without_a_record(storage: Storage) -> None:
    (result,) = storage.perform([draft("elsewhere", "一")])
    assert (result.outcome, result.entity) == (Outcome.HELD, None)
    assert storage.record("note", "elsewhere") is None
    assert storage.unsent().count == 1


def test_unsent_since(storage: Storage) -> None:
    assert storage.unsent().oldest is None
    storage.perform([note_opened("n")])
    assert storage.unsent().oldest == CLOCK.now()
