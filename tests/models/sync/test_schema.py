"""Programs of different age: what is taken, what is given, and how old acts are brought up."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from models.operation import Operation, Outcome
from models.schema import PRESENT, SCHEMA, Span
from models.sync.reduce import reduce_document
from models.sync.upcast import STEPS, upcast

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_push_is_taken_from_three_schemas_back_and_a_pull_perhaps_not() -> None:
    span = Span(7, oldest_pushed=4, oldest_pulled=6)
    assert [span.takes(schema) for schema in (3, 4, 7, 8)] == [False, True, True, False]
    assert [span.gives(schema) for schema in (5, 6, 8)] == [False, True, True]


def test_this_program_takes_what_itself_and_three_before_it_wrote() -> None:
    assert PRESENT.current == SCHEMA
    assert PRESENT.oldest_pushed == max(1, SCHEMA - 3)


def test_a_draft_of_the_first_schema_counts_as_written_between_two_stops() -> None:
    old = Operation("op", "note.draft.put", "n", "z", NOW, {"category": "C3"}, v=1)
    assert upcast(old) == replace(old, v=SCHEMA, body={"stop": "", "category": "C3"})
    assert old.body == {"category": "C3"}


def test_steps_follow_one_another_from_three_schemas_back() -> None:
    steps = {
        ("note.tag", 1): lambda body: {**body, "b": body["a"] + 1},
        ("note.tag", 3): lambda body: {"c": body["b"] + 1},
    }
    old = Operation("op", "note.tag", "n", "z", NOW, {"a": 1}, v=1)
    assert upcast(old, steps, 4) == replace(old, v=4, body={"c": 3})
    assert upcast(replace(old, v=2, body={"b": 7}), steps, 4).body == {"c": 8}
    assert upcast(replace(old, v=4), steps, 4).body == {"a": 1}


def test_every_step_starts_from_a_schema_that_is_taken() -> None:
    assert all(PRESENT.oldest_pushed <= start < SCHEMA for _, start in STEPS)


@given(st.integers(1, 3), st.dictionaries(st.text(max_size=4), st.integers(), max_size=4))
def test_words_of_any_schema_that_is_taken_arrive_as_if_written_today(
    schema: int, values: dict[str, int]
) -> None:
    steps = {
        ("note.draft.put", n): lambda body: {**body, "steps": body.get("steps", 0) + 1} for n in (1, 2, 3)
    }
    old = Operation("op", "note.draft.put", "n", "z", NOW, {"values": values}, v=schema)
    new = upcast(old, steps, 4)
    assert new.body == {"values": values, "steps": 4 - schema}
    assert replace(new, body=old.body, v=schema) == old
    assert upcast(new, steps, 4) == new


def test_an_act_of_a_newer_schema_is_held() -> None:
    newer = Operation("op", "note.finish", "n", "z", NOW, {}, v=SCHEMA + 1)
    reduced = reduce_document(None, newer, 0)
    assert (reduced.outcome, reduced.why) == (Outcome.HELD, "newer_schema")
