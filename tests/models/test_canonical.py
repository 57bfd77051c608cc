from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.canonical import canonical
from models.codec import Document, DocumentError, from_document, to_document
from models.notes.note import LogLine, Note, NoteBody
from models.notes.reduce import reduce
from models.operation import Operation
from models.sync.reduce import ENTITIES, reduce_document

NOW = datetime(2026, 1, 1, 2, 33, tzinfo=UTC)
BODY = NoteBody("C3", {"complaint": "话", "age": 30, "outcome": ("O04",)}, (LogLine("l", NOW, "接通"),))
NOTE = to_document(Note("n", "c", "zhang", "beijing", "full", 1, NOW, BODY))

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just(NOW.isoformat()),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("id", "at", "text", "category", "values", "log", "op", "body")), inner
        )
    ),
    max_leaves=6,
)


def both(kind: type[Any], document: Document) -> list[Document | str]:
    """What the two ways make of a document, or what they complain of."""
    told: list[Document | str] = []
    for way in (canonical, lambda kind, document: to_document(from_document(kind, document))):
        try:
            told.append(way(kind, document))
        except DocumentError as error:
            told.append(str(error))
    return told


@given(st.data(), anything)
def test_a_note_is_written_as_if_it_had_been_read(data: st.DataObject, value: Any) -> None:
    name = data.draw(st.sampled_from([*NOTE, "mood"]))
    changed = {**NOTE, name: value} if data.draw(st.booleans()) else {**NOTE}
    gone = data.draw(st.sampled_from([*NOTE, ""]))
    changed.pop(gone, None)
    short, long = both(Note, changed)
    assert short == long


@pytest.mark.parametrize("entity", ENTITIES)
@given(data=st.data())
def test_every_entity_is_written_as_if_it_had_been_read(entity: str, data: st.DataObject) -> None:
    kind = ENTITIES[entity][0]
    names = st.sampled_from([field.name for field in fields(kind)])
    short, long = both(kind, data.draw(st.dictionaries(names, anything)))
    assert short == long


def test_a_note_is_opened_as_its_reducer_opens_it() -> None:
    body = {name: value for name, value in NOTE.items() if name not in ("id", "author")}
    act = Operation("op", "note.open", "n", "zhang", NOW, body)
    made, reduced = reduce_document(None, act, 0), reduce(None, act, 0)
    assert (made.entity, made.outcome, made.why) == (to_document(reduced.entity), reduced.outcome, "")
