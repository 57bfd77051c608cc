from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.notes.filling import (
    Beside,
    elsewhere,
    fits,
    missing,
    required_keys,
    visible,
)
from models.notes.form import Choice, Condition, Field, FieldType, Form, Section, Served
from models.notes.note import LogLine, NoteBody, Value

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def field(key: str, kind: FieldType = FieldType.TEXT, *, required: bool = True) -> Field:
    return Field(key, kind, key, key, required=required)


ALL_GROUPS = ("caller", "problem", "course", "intervention")
FORM = Form(
    "f",
    1,
    (
        Section("caller", "来电者", "Caller", (field("sex"), field("hobby", required=False))),
        Section("problem", "问题", "Problem", (field("main"), field("age", FieldType.NUMBER))),
        Section("course", "过程", "Course", (field("log", FieldType.LOG),)),
        Section("intervention", "处理", "Intervention", (field("out", FieldType.MULTI_CHOICE),)),
    ),
    (Served("C3", ALL_GROUPS, screen=True), Served("S1", ("course",)), Served("S5")),
)
ALL = ("sex", "main", "age", "log", "out")
DONE = Beside(1, 1, screened=True)
NOTHING = Beside()
values = st.dictionaries(
    st.sampled_from([one.key for one in FORM.fields]),
    st.text(max_size=3) | st.integers() | st.lists(st.text(max_size=2)).map(tuple),
)


def test_a_category_asks_for_its_groups_and_for_the_quick_screen() -> None:
    assert missing(FORM, "C3", {}, NOTHING) == (*ALL, "quick_screen")
    assert missing(FORM, "S1", {}, NOTHING) == ("log",)
    assert missing(FORM, "S5", {}, NOTHING) == ()
    assert missing(FORM, "C3", {}, DONE) == ("sex", "main", "age", "out")


def test_without_a_category_the_category_is_what_is_missing() -> None:
    assert missing(FORM, "", {"sex": "f"}, DONE) == ("category",)
    assert required_keys(FORM, "", {}) == ()


def test_a_category_that_the_form_does_not_serve_asks_for_nothing() -> None:
    assert missing(FORM, "X9", {}, NOTHING) == ()


@pytest.mark.parametrize(
    ("value", "is_open"), [("", True), ("  ", True), ((), True), (0, False), ("x", False), (("O01",), False)]
)
def test_what_counts_as_filled(value: Value, is_open: bool) -> None:
    full: dict[str, Value] = dict.fromkeys(ALL, "x")
    assert ("main" in missing(FORM, "C3", {**full, "main": value}, DONE)) is is_open


def test_a_log_is_filled_by_its_lines() -> None:
    assert missing(FORM, "S1", {"log": "x"}, NOTHING) == ("log",)
    assert missing(FORM, "S1", {}, Beside(log_lines=1)) == ()


def test_a_ladder_is_filled_by_its_marks() -> None:
    form = Form(
        "s", 1, (Section("ladder", "阶", "L", (field("l", FieldType.LADDER),)),), (Served("S1", ("ladder",)),)
    )
    assert missing(form, "S1", {}, Beside(log_lines=3)) == ("l",)
    assert missing(form, "S1", {}, Beside(marks=1)) == ()


@pytest.mark.parametrize(
    ("state", "is_open"),
    [("", True), ("not_asked", True), ("yes", False), ("no", False), ("refused", False), ("unclear", False)],
)
def test_not_asked_is_no_answer(state: str, is_open: bool) -> None:
    asked = Field("a", FieldType.TEXT, "a", "a", required=True, ask=True)
    form = Form(
        "f", 1, (Section("g", "一", "G", (asked, field("b", FieldType.YES_NO))),), (Served("C1", ("g",)),)
    )
    assert ("b" in missing(form, "C1", {"b": state}, DONE)) is is_open
    open_too = state not in ("refused", "unclear")
    assert ("a" in missing(form, "C1", {"a.asked": state}, DONE)) is open_too


