"""A signature tells what was signed; what is added later changes nothing that stood."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codec import from_document, to_document
from models.notes.note import Note, NoteBody, NoteState, Signing
from models.notes.reduce import reduce
from models.notes.signing import digest_of, is_altered, is_good, is_late, sign_body, signed_by
from models.operation import Operation, Outcome

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
BODY = NoteBody("C3", {"complaint": "失眠两周"}, ())
NOTE = Note("n", "c", "li", "jz", "full", 1, AT, BODY, NoteState.FINISHED, AT, AT)


def act(
    kind: str, actor: str, body: dict[str, Any] | None = None, op: str = "o", hours: int = 1
) -> Operation:
    return Operation(op, kind, "n", actor, AT + timedelta(hours=hours), body or {})


def signed(note: Note, actor: str = "li", role: Signing = Signing.AUTHOR, op: str = "s") -> Note:
    reduced = reduce(note, act("note.sign", actor, dict(sign_body(note, role, "已电话核实")), op), 3)
    assert reduced.outcome is Outcome.APPLIED
    assert reduced.entity is not None
    return reduced.entity


def test_what_was_signed_can_be_checked() -> None:
    note = signed(NOTE)
    assert is_good(note, note.signatures[0])
    assert signed_by(note, Signing.AUTHOR) == note.signatures[0]
    assert not is_altered(note)
    changed = replace(note, body=replace(BODY, values={"complaint": "失眠三周"}))
    assert not is_good(changed, changed.signatures[0])
    assert signed_by(changed, Signing.AUTHOR) is None
    assert is_altered(changed)


def test_a_correction_that_is_signed_again_is_good_again() -> None:
    changed = replace(signed(NOTE), body=replace(BODY, category="C2"))
    again = signed(changed, op="t")
    assert not is_altered(again)
    assert [one.op for one in again.signatures] == ["s", "t"]


def test_a_note_that_nobody_signed_was_not_altered() -> None:
    assert not is_altered(NOTE)
    assert signed_by(NOTE, Signing.LEAD) is None


def test_what_comes_after_the_text_is_no_part_of_what_was_signed() -> None:
    note = signed(NOTE)
    added = reduce(note, act("note.addendum", "li", {"text": "次日来电"}, "a"), 4).entity
    assert added is not None
    assert digest_of(added) == digest_of(NOTE)
    assert not is_altered(added)


@pytest.mark.parametrize(("actor", "role"), [("chen", Signing.AUTHOR), ("li", Signing.LEAD)])
def test_nobody_signs_as_somebody_else(actor: str, role: Signing) -> None:
    reduced = reduce(NOTE, act("note.sign", actor, dict(sign_body(NOTE, role))), 3)
    assert (reduced.outcome, reduced.why) == (Outcome.REJECTED, "role")


def test_a_lead_signs_with_the_reason() -> None:
    note = signed(NOTE, "chen", Signing.LEAD)
    signature = signed_by(note, Signing.LEAD)
    assert signature is not None
    assert (signature.actor, signature.reason) == ("chen", "已电话核实")


@pytest.mark.parametrize("digest", ["", "f" * 63, "F" * 64, "word of a caller"])
def test_a_digest_is_a_digest(digest: str) -> None:
    reduced = reduce(NOTE, act("note.sign", "li", {"role": "author", "digest": digest}), 3)
    assert (reduced.outcome, reduced.why) == (Outcome.REJECTED, "digest")


def test_an_addendum_has_its_author_and_time_and_changes_nothing() -> None:
    reduced = reduce(NOTE, act("note.addendum", "chen", {"text": "家属来电：已就诊。", "actor": "li"}), 3)
    assert reduced.outcome is Outcome.APPLIED
    assert reduced.entity is not None
    one = reduced.entity.addenda[0]
    assert (one.actor, one.text, one.at) == ("chen", "家属来电：已就诊。", AT + timedelta(hours=1))
    assert reduced.entity.body == NOTE.body
    again = reduce(reduced.entity, act("note.addendum", "chen", {"text": "别的"}), 4)
    assert again.entity == reduced.entity


@pytest.mark.parametrize("text", ["", "  \n"])
def test_nothing_is_no_addendum(text: str) -> None:
    assert reduce(NOTE, act("note.addendum", "li", {"text": text}), 3).outcome is Outcome.REJECTED


def test_what_is_added_after_a_day_is_late() -> None:
    for hours, late in ((23, False), (24, True)):
        note = reduce(NOTE, act("note.addendum", "li", {"text": "补记"}, hours=hours), 3).entity
        assert note is not None
        assert is_late(note, note.addenda[0]) is late


@given(st.permutations(["a", "b", "c", "s", "t"]))
def test_the_order_of_arrival_does_not_matter(order: list[str]) -> None:
    acts = {
        **{op: act("note.addendum", "li", {"text": op}, op, hours=ord(op)) for op in "abc"},
        "s": act("note.sign", "li", dict(sign_body(NOTE, Signing.AUTHOR)), "s"),
        "t": act("note.sign", "chen", dict(sign_body(NOTE, Signing.LEAD)), "t"),
    }
    note: Note | None = NOTE
    for op in order:
        note = reduce(note, acts[op], 3).entity
    assert note is not None
    assert "".join(one.op for one in note.addenda) == "abc"
    assert "".join(one.op for one in note.signatures) == "st"


@given(st.text(), st.text())
def test_the_digest_is_the_same_before_and_after_storing(key: str, text: str) -> None:
    note = replace(NOTE, body=NoteBody("C3", {key: text, "n": 3, "many": ("P01", text)}))
    stored = from_document(Note, to_document(note))
    assert digest_of(stored) == digest_of(note)


def test_the_digest_of_what_cannot_be_stored_is_that_of_what_is_stored() -> None:
    typed = replace(NOTE, body=NoteBody("C3", {"complaint": "a\x00b\ud800"}))
    stored = replace(NOTE, body=NoteBody("C3", {"complaint": "a\ufffdb\ufffd"}))
    assert digest_of(typed) == digest_of(stored)
