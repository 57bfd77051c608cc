from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.codec import Document, from_document, to_document
from models.notes.note import Note, NoteBody
from models.operation import Operation, Outcome
from models.referrals.referral import Referral, Step
from models.sync.reduce import reduce_document

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OPENED = {"call": "c", "site": "beijing", "form": "full", "form_version": 1, "opened_at": NOW.isoformat()}
REFERRED = {
    "note": "n",
    "call": "c",
    "site": "beijing",
    "target": "f110",
    "target_kind": "F110",
    "target_name": "110",
    "dial": "110",
    "verified": False,
    "place": "北京",
    "place_basis": "stated",
    "text": "x",
    "legal_basis": "emergency",
    "opened_at": NOW.isoformat(),
}


def act(kind: str, body: dict[str, Any], base: int = 0, op: str = "op") -> Operation:
    return Operation(op, kind, "id", "zhang", NOW, body, base)


def opened() -> Document:
    document = reduce_document(None, act("note.open", OPENED), 0).entity
    assert document
    return document


def test_a_draft_of_an_older_program_on_its_base_is_the_new_text() -> None:
    body = to_document(NoteBody("C3", {"complaint": "话", "outcome": ("O04", "O08")}))
    reduced = reduce_document(opened(), act("note.draft.put", body, base=1), 1)
    assert reduced.outcome is Outcome.APPLIED
    assert reduced.entity
    note = from_document(Note, reduced.entity)
    assert note.body.values == {"complaint": "话", "outcome": ("O04", "O08")}


def test_a_draft_on_the_text_that_stands_takes_its_place() -> None:
    first = reduce_document(opened(), act("note.draft.put", _text("一", on=""), op="a"), 1)
    second = reduce_document(first.entity, act("note.draft.put", _text("二", on="a"), op="b"), 2)
    assert second.outcome is Outcome.APPLIED
    assert second.entity
    assert (second.entity["written"], second.entity["versions"]) == ("b", [])


def test_no_draft_takes_the_place_of_a_text_that_its_author_has_not_seen() -> None:
    """A server that was put back counts anew: the number of the version says nothing of what stands there."""
    first = reduce_document(opened(), act("note.draft.put", _text("一", on=""), op="a"), 1)
    unseen = reduce_document(first.entity, act("note.draft.put", _text("二", on="lost"), base=2, op="b"), 2)
    assert (unseen.outcome, unseen.why) == (Outcome.SUPERSEDED, "base")
    assert unseen.entity
    note = from_document(Note, unseen.entity)
    assert (note.written, note.body.values) == ("a", {"complaint": "一"})
    assert [one.body.values for one in note.versions] == [{"complaint": "二"}]


def test_a_choice_between_texts_is_worth_nothing_where_another_one_came() -> None:
    first = reduce_document(opened(), act("note.draft.put", _text("一", on=""), op="a"), 1)
    beside = reduce_document(first.entity, act("note.draft.put", _text("二", on=""), op="b"), 2)
    body = {"versions": ["b"], "body": to_document(NoteBody("C3", {"complaint": "两者"}))}
    late = reduce_document(beside.entity, act("note.versions.settle", {**body, "on": "x"}, op="c"), 3)
    assert late.outcome is Outcome.SUPERSEDED
    done = reduce_document(late.entity, act("note.versions.settle", {**body, "on": "a"}, op="d"), 4)
    assert done.outcome is Outcome.APPLIED
    assert done.entity
    assert done.entity["written"] == "d"


def _text(words: str, on: str) -> dict[str, Any]:
    return {**to_document(NoteBody("C3", {"complaint": words})), "on": on}


def test_a_draft_of_an_older_program_on_another_base_is_kept_beside_the_text() -> None:
    body = to_document(NoteBody("C3", {"complaint": "另一份"}))
    reduced = reduce_document(opened(), act("note.draft.put", body, base=1), 4)
    assert reduced.outcome is Outcome.SUPERSEDED
    assert reduced.entity
    note = from_document(Note, reduced.entity)
    assert not note.body.values
    assert note.versions[0].body.values == {"complaint": "另一份"}


def test_a_second_finish_is_superseded() -> None:
    done = reduce_document(opened(), act("note.finish", {"incomplete_reason": "线路中断"}), 1).entity
    assert done
    assert done["state"] == "finished"
    assert (
        reduce_document(done, act("note.finish", {"incomplete_reason": "又断"}), 2).outcome
        is Outcome.SUPERSEDED
    )
    completed = reduce_document(done, act("note.finish", {}), 2)
    assert (completed.outcome, completed.entity) == (Outcome.APPLIED, {**done, "incomplete_reason": ""})
    assert reduce_document(completed.entity, act("note.finish", {}), 3).outcome is Outcome.SUPERSEDED


def test_an_act_on_an_unknown_note_waits() -> None:
    assert reduce_document(None, act("note.finish", {}), 0).outcome is Outcome.HELD


def test_a_referral_goes_forward_and_keeps_late_news() -> None:
    document = reduce_document(None, act("referral.open", REFERRED, op="o1"), 0).entity
    for n, step in enumerate(("called", "joined", "accepted", "called", "safe")):
        document = reduce_document(document, act("referral.advance", {"step": step}, op=f"s{n}"), 1).entity
    assert document
    referral = from_document(Referral, document)
    assert referral.state is Step.SAFE
    assert not referral.is_open
    late = reduce_document(document, act("referral.advance", {"step": "arrived"}, op="late"), 1)
    assert late.outcome is Outcome.SUPERSEDED


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_types = st.sampled_from(
    (
        "note.open",
        "note.draft.put",
        "note.finish",
        "risk.answer",
        "risk.rate",
        "referral.open",
        "referral.advance",
        "call.add",
        "call.event",
        "users.drop",
        "",
    )
)
_names = st.sampled_from((*OPENED, *REFERRED, "n", "item", "state", "value", "step", "kind", "values", "log"))


@given(_types, st.dictionaries(_names, _json, max_size=6))
def test_garbage_is_an_answer_and_never_an_exception(kind: str, body: dict[str, Any]) -> None:
    reduced = reduce_document(None, act(kind, body), 0)
    assert reduced.outcome in Outcome


def test_the_digest_tells_other_content() -> None:
    assert act("note.open", OPENED).digest == act("note.open", dict(reversed(OPENED.items()))).digest
    assert act("note.open", OPENED).digest != act("note.open", {**OPENED, "call": "d"}).digest