def chained(*conditions: tuple[str, str]) -> Form:
    fields = [
        Field(key, FieldType.TEXT, key, key, required=True, shown_if=(Condition(on, ("yes",)),) if on else ())
        for key, on in conditions
    ]
    return Form("f", 1, (Section("g", "一", "G", tuple(fields)),), (Served("C1", ("g",)),))


def test_a_field_is_there_only_while_those_it_depends_on_are() -> None:
    form = chained(("a", ""), ("b", "a"), ("c", "b"))
    assert [one.key for one in visible(form, "C1", {"b": "yes"})] == ["a"]
    assert [one.key for one in visible(form, "C1", {"a": "yes", "b": "yes"})] == ["a", "b", "c"]
    assert required_keys(form, "C1", {"a": "no", "b": "yes"}) == ("a",)


def test_a_field_may_depend_on_the_category_and_be_required_for_one() -> None:
    told = Field(
        "t",
        FieldType.TEXT,
        "t",
        "t",
        shown_if=(Condition("category", ("C6",)),),
        required_for=("C6", "C1"),
        required_if=(),
    )
    form = Form("f", 1, (Section("g", "一", "G", (told,)),), (Served("C6"), Served("C1")))
    assert required_keys(form, "C6", {}) == ("t",)
    assert required_keys(form, "C1", {}) == ()


def test_a_field_may_be_required_by_what_another_says() -> None:
    result = field("r", FieldType.MULTI_CHOICE, required=False)
    source = Field("s", FieldType.TEXT, "s", "s", required_if=(Condition("r", ("deceased",)),))
    form = Form("f", 1, (Section("g", "一", "G", (result, source)),), (Served("S7"),))
    assert required_keys(form, "S7", {"r": ("stable", "deceased")}) == ("s",)
    assert required_keys(form, "S7", {"r": ("stable",)}) == ()


@given(st.sampled_from(["C3", "S1", "S5"]), values, st.integers(0, 3), st.sampled_from(ALL))
def test_filling_a_field_in_never_opens_another(
    category: str, given_values: dict[str, Value], lines: int, key: str
) -> None:
    before = missing(FORM, category, given_values, Beside(lines))
    after = missing(FORM, category, {**given_values, key: "x"}, Beside(lines + 1))
    assert set(after) <= set(before)
    assert set(before) <= set(required_keys(FORM, category, given_values))


def test_what_a_form_has_no_place_for_is_counted() -> None:
    line = LogLine("l", NOW, "说了话")
    body = NoteBody("C3", {"sex": "f", "gone": "x", "empty": "", "out": "no tuple", "sex.asked": "refused"})
    assert elsewhere(FORM, body) == ("gone", "out", "sex.asked")
    bare = Form("f", 1, (Section("g", "一", "G", (field("sex"),)),))
    assert elsewhere(bare, NoteBody("", {"sex": "f"}, (line,))) == ("log",)
    assert elsewhere(bare, NoteBody("", {"sex": "f"}, (LogLine("l", NOW, " "),))) == ()


@pytest.mark.parametrize(
    ("kind", "value", "can"),
    [
        (FieldType.TEXT, "x", True),
        (FieldType.TEXT, ("a",), False),
        (FieldType.MULTI_CHOICE, ("a",), True),
        (FieldType.MULTI_CHOICE, "a", False),
        (FieldType.NUMBER, 3, True),
        (FieldType.NUMBER, "3", True),
        (FieldType.NUMBER, "three", False),
        (FieldType.LOG, "x", False),
    ],
)
def test_a_field_shows_only_what_it_can_give_back(kind: FieldType, value: Value, can: bool) -> None:
    assert fits(field("k", kind), value) is can


def test_labels_follow_the_language() -> None:
    for labelled in (FORM.sections[0], field("sex"), Choice("a", "甲", "A")):
        assert (labelled.label("zh_CN"), labelled.label("en")) == (labelled.zh, labelled.en)
