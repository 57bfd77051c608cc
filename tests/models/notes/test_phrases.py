"""An operator's own phrases: few letters find a text, two workstations lose none."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.notes.phrases import (
    LONGEST,
    LONGEST_LETTERS,
    MOST,
    Phrase,
    Phrases,
    found,
    reduce,
)
from models.operation import Operation, Outcome

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def act(kind: str, body: dict[str, str], actor: str = "li", owner: str = "li") -> Operation:
    return Operation("o", f"phrase.{kind}", owner, actor, AT, body)


def put(name: str, letters: str, text: str) -> Operation:
    return act("put", {"phrase": name, "letters": letters, "text": text})


def after(*acts: Operation) -> Phrases:
    phrases: Phrases | None = None
    for one in acts:
        phrases = reduce(phrases, one, 0).entity
    assert phrases is not None
    return phrases


KEPT = after(
    put("1", "wx", "已说明保密原则与例外。"),
    put("2", "wxl", "未取得联系。"),
    put("3", "jy", "建议 wx 预约门诊。"),
)


def test_few_letters_find_what_begins_with_them_then_what_has_them_within() -> None:
    assert [one.id for one in found(KEPT, "WX ")] == ["1", "2", "3"]
    assert [one.id for one in found(KEPT, "wxl")] == ["2"]
    assert [one.id for one in found(KEPT, "门诊")] == ["3"]
    assert [one.id for one in found(KEPT, "")] == ["1", "2", "3"]
    assert found(KEPT, "没有") == ()


def test_a_phrase_that_is_changed_keeps_its_place() -> None:
    changed = reduce(KEPT, put("1", "bm", "保密。"), 3).entity
    assert changed is not None
    assert [(one.id, one.letters) for one in changed.kept] == [
        ("1", "bm"),
        ("2", "wxl"),
        ("3", "jy"),
    ]


def test_a_phrase_goes_once() -> None:
    reduced = reduce(KEPT, act("drop", {"phrase": "2"}), 3)
    assert reduced.entity is not None
    assert [one.id for one in reduced.entity.kept] == ["1", "3"]
    assert reduce(reduced.entity, act("drop", {"phrase": "2"}), 4).outcome is Outcome.SUPERSEDED


def test_nobody_writes_into_somebody_elses_phrases() -> None:
    stranger = act("put", {"phrase": "1", "letters": "x", "text": "y"}, actor="chen")
    reduced = reduce(KEPT, stranger, 3)
    assert (reduced.outcome, reduced.why, reduced.entity) == (
        Outcome.REJECTED,
        "actor",
        KEPT,
    )


@pytest.mark.parametrize(
    ("letters", "text", "why"),
    [
        (" ", "x", "empty"),
        ("x", " \n", "empty"),
        ("x" * (LONGEST_LETTERS + 1), "x", "long"),
        ("x", "长" * (LONGEST + 1), "long"),
    ],
)
def test_what_is_no_phrase_is_not_kept(letters: str, text: str, why: str) -> None:
    reduced = reduce(KEPT, put("9", letters, text), 3)
    assert (reduced.outcome, reduced.why, reduced.entity) == (
        Outcome.REJECTED,
        why,
        KEPT,
    )


def test_there_is_an_end_to_them() -> None:
    full = Phrases("li", "li", tuple(Phrase(str(n), "x", "y") for n in range(MOST)))
    assert reduce(full, put("new", "x", "y"), 1).why == "many"
    assert reduce(full, put("7", "z", "y"), 1).outcome is Outcome.APPLIED


@given(st.lists(st.sampled_from("abcde"), max_size=12))
def test_however_often_they_are_put_each_is_there_once(
    names: list[str],
) -> None:
    phrases = Phrases("li", "li")
    for name in names:
        phrases = reduce(phrases, put(name, name, name), 0).entity or phrases
    assert [one.id for one in phrases.kept] == list(dict.fromkeys(names))
