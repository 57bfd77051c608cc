from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from models.calls.events import Held
from models.codec import DocumentError, from_document, to_document
from models.notes.note import LogLine, Note, NoteBody

NOW = datetime(2026, 1, 1, 2, 33, tzinfo=UTC)


def test_a_note_comes_back_as_it_was() -> None:
    body = NoteBody("C3", {"complaint": "话", "age": 30, "outcome": ("O04",)}, (LogLine("l", NOW, "接通"),))
    note = Note("n", "c", "zhang", "beijing", "full", 1, NOW, body)
    assert from_document(Note, to_document(note)) == note


def test_an_event_comes_back_and_another_kind_does_not_pass_for_it() -> None:
    held = Held("h", "c", NOW)
    assert from_document(Held, to_document(held)) == held
    with pytest.raises(DocumentError, match=r"Held\.kind"):
        from_document(Held, {**to_document(held), "kind": "ended"})


def test_what_is_missing_or_odd_is_named() -> None:
    with pytest.raises(DocumentError, match=r"LogLine\.text: missing"):
        from_document(LogLine, {"id": "l", "at": NOW.isoformat()})
    with pytest.raises(DocumentError, match=r"LogLine\.at"):
        from_document(LogLine, {"id": "l", "at": "gestern", "text": ""})
    with pytest.raises(DocumentError, match=r"LogLine\.id: str expected, got int"):
        from_document(LogLine, {"id": 7, "at": NOW.isoformat(), "text": ""})


def test_fields_of_a_newer_program_are_left_aside() -> None:
    line = {"id": "l", "at": NOW.isoformat(), "text": "x", "mood": "?"}
    assert from_document(LogLine, line).text == "x"


@dataclass(frozen=True)
class Odd:
    ratio: float = 0.0
    inner: dict[str, Any] = field(default_factory=dict)


def test_a_whole_number_is_a_number() -> None:
    assert from_document(Odd, {"ratio": 1}).ratio == 1.0
