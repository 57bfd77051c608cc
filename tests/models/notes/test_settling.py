"""Deciding between two texts of one note: nothing of either is ever dropped."""

from datetime import UTC, datetime
from typing import Any

from models.codec import to_document
from models.notes.note import DraftVersion, Note, NoteBody
from models.notes.reduce import reduce
from models.operation import Operation, Outcome

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def body(text: str) -> NoteBody:
    return NoteBody("C3", {"complaint": text})


NOTE = Note(
    "n",
    "c",
    "zhang",
    "beijing",
    "full",
    1,
    NOW,
    body("甲"),
    versions=(DraftVersion("lost", NOW, body("乙")),),
)


def settle(base: int = 4, text: str | None = None, *versions: str) -> Operation:
    content: dict[str, Any] = {"versions": list(versions or ("lost",))}
    if text is not None:
        content["body"] = to_document(body(text))
    return Operation("s", "note.versions.settle", "n", "zhang", NOW, content, base)


def texts(note: Note | None) -> list[object]:
    assert note is not None
    return [note.body.values["complaint"], *(one.body.values["complaint"] for one in note.versions)]


def test_the_text_stays_and_the_other_is_done_with() -> None:
    reduced = reduce(NOTE, settle(), 4)
    assert reduced.outcome is Outcome.APPLIED
    assert texts(reduced.entity) == ["甲", "乙"]
    assert reduced.entity is not None
    assert reduced.entity.unsettled == ()


def test_the_other_becomes_the_text_and_the_former_is_kept() -> None:
    reduced = reduce(NOTE, settle(4, "乙"), 4)
    assert texts(reduced.entity) == ["乙", "乙", "甲"]
    assert reduced.entity is not None
    assert reduced.entity.unsettled == ()


def test_what_was_chosen_without_seeing_the_present_text_decides_nothing() -> None:
    reduced = reduce(NOTE, settle(3, "乙"), 4)
    assert reduced.outcome is Outcome.SUPERSEDED
    assert texts(reduced.entity) == ["甲", "乙", "乙"]
    assert reduced.entity is not None
    assert len(reduced.entity.unsettled) == 2


def test_a_second_decision_changes_nothing() -> None:
    once = reduce(NOTE, settle(4, "乙"), 4).entity
    again = reduce(once, settle(5, "丙"), 5)
    assert (again.outcome, again.why) == (Outcome.SUPERSEDED, "settled")
    assert again.entity == once
