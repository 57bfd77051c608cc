"""Fields of a newer program survive a reducer that has never heard of them, at every depth."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.codec import Document, to_document
from models.notes.note import DraftVersion, LogLine, Note, NoteBody
from models.operation import Operation, Outcome
from models.risk.assessment import Assessment
from models.risk.quick_screen import AskState, Item
from models.risk.trail import Answer
from models.sync.reduce import reduce_document

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LOG = (LogLine("l1", NOW, "接通"), LogLine("l2", NOW, "沉默"))
NOTE = Note(
    "n",
    "c",
    "zhang",
    "beijing",
    "full",
    1,
    NOW,
    NoteBody("C3", {"complaint": "话"}, LOG),
    versions=(DraftVersion("v1", NOW, NoteBody("C2", {}, LOG)),),
)
RISK = Assessment("n", "n", "c", "zhang", "beijing", (Answer(1, "a1", NOW, Item.ACTING, AskState.NO),))
CALL: Document = {
    "id": "n",
    "parties": {"p": {"id": "p"}},
    "held": {"on": True, "at": NOW.isoformat(), "by": "x"},
}
ACTS: dict[str, tuple[Document, dict[str, Any]]] = {
    "note.draft.put": (to_document(NOTE), to_document(NoteBody("C5", {"complaint": "改"}, LOG))),
    "note.finish": (to_document(NOTE), {}),
    "note.versions.settle": (to_document(NOTE), {"versions": ["v1"]}),
    "risk.answer": (to_document(RISK), {"n": 2, "item": "acting", "state": "yes"}),
    "call.add": (CALL, {"seat": "3", "parties": {"p": {"id": "p", "dial": "110"}}}),
}


def objects(document: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of all objects in a document that a program declares; `values` is free text by key."""
    found = [at] if isinstance(document, dict) and at[-1:] not in (("values",), ("parties",)) else []
    pairs = document.items() if isinstance(document, dict) else enumerate(document)
    for name, inner in pairs:
        if isinstance(inner, (dict, list)):
            found += objects(inner, (*at, name))
    return found


def inner(document: Any, place: tuple[Any, ...]) -> Any:
    for name in place:
        document = document[name]
    return document


@given(st.sampled_from(sorted(ACTS)), st.data())
def test_what_nobody_here_knows_is_still_there_after_any_act(kind: str, data: st.DataObject) -> None:
    known, body = ACTS[kind]
    document = deepcopy(known)
    places = objects(document)
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=4, unique=True))
    for number, place in enumerate(chosen):
        inner(document, place)["mood_2028"] = {"deep": [number]}
    act = Operation("op", kind, "n", "zhang", NOW, body, base=4)
    reduced = reduce_document(document, act, 4)
    plain = reduce_document(known, act, 4)
    assert (reduced.outcome, plain.outcome) == (Outcome.APPLIED, Outcome.APPLIED)
    assert reduced.entity is not None
    assert plain.entity is not None
    for number, place in enumerate(chosen):
        assert inner(reduced.entity, place).pop("mood_2028") == {"deep": [number]}
    assert reduced.entity == plain.entity


def test_what_an_act_takes_away_takes_its_unknown_fields_along() -> None:
    document = to_document(NOTE)
    document["body"]["log"][1]["mood"] = "?"
    body = to_document(NoteBody("C3", {}, LOG[:1]))
    after = reduce_document(
        document, Operation("op", "note.draft.put", "n", "z", NOW, body, base=4), 4
    ).entity
    assert after is not None
    assert "mood" not in str(after["body"])
