"""A person: whatever order acts arrive in, the same person comes of them, and nothing is taken away."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.operation import Operation, Outcome
from models.people.person import Part, Person
from models.people.reduce import LONGEST, reduce
from models.sync.reduce import reduce_document

START = datetime(2026, 11, 1, 14, 0, tzinfo=UTC)


def act(kind: str, op: str, by: str = "li", after: float = 0, of: str = "p", **body: Any) -> Operation:
    return Operation(op, f"person.{kind}", of, by, START + timedelta(minutes=after), body)


def person(*acts: Operation, name: str = "p", alias: str = "小雨") -> Person:
    known = reduce(None, act("add", f"add-{name}", of=name, site="jinzhong", alias=alias), 0).entity
    for one in acts:
        assert known
        known = reduce(known, one, 0).entity
    assert known
    return known


def meet(op: str, call: str, part: Part = Part.SELF, after: float = 0, day: int = 0) -> Operation:
    at = (START + timedelta(days=day)).isoformat()
    return act("meet", op, after=after, call=call, part=part, call_at=at)


def test_noted_twice_is_one() -> None:
    known = person()
    again = reduce(known, act("add", "other", "wang", site="jinzhong", alias="小明"), 0)
    assert (again.entity, again.outcome) == (known, Outcome.APPLIED)
    assert (known.author, known.alias, known.code_word, known.callers) == ("li", "小雨", "", ())


def test_what_comes_before_the_person_waits() -> None:
    assert reduce(None, act("tie", "t", caller="k"), 0).outcome is Outcome.HELD


@pytest.mark.parametrize("alias", ["", "  ", "长" * (LONGEST + 1)])
def test_an_alias_can_be_said(alias: str) -> None:
    assert reduce(None, act("add", "a", site="jinzhong", alias=alias), 0).outcome is Outcome.REJECTED
    refused = reduce(person(), act("name", "n", alias=alias), 0)
    assert (refused.outcome, refused.why) == (Outcome.REJECTED, "name")


def test_a_later_name_stands_and_the_first_is_kept() -> None:
    known = person(act("name", "n", after=2, alias="阿雨", code_word="海棠"))
    assert (known.alias, known.code_word) == ("阿雨", "海棠")
    assert [one.alias for one in known.names] == ["小雨", "阿雨"]


def test_a_tie_can_be_undone_and_tied_again() -> None:
    tied = person(act("tie", "t1", caller="k"), act("tie", "t2", caller="other"))
    assert tied.callers == ("k", "other")
    loose = reduce(tied, act("undo", "u", what="t1"), 0).entity
    assert loose
    assert loose.callers == ("other",)
    assert len(loose.ties) == 2
    again = reduce(loose, act("tie", "t3", after=3, caller="k"), 0).entity
    assert again
    assert set(again.callers) == {"k", "other"}


def test_a_call_can_be_corrected() -> None:
    wrong = person(meet("m1", "c"), meet("m2", "d", day=1))
    assert [one.call for one in wrong.met] == ["d", "c"]
    right = person(meet("m1", "c"), meet("m2", "d", day=1), act("undo", "u", what="m1"))
    assert [one.call for one in right.met] == ["d"]
    assert len(right.meetings) == 2


def test_the_last_part_in_a_call_counts() -> None:
    known = person(meet("m1", "c"), meet("m2", "c", Part.CALLER, after=1))
    assert [one.part for one in known.met] == [Part.CALLER]


def test_nobody_is_merged_with_themselves() -> None:
    refused = reduce(person(), act("join", "j", into="p"), 0)
    assert (refused.outcome, refused.why) == (Outcome.REJECTED, "itself")


def test_an_act_of_no_known_kind_is_refused_and_a_broken_one_too() -> None:
    assert reduce(person(), act("vanish", "v"), 0).why == "unknown_type"
    document = reduce_document(None, act("add", "a", site="jinzhong", alias="小雨"), 1).entity
    broken = reduce_document(document, act("meet", "m", call="c", part="thief", call_at="x"), 2)
    assert (broken.outcome, broken.entity) == (Outcome.REJECTED, document)


ACTS = (
    act("name", "n1", "li", 1, alias="阿雨", code_word="海棠"),
    act("name", "n2", "wang", 2, alias="小雨点"),
    act("tie", "t1", "li", 1, caller="k"),
    act("tie", "t2", "wang", 1, caller="k"),
    act("undo", "u1", "wang", 4, what="t1"),
    act("undo", "u2", "li", 3, what="t1"),
    meet("m1", "c"),
    meet("m2", "c", Part.SUBJECT, after=5),
    act("tell", "s1", "li", 2, call="c", assessment="a", seconds=60, level="R2", peak="R3"),
    act("tell", "s2", "wang", 3, call="c", assessment="b", seconds=60, level="R4", peak="R4", seen=["a"]),
    act("join", "j1", "li", 2, into="q"),
    act("undo", "u3", "wang", 1, what="j1"),
)


@given(st.permutations(ACTS), st.lists(st.sampled_from(ACTS), max_size=4))
def test_the_order_of_arrival_says_nothing(order: Sequence[Operation], again: list[Operation]) -> None:
    known = person(*order, *again)
    assert known == person(*ACTS)
    assert known.callers == ("k",)
    assert known.same_as == ()
    assert known.alias == "小雨点"
